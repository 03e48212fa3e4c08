"""The text of pages as ALTO 4, the Library of Congress' format for words with their places on a page.

What is written is valid against alto-4-4.xsd and holds all of a `PageText`: reading one back gives an equal value.
Where ALTO has no attribute of its own for a fact, the place is named beside the code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from records.errors import InvalidValue
from records.fixity import Fixity
from records.page import Box, EngineStamp, Line, PageText, Word, union

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
_SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_PAGE_ROTATION = re.compile(rb'<Page [^<>]*ROTATION="(0|90|180|270)"')
_NOT_ID = re.compile(r"[^A-Za-z0-9_.-]")


@dataclass(frozen=True, slots=True)
class AltoPage:
    """A page to be written: its id (any text; it is made fit for XML), and what was read on it."""

    id: str
    text: PageText


def to_alto(text: PageText, *, page_id: str, image_name: str = "", image: Fixity | None = None) -> bytes:
    """One page as an ALTO 4 file (UTF-8); `image` is the fixity of the page's master image."""
    return document_to_alto([AltoPage(page_id, text)], source_name=image_name, source=image)


def from_alto(untrusted: bytes) -> PageText:
    """The first page of an ALTO file written by `to_alto`; raises InvalidValue for anything else."""
    return document_from_alto(untrusted)[0]


def rotation_in(untrusted: bytes) -> int:
    """How far the first page's image is to be turned to stand upright, from its head alone: words are not parsed.

    Raises InvalidValue for anything but an ALTO file written by `to_alto`.
    """
    found = _PAGE_ROTATION.search(untrusted)
    if found is None:
        raise InvalidValue("not an ALTO file as sohoa writes it")
    return int(found[1])


def document_to_alto(
    pages: Sequence[AltoPage], *, source_name: str = "", source: Fixity | None = None
) -> bytes:
    """All pages of a file, in order, as one ALTO 4 file (UTF-8)."""
    register_namespace("", NAMESPACE)
    root = Element(_tag("alto"), {"SCHEMAVERSION": "4.4", _SCHEMA_LOCATION: f"{NAMESPACE} {SCHEMA}"})
    description = SubElement(root, _tag("Description"))
    SubElement(description, _tag("MeasurementUnit")).text = "pixel"
    _write_source(description, source_name, source)
    processing = _write_processing(description, (page.text for page in pages))
    layout = SubElement(root, _tag("Layout"))
    for number, page in enumerate(pages, 1):
        _write_page(layout, page, number, processing[_processing_key(page.text)])
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def document_from_alto(untrusted: bytes) -> list[PageText]:
    """All pages of an ALTO file written by `document_to_alto`; raises InvalidValue for anything else."""
    try:
        root = fromstring(untrusted)
        processing = {step.attrib["ID"]: _read_processing(step) for step in root.iter(_tag("OCRProcessing"))}
        pages = [_read_page(page, processing) for page in root.iter(_tag("Page"))]
    except (ParseError, DefusedXmlException, LookupError, AttributeError, TypeError, ValueError) as why:
        raise InvalidValue("not an ALTO file as sohoa writes it") from why
    if not pages:
        raise InvalidValue("the ALTO file has no page")
    return pages


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _clean(text: str) -> str:
    """XML cannot hold control characters or lone surrogates; a lasting file must not break on one."""
    return _NOT_XML.sub("\ufffd", text)


# --- the file and its engines ---


def _write_source(description: Element, name: str, source: Fixity | None) -> None:
    information = SubElement(description, _tag("sourceImageInformation"))
    if name:
        SubElement(information, _tag("fileName")).text = _clean(name)
    if source is not None:
        SubElement(information, _tag("fileIdentifier")).text = f"sha256:{source.sha256}"


def _processing_key(text: PageText) -> str:
    """Pages read in the same way at the same resolution share a description. JSON keeps every character."""
    engine = text.engine
    return json.dumps([engine.name, engine.version, engine.settings, text.dpi], sort_keys=True)


def _write_processing(description: Element, texts: Iterable[PageText]) -> dict[str, str]:
    ids: dict[str, str] = {}
    for text in texts:
        key = _processing_key(text)
        if key not in ids:
            ids[key] = f"ocr-{len(ids) + 1}"
            _write_one_processing(description, ids[key], text)
    return ids


