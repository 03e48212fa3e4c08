"""Turns who read a word, and how sure they were, into the chance that the word is right.

The readers' own figures do not mean that (AsterOCR is 99 % sure of noise). The chance is a logistic function of who
supports the word, how sure the reader of it is, and whether it can be a syllable; fitted on half of the real scans
with damaged copies and on generated pages, checked on the other half (see docs/design-notes-ocr.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

TESSERACT, TRUEOCR, ASTEROCR = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Odds:
    """Log odds of a word: `base` + `slope` × steepness of the reader's figure + `foreign` if no syllable."""

    base: float
    slope: float
    foreign: float


AGREED = Odds(1.65, 1.51, -0.34)  # the first two readers agree; the third was not needed, or two of three do
WITH_TESSERACT = Odds(0.35, 1.07, -0.34)  # Tesseract and the third reader
WITH_THIRD = Odds(0.12, 0.61, -0.34)  # the third reader and trueocr, or all three after the marks were parted
ALONE = Odds(-3.49, 1.38, -1.35)  # one against two others
ONLY_TESSERACT = Odds(-2.07, 1.69, -0.99)  # one of two
ONLY_TRUEOCR = Odds(-3.94, 1.69, -0.99)


def chance(supporters: frozenset[int], readers: int, sure: float, syllable: bool) -> float:
    """The chance (0 … 1) that a word is right.

    `supporters` are the readers (0 Tesseract, 1 trueocr, 2 AsterOCR) that read it so, of the first `readers`; `sure`
    is the figure of the reader whose word it is.

    >>> both, one = frozenset({0, 1}), frozenset({1})
    >>> round(chance(both, 2, 0.97, True), 3), round(chance(one, 3, 0.97, True), 3)
    (0.998, 0.656)
    """
    odds = _odds(supporters, readers)
    steepness = -math.log(1.02 - min(1.0, max(0.0, sure)))
    logit = odds.base + odds.slope * steepness + (0.0 if syllable else odds.foreign)
    return 1 / (1 + math.exp(-logit))


def _odds(supporters: frozenset[int], readers: int) -> Odds:
    if readers == 2:
        if len(supporters) == 2:
            return AGREED
        return ONLY_TESSERACT if TESSERACT in supporters else ONLY_TRUEOCR
    if len(supporters) < 2:
        return ALONE
    if supporters == {TESSERACT, ASTEROCR}:
        return WITH_TESSERACT
    return WITH_THIRD
