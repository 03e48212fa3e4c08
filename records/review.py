"""Why a person must look at a record: stable words that screens, reports and policies share."""

from __future__ import annotations

from enum import StrEnum


class ReviewReason(StrEnum):
    """A reason; those about a field or the scan are written with its name, see `about`."""

    TYPE_UNSURE = "type_unsure"  # the kind of paper is not certain, or is none of the taxonomy
    FIELD_UNSURE = "field_unsure"  # a value was read, not surely enough
    FIELD_MISSING = "field_missing"  # a field that such a paper has was not read
    DOSSIER_UNKNOWN = "dossier_unknown"  # nothing names the dossier
    DOSSIER_UNSURE = "dossier_unsure"  # several are named, or one in print that the rest speaks against
    DOSSIER_NOT_IMPORTED = "dossier_not_imported"  # the one that is named is in no case list; perhaps misread
    UNREADABLE_PAGE = "unreadable_page"  # nothing could be read on a page that is not blank
    RECEIVED_BEFORE = "received_before"  # it came in a file of which the same bytes were received before
    COVER_WITH_PAGES = "cover_with_pages"  # a receipt, with further pages behind it in one piece
    QUALITY = "quality"  # something is wrong with the scan: `quality:skewed`, see records.page.QualityFlag
    ATTEMPTS_EXHAUSTED = "attempts_exhausted"  # the machine gave up

    def about(self, field: str) -> str:
        """The reason for one field.

        >>> ReviewReason.FIELD_MISSING.about("issue_date")
        'field_missing:issue_date'
        """
        return f"{self.value}:{field}"


def reason_and_field(word: str) -> tuple[ReviewReason, str | None]:
    """A stored word taken apart; raises ValueError for a word that is none.

    >>> reason_and_field("field_unsure:subject")
    (<ReviewReason.FIELD_UNSURE: 'field_unsure'>, 'subject')
    """
    reason, _, field = word.partition(":")
    return ReviewReason(reason), field or None
