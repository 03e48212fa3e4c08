"""What else a value may be: what the office's own data, the names of people and the print itself suggest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from classify.dates import numeric_date, parse_date_line
from classify.fuzzy import similarity
from records.page import Word
from records.record import Field, FieldName
from records.vietnamese import folded, single_spaced

MOST = 5
_LABEL = re.compile(r"^(?:(?:CCCD|CMND|CMT|hộ chiếu)\s*)?(?:số|so|no)\s*[:.]?\s*(?=\S*\d)", re.IGNORECASE)
ALIKE = 0.7  # names of agencies that share less are no candidates
AUTHORITIES = frozenset({FieldName.ISSUING_AUTHORITY.value, "parent_authority"})
PEOPLE = frozenset(
    {FieldName.SIGNER_NAME.value, "signer", "applicant", "full_name", "owner", "holder", "mother", "father"}
    | {"husband", "wife", "child", "guardian", "ward", "principal", "agent", "taxpayer", "certifier"}
)
DATES = frozenset({FieldName.ISSUE_DATE.value, "date", "dob", "reg_date", "received_at", "due_at"})


class Candidates:
    """Offers values for a field that a person looks at; best first, never the value that it has already."""

    def __init__(self, agencies: Iterable[str], surnames: Iterable[str], given: Iterable[str]) -> None:
        self._agencies = tuple(dict.fromkeys(agencies))
        self._surnames, self._given = _by_letters(surnames), _by_letters(given)

    def of(
        self, field: Field, words: Sequence[Word], doubtful: Sequence[tuple[int, int]] = ()
    ) -> tuple[str, ...]:
        """At most five. `words` are those in the field's box, `doubtful` the unsure syllables of its value."""
        found = dict.fromkeys(one for one in self._all(field, words, doubtful) if one and one != field.value)
        return tuple(found)[:MOST]

    def _all(self, field: Field, words: Sequence[Word], doubtful: Sequence[tuple[int, int]]) -> Iterator[str]:
        read = single_spaced(field.raw or " ".join(word.text for word in words))
        if field.name in DATES:
            yield from _dates(read, words)
            return
        value = field.value or read
        if field.name in PEOPLE:
            yield from self._names(value, doubtful)
        if field.name in AUTHORITIES:
            yield from self._alike(value)
        yield _LABEL.sub("", read).strip(" .,;:")

    def _names(self, value: str, doubtful: Sequence[tuple[int, int]]) -> Iterator[str]:
        """The name with another mark on one of its doubtful syllables: Hưng for Hùng."""
        for start, end in doubtful:
            known = self._surnames if start == 0 else self._given
            syllable = value[start:end]
            for other in known.get(folded(syllable), ()):
                yield (
                    value[:start]
                    + (other.upper() if syllable.isupper() else other.capitalize())
                    + value[end:]
                )

    def _alike(self, value: str) -> Iterator[str]:
        """Agencies of the office with a name like this one, in the case of the paper."""
        key = folded(value)
        scored = sorted(((similarity(key, folded(name)), name) for name in self._agencies), reverse=True)
        for score, name in scored[:3]:
            if score >= ALIKE:
                yield name.upper() if value.isupper() else name


def _by_letters(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[folded(name)].append(name)
    return found


def _dates(read: str, words: Sequence[Word]) -> Iterator[str]:
    line = parse_date_line(tuple(words)) if words else None
    for value in (line.value if line else None, numeric_date(read)):
        if value is not None:
            yield value.isoformat()
