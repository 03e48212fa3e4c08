"""The small mark-up in which the papers' text is written, cut into words.

**bold**   __italic__   <<pen>> (handwritten)   [[field|words that carry this field's value]]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKENS = re.compile(r"(\*\*|__|<<|>>|\[\[[a-z_]+\||\]\]|\s+)")


@dataclass(frozen=True)
class Piece:
    """Letters of one look inside a word."""

    text: str
    bold: bool
    italic: bool
    pen: bool


@dataclass(frozen=True)
class Token:
    """A word: pieces set without a blank between them, and the fields that it belongs to."""

    pieces: tuple[Piece, ...]
    tags: tuple[str, ...]

    @property
    def text(self) -> str:
        """The word as a reader sees it."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def pen(self) -> bool:
        """Whether any part of it was written by hand."""
        return any(piece.pen for piece in self.pieces)


def tokens(text: str, bold: bool = False, italic: bool = False) -> list[Token]:
    """The words of a marked-up text; `bold` and `italic` are the look outside of any mark.

    >>> [token.text for token in tokens("Số: [[number_symbol|<<47>>/QĐ-UBND]]")]
    ['Số:', '47/QĐ-UBND']
    """
    words: list[Token] = []
    pieces: list[Piece] = []
    tags: list[str] = []
    word_tags: list[str] = []
    pen = False

    def finish() -> None:
        if pieces:
            words.append(Token(tuple(pieces), tuple(dict.fromkeys(word_tags))))
        pieces.clear()
        word_tags.clear()

    for part in _TOKENS.split(text):
        if not part:
            continue
        if part == "**":
            bold = not bold
        elif part == "__":
            italic = not italic
        elif part in ("<<", ">>"):
            pen = part == "<<"
        elif part.startswith("[["):
            tags.append(part[2:-1])
        elif part == "]]":
            tags.pop()
        elif part.isspace():
            finish()
        else:
            pieces.append(Piece(part, bold, italic, pen))
            word_tags.extend(tags)
    finish()
    return words


def plain(text: str) -> str:
    """The text without its marks, blanks folded."""
    return " ".join(token.text for token in tokens(text))
