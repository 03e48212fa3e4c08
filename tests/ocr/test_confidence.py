"""A word's confidence is the chance that it is right, whoever read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ocr
from bench.calibrate import JudgedWord, fitted, show
from ocr.confidence import assured, features, weights
from ocr.confidence import evidence_of as evidence
from ocr.diction import well_worded
from ocr.reading import ReadWord, Support


def word(text: str, readers: set[int], asked: int = 2, sure: float = 0.95) -> ReadWord:
    return ReadWord(text, 0, 10, sure, Support(frozenset(readers), asked, sure))


def chance_of(text: str, readers: set[int], asked: int = 2, sure: float = 0.95) -> float:
    return assured([word(text, readers, asked, sure)])[0].confidence


def test_agreement_counts_more_than_a_readers_own_figure() -> None:
    assert chance_of("nghị", {0, 1}, sure=0.8) > chance_of("nghị", {1}, sure=0.99)


def test_a_word_that_can_not_be_is_less_likely() -> None:
    assert chance_of("quyết", {0, 1}) > chance_of("quyêt", {0, 1})


def test_a_word_in_a_line_that_was_read_differently_is_less_likely() -> None:
    good = assured([word("nghị", {0, 1}), word("quyết", {0, 1})])[0]
    bad = assured([word("nghị", {0, 1}), word("quyết", {0}), word("xxyy", {1})])[0]
    assert good.confidence > bad.confidence


def test_a_mended_word_says_so_in_its_evidence() -> None:
    line = well_worded(assured([word("CHỦ", {0, 1}), word("TICH", {0, 1}, sure=0.6)]))
    assert line[1].text == "TỊCH"
    assert features(evidence(line)[1])["mended"] == 1.0


def test_every_weight_belongs_to_a_feature_and_is_stored_as_plain_data() -> None:
    path = Path(ocr.__file__ or "").parent / "data" / "confidence.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert stored["weights"] == weights()
    assert all(isinstance(weight, float) for weight in weights().values())


def test_fitting_finds_the_odds_that_made_the_words() -> None:
    words = [JudgedWord(0.5, {"agreed": 1.0}, right=i % 10 > 0) for i in range(2000)]
    words += [JudgedWord(0.5, {"alone": 1.0}, right=i % 2 > 0) for i in range(2000)]
    found = fitted(words)
    assert found["agreed"] == pytest.approx(2.197, abs=0.05)
    assert found["alone"] == pytest.approx(0.0, abs=0.05)


def test_the_diagram_tells_the_calibration_error(capsys: pytest.CaptureFixture[str]) -> None:
    show([JudgedWord(0.75, {}, right=i % 4 > 0) for i in range(400)])
    assert "expected calibration error 0.00 %" in capsys.readouterr().out
