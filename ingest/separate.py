"""Puts the pages of one file together into papers, at the receipts that were laid between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from records.codes import find_dossier_code, parse_dossier_code
from records.errors import InvalidDossierCode
from records.ids import DossierCode
from records.page import Barcode, BarcodeKind, QualityFlag, QualityReport

_PORTAL_QUERY = re.compile(r"[?&](mahs|mahoso|ma_ho_so|sohoso)=", re.IGNORECASE)

_LOOK_UP = re.compile(r"/look-up\?mahs=")


class ScannedPage(Protocol):
    """What separation looks at: a page of the decoder or of the store."""

    @property
    def number(self) -> int: ...
    @property
    def barcodes(self) -> tuple[Barcode, ...]: ...
    @property
    def quality(self) -> QualityReport: ...


@dataclass(frozen=True, slots=True)
class Assembly:
    """The pages of one paper, by number; a cover names the dossier of what follows and is itself no component."""

    pages: tuple[int, ...]
    cover: bool
    dossier_code: DossierCode | None


def dossier_code_in(untrusted_text: str) -> DossierCode | None:
    """The dossier code in a bar code's text: the code itself, a result's code, or a portal's URL.

    >>> dossier_code_in("https://dichvucong.gov.vn/?mahs=H58.30-220303-0012")
    'H58.30-220303-0012'
    """
    found = find_dossier_code(untrusted_text)
    return found.code if found else None


def cover_code(barcodes: Sequence[Barcode]) -> DossierCode | None:
    """The code of the dossier that these bar codes of one page open, or None when the page is no receipt.

    A receipt prints the bare dossier code as a line code, and a QR code with the portal's address and `mahs=`.
    A result bears its own code with -KQ, or a QR code with a bare code or another address: that is no cover.
    """
    for barcode in barcodes:
        if barcode.kind is BarcodeKind.QR:
            if _PORTAL_QUERY.search(barcode.text):
                code = dossier_code_in(barcode.text)
                if code:
                    return code
            continue
        try:
            parsed = parse_dossier_code(barcode.text)
        except InvalidDossierCode:
            continue
        if parsed.result is None:
            return parsed.code
    return None


def is_printed_here(barcodes: Sequence[Barcode]) -> bool:
    """Whether a page is a cover sheet that this program printed: its QR code leads to the look-up of a dossier."""
    codes = (barcode.text for barcode in barcodes if barcode.kind is BarcodeKind.QR)
    return any(_LOOK_UP.search(text) and dossier_code_in(text) for text in codes)


def assemble(pages: Sequence[ScannedPage]) -> list[Assembly]:
    """The papers of one file, in order; every page is in exactly one of them.

    A cover stands alone, but for blank pages right behind it: the back of the receipt. What follows up to the
    next cover is one paper of that cover's dossier. Without a cover the file is one paper, whose dossier is the
    one that a bar code on it names.
    """
    papers: list[Assembly] = []
    current: list[ScannedPage] = []
    opened: DossierCode | None = None
    for page in pages:
        code = cover_code(page.barcodes)
        if code is not None:
            papers += _closed(current, opened)
            papers.append(Assembly((page.number,), True, code))
            current, opened = [], code
        elif papers and papers[-1].cover and not current and _is_blank(page):
            cover = papers[-1]
            papers[-1] = Assembly((*cover.pages, page.number), True, cover.dossier_code)
        else:
            current.append(page)
    return papers + _closed(current, opened)


def _closed(pages: list[ScannedPage], opened: DossierCode | None) -> list[Assembly]:
    if not pages:
        return []
    return [Assembly(tuple(page.number for page in pages), False, opened or _named(pages))]


def _named(pages: list[ScannedPage]) -> DossierCode | None:
    """The one dossier that bar codes on these pages name; None when they name several."""
    codes = {dossier_code_in(barcode.text) for page in pages for barcode in page.barcodes} - {None}
    return codes.pop() if len(codes) == 1 else None


def _is_blank(page: ScannedPage) -> bool:
    return QualityFlag.BLANK in page.quality.flags
