"""The dossier that a paper names: in a bar code, in a QR's URL, or printed after "Mã hồ sơ:"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from classify.layout import Layout, Segment
from records.codes import ParsedDossierCode, find_dossier_code
from records.page import Barcode, BarcodeKind
from records.record import DossierProposal

_LABEL = re.compile(r"\b(?:ma|so)\s*(?:so\s*)?(?:bien nhan\s*)?h[oỏ0] ?s[oơ0]\b|\bma so\s*:|\bso bien nhan\b")
# Letters that print shows in place of digits. They count only inside the code's own pattern.
_AS_DIGIT = str.maketrans(
    {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "|": "1", "S": "5", "B": "8", "Z": "2"}
)
_D = "[0-9OQDIL|SBZ]"
_LENIENT = re.compile(
    rf"(?P<old>{_D}{{3}}\.{_D}{{2}}\.{_D}{{2}}\.)?(?P<prov>[A-Z])(?P<n>{_D}{{2}})(?P<unit>(?:\.{_D}{{1,3}}){{0,5}})"
    rf"-(?P<d>{_D}{{6}})-(?P<s>{_D}{{4,6}})(?![\w-])"
)


def proposals(
    pages: Sequence[Layout], barcodes: Sequence[Sequence[Barcode]], scanned_on: date | None = None
) -> list[DossierProposal]:
    """Dossiers named on these pages, the surest first, each once; `barcodes` are those of each page in order."""
    found: dict[str, DossierProposal] = {}
    for proposal in [*_from_barcodes(barcodes, scanned_on), *_from_text(pages, scanned_on)]:
        known = found.get(proposal.code)
        if known is None:
            found[proposal.code] = proposal
        elif known.source != proposal.source:
            found[proposal.code] = DossierProposal(
                known.code, known.source, max(known.confidence, 0.995), known.page, known.box
            )
    return sorted(found.values(), key=lambda proposal: -proposal.confidence)


def _from_barcodes(
    barcodes: Sequence[Sequence[Barcode]], scanned_on: date | None
) -> Iterator[DossierProposal]:
    for number, on_page in enumerate(barcodes, start=1):
        for barcode in on_page:
            parsed = find_dossier_code(barcode.text)
            if parsed is not None and _possible(parsed, scanned_on):
                source = "qr" if barcode.kind is BarcodeKind.QR else "barcode"
                yield DossierProposal(parsed.code, source, 0.99, number, barcode.box)


def _from_text(pages: Sequence[Layout], scanned_on: date | None) -> Iterator[DossierProposal]:
    for layout in pages:
        for segment in layout.segments:
            strict = find_dossier_code(segment.text)
            labelled = bool(_LABEL.search(segment.key)) or (
                strict is not None and _stands_out(layout, segment)
            )
            parsed = strict or (_mended(segment.text) if labelled else None)
            if parsed is None or not _possible(parsed, scanned_on):
                continue
            trust = (0.9 if labelled else 0.75) * (1.0 if strict else 0.75)
            word = next((w for w in segment.words if parsed.code[-6:] in w.text), segment.words[-1])
            confidence = trust * min(1.0, word.confidence / 0.9)
            yield DossierProposal(
                parsed.code, "text", round(confidence, 3), layout.number, layout.stored(segment.words)
            )


def _stands_out(layout: Layout, segment: Segment) -> bool:
    """Whether a code is a line of its own, as under a bar code, or its label stands before it on the line.

    Inside a sentence it may be that of another dossier.
    """
    before = [s for s in layout.row(segment) if s.box.x1 <= segment.box.x0]
    alone = len(segment.words) == 1 and len(layout.row(segment)) == 1
    return alone or (bool(before) and _LABEL.search(before[-1].key) is not None)


def _possible(parsed: ParsedDossierCode, scanned_on: date | None) -> bool:
    return scanned_on is None or parsed.received_on <= scanned_on


def _mended(text: str) -> ParsedDossierCode | None:
    """The code with look-alike letters as digits where the pattern asks for digits, checked again.

    >>> _mended("Mã hồ sơ: H58.3O-22O3O3-OOl2").code
    'H58.30-220303-0012'
    """
    tight = re.sub(r"\s*([.,\-–—])\s*", r"\1", text.upper()).replace(",", ".")
    found = _LENIENT.search(re.sub(r"[–—]", "-", tight))
    if found is None:
        return None
    old, unit = ((found[name] or "").translate(_AS_DIGIT) for name in ("old", "unit"))
    digits = [found[name].translate(_AS_DIGIT) for name in ("n", "d", "s")]
    return find_dossier_code(f"{old}{found['prov']}{digits[0]}{unit}-{digits[1]}-{digits[2]}")
