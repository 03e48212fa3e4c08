"""What a PDF/A says about itself: XMP metadata and an equal document information dictionary.

Only the namespaces that every reader knows are used (Dublin Core, XMP, PDF), so the facts need no schema of our own:
dc:identifier is the dossier's code, dc:relation the fixity of each master image, dc:type the profile, and
xmp:CreatorTool the engine that read the pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from records.fixity import Fixity
from records.ids import DossierCode
from records.page import EngineStamp

PRODUCER = "sohoa"


@dataclass(frozen=True, slots=True)
class PdfMetadata:
    """What is written into the file. `created` is given, never taken from the clock: same input, same bytes.

    A title names the kind and number of a paper, never a person: metadata travels further than the pages.
    """

    title: str
    created: datetime  # with its time zone
    engine: EngineStamp | None = None
    masters: tuple[Fixity, ...] = ()  # of the pages' master images, in order
    dossier: DossierCode | None = None
    language: str = "vi"

    def __post_init__(self) -> None:
        if self.created.tzinfo is None:
            raise ValueError("the time of creation needs a time zone")


def xmp_packet(metadata: PdfMetadata, profile: str) -> bytes:
    """The XMP packet of a PDF/A-2b (ISO 19005-2, 6.6)."""
    created = metadata.created.isoformat(timespec="seconds")
    relations = [f"page {number} sha256:{master.sha256}" for number, master in enumerate(metadata.masters, 1)]
    return _PACKET.format(
        title=_text(metadata.title),
        language=_text(metadata.language),
        identifier=_element("dc:identifier", metadata.dossier),
        relation=_bag("dc:relation", relations),
        profile=_text(profile),
        created=created,
        tool=_text(creator_tool(metadata)),
        producer=PRODUCER,
    ).encode("utf-8")


def document_information(metadata: PdfMetadata) -> dict[str, str]:
    """The Info dictionary, equal to the XMP packet (ISO 19005-2, 6.6.3)."""
    stamp = metadata.created.strftime("D:%Y%m%d%H%M%S%z")
    stamp = f"{stamp[:-2]}'{stamp[-2:]}'"
    return {
        "/Title": plain(metadata.title),
        "/Creator": plain(creator_tool(metadata)),
        "/Producer": PRODUCER,
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }


def creator_tool(metadata: PdfMetadata) -> str:
    """The engine with version and settings, or the program alone for pages that nobody read."""
    engine = metadata.engine
    if engine is None:
        return PRODUCER
    settings = "; ".join(f"{key}={value}" for key, value in sorted(engine.settings.items()))
    return f"{PRODUCER}; {engine.name} {engine.version}" + (f" ({settings})" if settings else "")


def plain(text: str) -> str:
    """The text without what XML cannot hold.

    >>> plain("Tờ\\x00 trình\\ud800")
    'Tờ trình'
    """
    return "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")


def _text(text: str) -> str:
    return escape(plain(text))


def _element(name: str, value: str | None) -> str:
    return f"<{name}>{_text(value)}</{name}>" if value else ""


def _bag(name: str, values: list[str]) -> str:
    items = "".join(f"<rdf:li>{_text(value)}</rdf:li>" for value in values)
    return f"<{name}><rdf:Bag>{items}</rdf:Bag></{name}>" if items else ""


_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>"
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:format>application/pdf</dc:format>{identifier}{relation}"
    "<dc:type><rdf:Bag><rdf:li>{profile}</rdf:li></rdf:Bag></dc:type>"
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    "<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language></rdf:Description>"
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
    "<xmp:CreatorTool>{tool}</xmp:CreatorTool><xmp:CreateDate>{created}</xmp:CreateDate>"
    "<xmp:ModifyDate>{created}</xmp:ModifyDate></rdf:Description>"
    '<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
    "<pdf:Producer>{producer}</pdf:Producer></rdf:Description>"
    "</rdf:RDF></x:xmpmeta>\n"
    '<?xpacket end="w"?>'
)
