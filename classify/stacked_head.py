"""Heads in one column: agency, number and date one under the other, at the left or in the middle of the page.

So companies, old typed papers and many receipts begin, with the motto over, under or between them, or with none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from classify.agencies import begins_agency
from classify.blocks import MOTTO, Head
from classify.fuzzy import allowed, find
from classify.layout import Segment

RIGHT = 0.62  # share of the page's width: what has its middle farther right is a date, a form's name, a stamp
UPPER = 0.3  # share of the page's height in which such a head ends where no title was found
_ENDS = re.compile(r"^\W*k[ií]nh g[uứ][iỉ]\b")
_OF_MOTTO = "chu nghia viet nam"
_NUMBER = re.compile(r"^\W*so\W*\d|/")
_FORM = re.compile(r"^\W*(?:mau|bieu mau|phu luc|ban hanh kem)\b")


def stacked_lines(head: Head, title: Segment | None) -> list[Segment]:
    """The lines from the top of the page to its title or addressee, without motto, date and names of forms.

    None where agency and motto stand side by side: there each block is read by itself.
    """
    if head.motto is not None and head.two_columns:
        return []
    layout = head.layout
    floor = title.box.y0 if title is not None else UPPER * layout.height
    found: list[Segment] = []
    for line in layout.segments:
        if line.box.y0 >= floor or _ENDS.match(line.key):
            break
        if line.box.centre[0] < RIGHT * layout.width and not _is_motto(line) and not _FORM.match(line.key):
            found.append(line)
    return found


def stacked_agency(lines: Sequence[Segment]) -> list[Segment]:
    """The lines in capitals that name the agency: the first that begin like one's name, one close under the other."""
    found: list[Segment] = []
    for line in lines:
        named = line.capitals > 0.7 and line.letters >= 3 and not _NUMBER.search(line.key)
        if not found and named and begins_agency(line.key.strip(" .,:;_*-'\"|")):
            found.append(line)
        elif found and not (named and line.box.y0 - found[-1].box.y1 < 1.6 * line.box.height):
            break
        elif found:
            found.append(line)
    return found


def _is_motto(line: Segment) -> bool:
    """Whether a line is the motto, or its words out of order where a bad scan mixed them up."""
    return line.letters >= 12 and any(
        find(phrase, line.key).edits <= allowed(phrase, 0.2) for phrase in (*MOTTO, _OF_MOTTO)
    )
