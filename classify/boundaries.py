"""Where one scan holds several papers: the pages on which a new one begins.

A wrong cut tears a paper in two and is worse than a missing one. So a page begins a paper only when two signs
agree (motto, number, title, date), and never when it says that it belongs to another (appendix, form, page number).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from classify.blocks import Head, read_head
from classify.date_line import find_date_line
from classify.layout import Layout, laid_out
from classify.number_line import number_symbol
from classify.number_symbol import NumberGrammar
from classify.taxonomy import Taxonomy
from classify.titles import find_title
from records.page import PageText

_ATTACHED = re.compile(
    r"^\W*(?:phu luc|bieu (?:mau|so)|mau (?:so|don|bieu|\d)|danh muc\b|quy (?:che|dinh|trinh)\b)|"
    r"\bkem theo\b|\bban hanh theo\b|^\W*(?:mau|bieu)\W"
)
TOP = 0.3  # share of the page in which a paper shows what it is
STRONG_TITLE = 0.9


class BoundaryFinder:
    """Finds first pages with the taxonomy's titles and the grammar of numbers at hand."""

    def __init__(self, taxonomy: Taxonomy, grammar: NumberGrammar) -> None:
        self._taxonomy = taxonomy
        self._grammar = grammar

    def document_starts(self, pages: Sequence[PageText]) -> tuple[int, ...]:
        """Numbers of the pages (from 1) on which a paper begins; 1 is always among them."""
        later = (
            number for number, page in enumerate(pages[1:], start=2) if self._begins(laid_out(page, number))
        )
        return (1, *later)

    def _begins(self, layout: Layout) -> bool:
        if len(layout.segments) < 3:
            return False
        head = read_head(layout)
        if self._is_receipt(head):
            return True
        if head.motto is None or head.motto.box.y0 > TOP * layout.height or _belongs_to_another(layout):
            return False
        return self._signs(head) >= 1

    def _signs(self, head: Head) -> int:
        """How many signs besides the motto say that a paper begins here."""
        title = find_title(head, self._taxonomy)
        return sum(
            (
                number_symbol(head, self._grammar) is not None,
                find_date_line(head, ()) is not None,
                title is not None and title.score >= STRONG_TITLE,
            )
        )

    def _is_receipt(self, head: Head) -> bool:
        """A receipt may lack the motto; its title is long enough to be sure alone."""
        title = find_title(head, self._taxonomy)
        if title is None or title.lines[0].box.y0 > TOP * head.layout.height:
            return False
        return title.match.pattern.code == "GTN" and title.score >= STRONG_TITLE


def _belongs_to_another(layout: Layout) -> bool:
    """Whether the page begins with the marks of an appendix or of a template."""
    top = [segment for segment in layout.segments if segment.box.y0 < TOP * layout.height]
    return any(_ATTACHED.search(segment.key) for segment in top)
