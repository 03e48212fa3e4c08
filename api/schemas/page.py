"""Pages and what is wrong with their scans, in plain words."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from api.schemas.common import Outgoing
from records.page import Barcode, Box, Page, QualityFlag, QualityReport
from records.states import PageState

_REASONS = {
    QualityFlag.LOW_RESOLUTION: "scanned at {dpi} dpi; at least 200 are needed",
    QualityFlag.BLANK: "the side is blank; it is kept",
    QualityFlag.SKEWED: "the page is turned by {skew:.1f} degrees; lay it straight",
    QualityFlag.BLURRED: "the page is blurred; clean the glass and scan again",
    QualityFlag.CUT_OFF: "ink runs over an edge ({edges}); something is cut off",
    QualityFlag.NOT_COLOUR: "scanned in {colour}; colour is asked for",
    QualityFlag.TOO_DARK: "the page is too dark",
    QualityFlag.TOO_PALE: "the page is too pale",
    QualityFlag.TRUNCATED: "the file broke off; part of the page is missing",
    QualityFlag.REPAIRED: "the file was damaged and could be repaired; compare it with the paper",
}


def reason_of(flag: QualityFlag, quality: QualityReport) -> str:
    """What a flag means for this page, for the person beside the scanner."""
    edges = ", ".join(quality.cut_edges) or "unknown"
    return _REASONS[flag].format(dpi=quality.dpi, skew=quality.skew, colour=quality.colour, edges=edges)


class Flag(Outgoing):
    code: QualityFlag
    reason: str = Field(examples=["ink runs over an edge (right); something is cut off"])


class Quality(Outgoing):
    """What the scan itself shows."""

    dpi: int = Field(description="Pixels against the size of the sheet; 0: not known.")
    dpi_source: str = Field(examples=["pdf"])
    colour: str = Field(examples=["colour"])
    skew: float = Field(description="Degrees, clockwise positive.")
    sharpness: float = Field(description="0 (blurred) … 1 (sharp)")
    ink: float = Field(description="Share of dark pixels, 0 … 1.")
    cut_edges: list[str] = Field(description="Edges over which ink runs: top, right, bottom, left.")
    flags: list[Flag]

    @classmethod
    def of(cls, quality: QualityReport) -> Quality:
        names = ("dpi", "dpi_source", "colour", "skew", "sharpness", "ink")
        flags = [Flag(code=flag, reason=reason_of(flag, quality)) for flag in quality.flags]
        parts = {name: getattr(quality, name) for name in names}
        return cls(**parts, cut_edges=list(quality.cut_edges), flags=flags)


class PageSummary(Outgoing):
    """A page in a list."""

    id: str
    file: str
    number: int = Field(description="In its file, from 1.")
    record: str | None
    state: PageState
    error_code: str | None
    image: str = Field(description="SHA-256 of the image: another one once the page was scanned again.")
    width: int = Field(description="Pixels of the image as stored.")
    height: int
    quality: Quality

    @classmethod
    def of(cls, page: Page) -> PageSummary:
        return cls(**page_parts(page))


def page_parts(page: Page) -> dict[str, Any]:
    names = ("id", "file", "number", "record", "state", "error_code", "width", "height")
    facts = {name: getattr(page, name) for name in names}
    return {**facts, "image": page.image.sha256, "quality": Quality.of(page.quality)}


class ReadBarcode(Outgoing):
    kind: str = Field(examples=["code_39"])
    text: str = Field(description="As read; not trusted.")
    box: list[int] = Field(description="[x0, y0, x1, y1] in pixels of the image as stored.")

    @classmethod
    def of(cls, code: Barcode) -> ReadBarcode:
        return cls(kind=code.kind.value, text=code.text, box=box_of(code.box))


class PageDetail(PageSummary):
    """A page with its bar codes and the addresses of its files."""

    media_type: str
    rotation: int = Field(description="Degrees clockwise that stand the image upright; 0 until it is read.")
    barcodes: list[ReadBarcode]
    has_text: bool = Field(description="Whether /alto answers.")

    @classmethod
    def with_rotation(cls, page: Page, rotation: int) -> PageDetail:
        return cls(
            **page_parts(page),
            media_type=page.media_type,
            rotation=rotation,
            barcodes=[ReadBarcode.of(code) for code in page.barcodes],
            has_text=page.text is not None,
        )


def box_of(box: Box) -> list[int]:
    return box.as_list()
