"""The font of the invisible text layer: no shapes, only extents, and the way back from codes to characters.

The image shows the page, so the text over it needs no shapes. A font made for the document has one glyph per
character in use; code, glyph number and CID are the same number, from 1, as glyph 0 may not be shown
(ISO 19005-2, 6.2.11.8). Widths are those of a typical serif face, so that a part of a word is marked where it stands.
A glyph is one line across its extent, which encloses nothing: pdfium drops text whose glyphs have no extent at all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name, Pdf, Stream

UNITS = 1000  # a em
ASCENT, DESCENT = 800, -200
FONT_NAME = "SohoaGlyphless"
_SPACE_WIDTH = 250
_WIDTHS = {  # of the base letter, in thousandths of an em
    **dict.fromkeys("ijl.,;:'|!’‘·", 270),
    **dict.fromkeys('ftrIJ()[]-/\\"“”', 350),
    **dict.fromkeys("sczea", 440),
    **dict.fromkeys("mwM", 800),
    **dict.fromkeys("W%@—…", 950),
    **dict.fromkeys("ABCDEGHKNOQRUVXYĐ", 700),
    **dict.fromkeys("FLPSTZ", 580),
}
_USUAL_WIDTH = 500
_EPOCH = 2082844800  # 1970-01-01 in a font's seconds since 1904: the same bytes on any day


def character_width(character: str) -> int:
    """In thousandths of an em; tone marks do not widen a letter.

    >>> character_width("ợ") == character_width("o"), character_width("m") > character_width("i")
    (True, True)
    """
    if character == " ":
        return _SPACE_WIDTH
    return _WIDTHS.get(unicodedata.normalize("NFD", character)[0], _USUAL_WIDTH)


def text_width(text: str) -> int:
    """The sum over its characters, in thousandths of an em."""
    return sum(character_width(character) for character in text)


def showable(text: str) -> str:
    """The text without characters that a character map must not name (ISO 19005-2, 6.2.11.7.2) or cannot.

    >>> showable("a\\ufeffb\\x00")
    'ab'
    """
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs") and c not in "\ufeff\ufffe")


@dataclass(frozen=True)
class GlyphlessFont:
    """A font for these characters; `encode` gives the bytes of a string operand."""

    codes: dict[str, int]

    @classmethod
    def of(cls, characters: Iterable[str]) -> GlyphlessFont:
        """The font for a set of characters, which must be `showable`; the blank is always in it."""
        used = sorted({" ", *characters})
        return cls({character: code for code, character in enumerate(used, 1)})

    def encode(self, text: str) -> bytes:
        return b"".join(self.codes[character].to_bytes(2, "big") for character in text)

    def embedded(self, pdf: Pdf) -> pikepdf.Object:
        """The font dictionary with its program, as an indirect object of this PDF."""
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/" + FONT_NAME),
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=pdf.make_indirect(self._descriptor(pdf)),
            W=Array([1, Array([character_width(character) for character in self.codes])]),
            DW=0,
            CIDToGIDMap=Name.Identity,
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/" + FONT_NAME),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=Stream(pdf, self.to_unicode()),
        )
        return pdf.make_indirect(font)

    def _descriptor(self, pdf: Pdf) -> Dictionary:
        return Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + FONT_NAME),
            Flags=4,  # symbolic: it has no encoding of its own
            FontBBox=Array([0, DESCENT, UNITS, ASCENT]),
            ItalicAngle=0,
            Ascent=ASCENT,
            Descent=DESCENT,
            CapHeight=ASCENT,
            StemV=80,
            FontFile2=Stream(pdf, self.program()),
        )

    def program(self) -> bytes:
        """A TrueType font with a glyph a code; the same bytes for the same characters."""
        names = [".notdef", *(f"g{code}" for code in self.codes.values())]
        widths = [0, *(character_width(character) for character in self.codes)]
        builder = FontBuilder(UNITS, isTTF=True)
        builder.setupGlyphOrder(names)
        builder.setupCharacterMap({})
        builder.setupGlyf({name: _extent(width) for name, width in zip(names, widths, strict=True)})
        builder.setupHorizontalMetrics({name: (width, 0) for name, width in zip(names, widths, strict=True)})
        builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
        builder.setupNameTable({"familyName": FONT_NAME, "styleName": "Regular", "psName": FONT_NAME})
        builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT)
        builder.setupPost(keepGlyphNames=False)
        builder.updateHead(created=_EPOCH, modified=_EPOCH)
        builder.font.recalcTimestamp = False
        file = BytesIO()
        builder.save(file)
        return file.getvalue()

    def to_unicode(self) -> bytes:
        """The ToUnicode character map (PDF 32000-1, 9.10.3): what search and copying read."""
        entries = [f"<{code:04X}> <{_utf16(character)}>" for character, code in self.codes.items()]
        parts = [_CMAP_HEAD]
        for start in range(0, len(entries), 100):  # at most 100 entries a section
            section = entries[start : start + 100]
            parts += [f"{len(section)} beginbfchar", *section, "endbfchar"]
        return "\n".join([*parts, _CMAP_TAIL]).encode("ascii")


def _extent(width: int) -> Glyph:
    pen = TTGlyphPen(None)
    if width:
        pen.moveTo((0, DESCENT))
        pen.lineTo((width, ASCENT))
        pen.closePath()
    return pen.glyph()


def _utf16(character: str) -> str:
    return character.encode("utf-16-be").hex().upper()


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""

_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
