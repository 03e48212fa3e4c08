"""Pages to measure on, with what stands on them: a folder of scans with sidecars, or generated samples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

GRADED_FROM = 6000  # generated papers from this seed on are only graded on, never tuned on
HALVES = {"tune": (3000, 3024), "grade": (6000, 6024)}  # seeds that are used when none are named
RENDER_DPI = 300
WHOLE_PAGE = 0.8  # an image that covers this share of a PDF page is the scan itself


@dataclass(frozen=True, slots=True)
class Paper:
    """One page: its image (H×W×3 RGB), the truth, and the class of page it is counted under."""

    name: str
    kind: str
    image: NDArray[np.uint8]
    dpi: int
    text: str


def half_of(stem: str) -> str:
    """The half a scan belongs to: files with an odd number before their name are tuned on, even ones graded on.

    >>> half_of("049_quyet_dinh"), half_of("006_quyet_dinh"), half_of("unnumbered")
    ('tune', 'grade', 'grade')
    """
    number = re.match(r"\d+", stem)
    return "tune" if number and int(number.group()) % 2 else "grade"


def scans(folder: Path, half: str | None = None) -> Iterator[Paper]:
    """The pages of every file in `folder` whose sidecar `NAME.json` holds `pages_text` {"1": text, …}.

    `half` ("tune" or "grade") leaves out the files of the other half.
    """
    for sidecar in sorted(folder.glob("*.json")):
        if half not in (None, half_of(sidecar.stem)):
            continue
        facts: Any = json.loads(sidecar.read_text(encoding="utf-8"))
        texts: dict[str, str] = facts.get("pages_text", {}) if isinstance(facts, dict) else {}
        source = next((p for p in sorted(folder.glob(f"{sidecar.stem}.*")) if p.suffix != ".json"), None)
        if source is None or not texts:
            continue
        for number, (image, dpi) in enumerate(images(source), start=1):
            if str(number) in texts:
                name = f"{sidecar.stem} p{number}"
                yield Paper(name, str(facts.get("kind", "scan")), image, dpi, texts[str(number)])


def images(source: Path) -> Iterator[tuple[NDArray[np.uint8], int]]:
    """The pages of a scan at its own resolution, each with its dpi (0 where it is not known)."""
    if source.suffix.lower() != ".pdf":
        image = cv2.imdecode(np.frombuffer(source.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        if image is not None:
            yield np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8), 0
        return
    with pypdfium2.PdfDocument(source) as pdf:
        for page in pdf:
            yield _page_image(page)


def _page_image(page: Any) -> tuple[NDArray[np.uint8], int]:
    """The scan inside a PDF page at its own resolution, or the page rendered when it is no single image."""
    area = page.get_width() * page.get_height()
    for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = found.get_bounds()
        if (right - left) * (top - bottom) >= WHOLE_PAGE * area:
            bitmap = found.get_bitmap()
            dpi = round(bitmap.width / ((right - left) / 72))
            return _rgb(bitmap), dpi
    return _rgb(page.render(scale=RENDER_DPI / 72, draw_annots=False)), RENDER_DPI


def _rgb(bitmap: Any) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.asarray(bitmap.to_pil().convert("RGB"), np.uint8))


def samples(first: int, last: int) -> Iterator[Paper]:
    """The pages of generated papers of the seeds `first` … `last` - 1."""
    from samples import make_document  # heavy: fonts are looked for

    for seed in range(first, last):
        document = make_document(seed)
        for image, truth in zip(document.pages, document.truth.pages, strict=True):
            pixels = np.ascontiguousarray(np.asarray(image.convert("RGB"), np.uint8))
            yield Paper(f"seed {seed} p{truth.number}", document.truth.kind, pixels, truth.dpi, truth.text)
