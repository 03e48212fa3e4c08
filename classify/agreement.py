"""Fields that say something about each other: where they contradict, both are doubted."""

from __future__ import annotations

from classify.checks import same_marks, symbol_agrees, symbol_goes_on
from classify.found import Found
from classify.number_symbol import NumberSymbol

CUT_OFF = 0.8  # how far a name is believed whose symbol goes on where it ends


def agreeing_symbol(authority: Found | None, parsed: NumberSymbol | None) -> Found | None:
    """The authority, surer when the symbol's letters stand for it, less sure when they do not."""
    if authority is None or authority.value is None or parsed is None:
        return authority
    if symbol_goes_on(parsed.symbol, parsed.kind, authority.value):
        return authority.doubted(CUT_OFF)
    agrees = symbol_agrees(parsed.symbol, parsed.kind, authority.value)
    return authority if agrees else authority.doubted(0.93)


def agreeing_place(authority: Found | None, where: Found | None) -> tuple[Found | None, Found | None]:
    """Authority and place, both doubted where they spell the same place with different marks."""
    if authority is None or where is None or authority.value is None or where.value is None:
        return authority, where
    same = same_marks(where.value, authority.value)
    if same is None:
        return authority, where
    return (authority, where) if same else (authority.doubted(0.85), where.doubted(0.6))