def _write_one_processing(description: Element, id_: str, text: PageText) -> None:
    """The resolution is a setting of the step before recognition; ALTO has no attribute for it."""
    processing = SubElement(description, _tag("OCRProcessing"), {"ID": id_})
    before = SubElement(processing, _tag("preProcessingStep"))
    SubElement(before, _tag("processingStepDescription")).text = "rasterise"
    SubElement(before, _tag("processingStepSettings")).text = json.dumps({"dpi": text.dpi})
    step = SubElement(processing, _tag("ocrProcessingStep"))
    settings = json.dumps(text.engine.settings, sort_keys=True)
    SubElement(step, _tag("processingStepSettings")).text = settings
    software = SubElement(step, _tag("processingSoftware"))
    SubElement(software, _tag("softwareName")).text = _clean(text.engine.name)
    SubElement(software, _tag("softwareVersion")).text = _clean(text.engine.version)


def _read_processing(processing: Element) -> tuple[EngineStamp, int]:
    before = _required(processing, "preProcessingStep/processingStepSettings")
    settings = _required(processing, "ocrProcessingStep/processingStepSettings")
    software = "ocrProcessingStep/processingSoftware/"
    name, version = (_required(processing, software + part) for part in ("softwareName", "softwareVersion"))
    stamp = EngineStamp(name, version, {str(k): str(v) for k, v in json.loads(settings or "{}").items()})
    return stamp, int(json.loads(before)["dpi"])


def _required(element: Element, path: str) -> str:
    found = element.find("/".join(_tag(part) for part in path.split("/")))
    if found is None:
        raise LookupError(path)
    return found.text or ""


# --- a page ---


def _write_page(layout: Element, page: AltoPage, number: int, processing: str) -> None:
    text, prefix = page.text, f"p{number}"
    attributes = {
        "ID": f"page-{number}-{_NOT_ID.sub('_', page.id)}",
        "PHYSICAL_IMG_NR": str(number),
        "WIDTH": str(text.width),
        "HEIGHT": str(text.height),
        # both say how far the print is turned counterclockwise, which is how far to turn it back
        "ROTATION": str(text.rotation),
        "PROCESSINGREFS": processing,
        "LANG": "vi",
    }
    element = SubElement(layout, _tag("Page"), attributes)
    space = SubElement(element, _tag("PrintSpace"), _place(Box(0, 0, text.width, text.height)))
    for run, (block, lines) in enumerate(groupby(text.lines, key=lambda line: line.block), 1):
        _write_block(space, f"{prefix}-{run}-block_{block}", list(lines))


def _write_block(space: Element, id_: str, lines: list[Line]) -> None:
    """One run of lines with the same block number, which is kept as the end of the id."""
    place = _place(union([line.box for line in lines]))
    block = SubElement(space, _tag("TextBlock"), {"ID": id_, **place})
    for number, line in enumerate(lines, 1):
        element = SubElement(block, _tag("TextLine"), {"ID": f"{id_}-{number}", **_place(line.box)})
        _write_words(element, line)


def _write_words(element: Element, line: Line) -> None:
    """A line without words gets an empty String: the schema wants at least one."""
    if not line.words:
        SubElement(element, _tag("String"), {"CONTENT": "", **_place(line.box)})
    for index, word in enumerate(line.words):
        if index:
            before = line.words[index - 1].box
            gap = Box(before.x1, word.box.y0, max(before.x1, word.box.x0), word.box.y1)
            SubElement(element, _tag("SP"), _place(gap))
        content = {"CONTENT": _clean(word.text), "WC": repr(float(word.confidence))}
        SubElement(element, _tag("String"), content | _place(word.box))


def _place(box: Box) -> dict[str, str]:
    sides = {"HPOS": box.x0, "VPOS": box.y0, "WIDTH": box.width, "HEIGHT": box.height}
    return {name: str(side) for name, side in sides.items()}


def _read_page(page: Element, processing: dict[str, tuple[EngineStamp, int]]) -> PageText:
    stamp, dpi = processing[page.attrib["PROCESSINGREFS"]]
    lines = tuple(
        _read_line(line, int(block.attrib["ID"].rpartition("block_")[2]))
        for block in page.iter(_tag("TextBlock"))
        for line in block.iter(_tag("TextLine"))
    )
    width, height, rotation = (int(page.attrib[name]) for name in ("WIDTH", "HEIGHT", "ROTATION"))
    return PageText(width, height, lines, stamp, rotation, dpi)


def _read_line(line: Element, block: int) -> Line:
    words = tuple(
        Word(string.attrib["CONTENT"], _read_place(string), float(string.attrib["WC"]))
        for string in line.iter(_tag("String"))
        if string.attrib["CONTENT"]
    )
    return Line(words, _read_place(line), block)


def _read_place(element: Element) -> Box:
    x, y, width, height = (int(element.attrib[name]) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return Box(x, y, x + width, y + height)
