"""Where a field usually stands, for one that was not read: so that a person is led to it all the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from records.page import Box, PageText, turn_back, upright
from records.record import Field, FieldName

# Shares of an upright sheet: left, top, right, bottom (Decree 30/2020, Annex I, the places of a paper's parts).
_HEAD: dict[str, tuple[float, float, float, float]] = {
    FieldName.ISSUING_AUTHORITY: (0.04, 0.03, 0.5, 0.13),
    FieldName.NUMBER_SYMBOL: (0.04, 0.08, 0.5, 0.18),
    FieldName.PLACE: (0.44, 0.09, 0.97, 0.19),
    FieldName.ISSUE_DATE: (0.44, 0.09, 0.97, 0.19),
    FieldName.SUBJECT: (0.04, 0.14, 0.97, 0.36),
}
_SIGNATURE = (FieldName.SIGNER_TITLE, FieldName.SIGNER_NAME)  # in the right half under the last paragraph
_SIGNATURE_LEFT = 0.42
_SIGNATURE_HEIGHT = 0.3  # title, signature, seal and name together
_MARGIN = 0.02
_PRINTED = 3  # lines that a page has which is more than a stray mark


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a page of the record (from 1); the box is in pixels of its image as stored."""

    page: int
    box: Box


def usual_place(field: Field, fields: Sequence[Field], texts: Mapping[int, PageText]) -> Place | None:
    """Where to look for a header field of which nothing was read; None for other fields, or without print.

    `texts` are the read pages of the record by number, `fields` all its fields.
    """
    if field.value is not None or field.box is not None:
        return None
    if field.name in _HEAD:
        number = _printed(texts, sorted(texts))
        return _place(number, texts[number], _HEAD[field.name]) if number else None
    if field.name in _SIGNATURE:
        signed = next((one.page for one in fields if one.name in _SIGNATURE and one.page in texts), None)
        number = signed or _printed(texts, sorted(texts, reverse=True))
        return _place(number, texts[number], _signature(texts[number])) if number else None
    return None


def _printed(texts: Mapping[int, PageText], numbers: Iterable[int]) -> int | None:
    """The first of these pages with print; those behind it are not looked at."""
    return next((number for number in numbers if len(texts[number].lines) >= _PRINTED), None)


def _signature(text: PageText) -> tuple[float, float, float, float]:
    """The last lines at the right, and a little below them: a name by hand may not have been read."""
    page = upright(text)
    right = [word.box.y1 for word in page.words() if word.box.centre[0] > page.width / 2]
    bottom = min(1.0, max(right, default=page.height) / page.height + _MARGIN)
    return _SIGNATURE_LEFT, max(0.0, bottom - _SIGNATURE_HEIGHT), 1.0 - _MARGIN, bottom


def _place(number: int, text: PageText, shares: tuple[float, float, float, float]) -> Place:
    page = upright(text)
    left, top, right, bottom = shares
    box = Box(
        round(left * page.width),
        round(top * page.height),
        round(right * page.width),
        round(bottom * page.height),
    )
    return Place(number, turn_back(box, text))
