"""Turns who read a word, and how sure they were, into the chance that the word is right.

The readers' own figures do not mean that (AsterOCR is 99 % sure of noise). The chance is a logistic function of who
supports the word, how sure its reader is, whether office language knows it, and how well the rest of its line was
agreed on. Its weights lie in `data/confidence.json`; `bench calibrate` fits them and shows what they are worth.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from ocr.lexicon import go_together, usual
from ocr.reading import ReadWord, Support
from ocr.spelling import Spelling, parted, spelling

TESSERACT, TRUEOCR, ASTEROCR = 0, 1, 2
NOBODY = Support()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a word."""

    support: Support
    spelling: Spelling
    usual: float  # 0 … 1, of its letters in office language
    paired: bool  # seen beside one of its neighbours
    line: float  # share of the line's letters that at least two readers agreed on
    single: bool  # one letter or digit, or only marks


def evidence_of(words: Sequence[ReadWord]) -> list[Evidence]:
    """The evidence for each word of a line."""
    line = _agreed_share(words)
    cores = [parted(word.text)[1] for word in words]
    found = []
    for i, word in enumerate(words):
        left, right = cores[i - 1] if i else "", cores[i + 1] if i + 1 < len(words) else ""
        found.append(
            Evidence(
                word.support or NOBODY,
                spelling(word.text),
                usual(cores[i]) if cores[i].isalpha() else 0.0,
                go_together(left, cores[i]) or go_together(cores[i], right),
                line,
                len(cores[i]) < 2,
            )
        )
    return found


def _agreed_share(words: Sequence[ReadWord]) -> float:
    letters = sum(len(word.text) for word in words)
    agreed = sum(len(word.text) for word in words if word.support and len(word.support.readers) > 1)
    return agreed / letters if letters else 1.0


def features(evidence: Evidence) -> dict[str, float]:
    """The evidence in figures; those that are nought are left out."""
    who = _who(evidence.support)
    steepness = -math.log(1.02 - min(1.0, max(0.0, evidence.support.sure)))
    found = {
        who: 1.0,
        f"sure_{'agreed' if who == 'agreed' else 'voted'}": steepness,
        evidence.spelling.name.lower(): 1.0,
        "usual": evidence.usual,
        "paired": float(evidence.paired),
        "disagreed_line": 1.0 - evidence.line,
        "single": float(evidence.single),
        "mended": float(evidence.support.mended),
    }
    return {name: value for name, value in found.items() if value}


def _who(support: Support) -> str:
    """Who reads the word so: two of two, one of two, two of three, or one against two."""
    readers = support.readers
    if support.asked == 2:
        if len(readers) == 2:
            return "agreed"
        return "only_tesseract" if TESSERACT in readers else "only_trueocr"
    if len(readers) < 2:
        return "alone"
    return "with_tesseract" if readers == {TESSERACT, ASTEROCR} else "with_third"


@cache
def weights() -> Mapping[str, float]:
    text = (files("ocr") / "data" / "confidence.json").read_text(encoding="utf-8")
    found: dict[str, float] = json.loads(text)["weights"]
    return found


def chance(evidence: Evidence) -> float:
    """The chance (0 … 1) that a word with this evidence is right.

    >>> both = Support(frozenset({TESSERACT, TRUEOCR}), 2, 0.97)
    >>> one = Support(frozenset({TRUEOCR}), 3, 0.97)
    >>> sure, unsure = (Evidence(s, Spelling.SYLLABLE, 0.5, True, 1.0, False) for s in (both, one))
    >>> chance(sure) > 0.99 > chance(unsure)
    True
    """
    known = weights()
    logit = sum(known.get(name, 0.0) * value for name, value in features(evidence).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def assured(words: Sequence[ReadWord]) -> tuple[ReadWord, ...]:
    """The words of a line, each with the chance that it is right for its confidence."""
    return tuple(
        replace(word, confidence=chance(evidence))
        for word, evidence in zip(words, evidence_of(words), strict=True)
    )
