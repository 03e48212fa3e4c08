"""What the pipeline makes of a reading: cover sheet or paper, one paper or two, and what a person must look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from classify.classifier import Reading
from ingest.separate import is_printed_here
from records.acceptance import Policy
from records.errors import InvalidValue
from records.ids import DossierCode, record_id
from records.page import Page, QualityFlag
from records.record import (
    AGAINST,
    COVER_TYPE,
    IN_PRINT,
    NAMING_SOURCES,
    Confirmation,
    DossierProposal,
    FieldName,
    ProposalReason,
    Record,
)
from records.review import ReviewReason
from records.states import RecordState
from workers.accept import accepted, remaining

Rank = Callable[[Record, Sequence[DossierProposal]], tuple[DossierProposal, ...]]

COVER_SHEET_CONFIDENCE = 0.97  # a code that was printed on the sheet in front, not on the paper itself
SURE_OF_ANOTHER_TYPE = 0.8  # from here on the text overrules a bar code that looked like a cover sheet's
_NO_DOUBT = {QualityFlag.BLANK, QualityFlag.NOT_COLOUR}  # nothing that a clerk could settle by looking


def pages_of_first(starts: Sequence[int], pages: int) -> int:
    """How many of the pages belong to the first paper: all of them, unless another paper begins inside.

    >>> pages_of_first((1, 3), 5), pages_of_first((1,), 5)
    (2, 5)
    """
    return starts[1] - 1 if len(starts) > 1 else pages


def split_off(record: Record, pages: Sequence[Page]) -> Record:
    """The pages behind a record's first paper as a record of their own."""
    members = tuple(page.id for page in pages)
    return Record(
        id=record_id(members[0]),
        batch=record.batch,
        unit=record.unit,
        pages=members,
        state=RecordState.ASSEMBLED,
        created_at=record.created_at,
        cover_code=record.cover_code,
    )


def classified(
    record: Record,
    pages: Sequence[Page],
    reading: Reading,
    cover_code: DossierCode | None,
    policy: Policy,
    rank: Rank,
) -> Record:
    """The record as the machine proposes it, with what the policy accepts; or as a cover sheet if it says whose.

    `rank` checks and ranks the dossiers that the paper names, and finds those that it does not name.
    """
    own = next(iter(reading.proposals), None)
    if is_cover(record, pages, reading) and (own or record.cover_code):
        code = record.cover_code if record.is_cover and record.cover_code else own.code if own else None
        cover = replace(record, is_cover=True, cover_code=code)
        return cover.set_as_cover(reading.classification, reading.fields)
    named = with_cover_sheet(reading.proposals, None if record.is_cover else cover_code)
    read = replace(record, classification=reading.classification, fields=reading.fields)
    proposals = rank(read, named)
    acceptance = accepted(policy, reading.classification, reading.fields, proposals)
    reasons = remaining(review_reasons(reading, pages, proposals), acceptance)
    return record.classified(reading.classification, reading.fields, proposals, reasons, acceptance)


def proposed_again(
    record: Record,
    pages: Sequence[Page],
    reading: Reading,
    cover_code: DossierCode | None,
    policy: Policy,
    rank: Rank,
) -> Record:
    """A classified record as the machine proposes it after a better reading; raises IllegalTransition.

    Where nothing was accepted without a look before, for a person had a doubt, nothing is now.
    """
    read = replace(record, classification=reading.classification, fields=reading.fields)
    proposals = rank(read, with_cover_sheet(reading.proposals, cover_code))
    found = accepted(policy, reading.classification, reading.fields, proposals)
    acceptance = found if record.acceptance is not None else None
    reasons = remaining(review_reasons(reading, pages, proposals), acceptance)
    return record.proposed_again(reading.classification, reading.fields, proposals, reasons, acceptance)


def is_cover(record: Record, pages: Sequence[Page], reading: Reading) -> bool:
    """A receipt, by its bar code or by its text, or a sheet that was printed to be one; only blank sides may follow it,
    so that no sheet is lost."""
    if any(QualityFlag.BLANK not in page.quality.flags for page in pages[1:]):
        return False
    found = reading.classification
    if record.is_cover:
        if is_printed_here(pages[0].barcodes):
            return True
        return found.document_type == COVER_TYPE or found.confidence < SURE_OF_ANOTHER_TYPE
    return found.document_type == COVER_TYPE and found.confidence >= SURE_OF_ANOTHER_TYPE


def with_cover_sheet(
    proposals: tuple[DossierProposal, ...], cover_code: DossierCode | None
) -> tuple[DossierProposal, ...]:
    """The proposals, best first, with the cover sheet's among them."""
    if cover_code is None or any(p.code == cover_code for p in proposals):
        return proposals
    added = DossierProposal(cover_code, "cover_sheet", COVER_SHEET_CONFIDENCE)
    return tuple(sorted([*proposals, added], key=lambda p: -p.confidence))


def review_reasons(
    reading: Reading, pages: Sequence[Page], proposals: Sequence[DossierProposal]
) -> tuple[str, ...]:
    """Why a person must look, as stable words: those of the reading, and those of the scan and the dossier."""
    reasons: list[str] = [r for r in reading.review_reasons if r != ReviewReason.DOSSIER_UNKNOWN]
    reasons += _doubt_about_dossier(proposals)
    if any(page.text is None for page in pages):
        reasons.append(ReviewReason.UNREADABLE_PAGE)
    flags = {flag for page in pages for flag in page.quality.flags}
    if reading.classification.document_type == COVER_TYPE:
        reasons.append(ReviewReason.COVER_WITH_PAGES)
    reasons += [ReviewReason.QUALITY.about(flag.value) for flag in sorted(flags - _NO_DOUBT)]
    return tuple(dict.fromkeys(reasons))


def _doubt_about_dossier(proposals: Sequence[DossierProposal]) -> list[str]:
    named = [proposal for proposal in proposals if proposal.source in NAMING_SOURCES]
    if not named:
        return [ReviewReason.DOSSIER_UNKNOWN]
    if len({proposal.code for proposal in named}) > 1:
        return [ReviewReason.DOSSIER_UNSURE]
    if named[0].source == IN_PRINT and AGAINST & set(named[0].reasons):
        return [ReviewReason.DOSSIER_UNSURE]  # perhaps a neighbour's code, misread
    absent = ProposalReason.NOT_IMPORTED in named[0].reasons
    return [ReviewReason.DOSSIER_NOT_IMPORTED] if absent else []


def check_confirmation(confirmation: Confirmation, now: datetime) -> None:
    """Refuse a value that cannot be true, whoever typed it; raises InvalidValue."""
    issued = confirmation.values.get(FieldName.ISSUE_DATE)
    if issued is None:
        return
    try:
        day = date.fromisoformat(issued)
    except ValueError:
        raise InvalidValue(
            "the date of issue is not a date (YYYY-MM-DD)", field=FieldName.ISSUE_DATE
        ) from None
    if day > now.date():
        raise InvalidValue("the date of issue lies in the future", field=FieldName.ISSUE_DATE)
