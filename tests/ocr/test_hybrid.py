"""What the hybrid engine does beyond the contract."""

from __future__ import annotations

import importlib.util
import logging

import cv2
import numpy as np
import pytest

from ocr.engines import make_engine
from records.errors import EngineUnavailable, RecognitionFailed
from tests.ocr.pages import printed

RED = (200, 20, 40)


def test_red_print_is_read_although_red_seals_fade() -> None:
    page = printed(("GIẤY CHỨNG NHẬN",), colour=RED)
    black = printed(("Quyết định này", "có hiệu lực", "kể từ ngày ký", "và thay thế", "văn bản cũ"))
    both = np.vstack([page[:300], black])
    assert "CHỨNG NHẬN" in make_engine("fast").read(both).text


def test_a_red_seal_is_not_read() -> None:
    image = printed(("Quyết định này", "có hiệu lực", "kể từ ngày ký", "và thay thế", "văn bản cũ")).copy()
    clean = make_engine("fast").read(image).text
    cv2.circle(image, (900, 300), 110, RED, 6)
    cv2.circle(image, (900, 300), 80, RED, 3)
    assert make_engine("fast").read(image).text == clean


def test_a_slanted_page_is_levelled_and_its_boxes_slant_back() -> None:
    image = printed()
    turn = cv2.getRotationMatrix2D((620, 450), 3.0, 1.0)
    slanted = np.asarray(cv2.warpAffine(image, turn, (1240, 900), borderValue=(255, 255, 255)), np.uint8)
    page = make_engine("fast").read(slanted)
    first = next(word for word in page.words() if word.text == "Căn")
    x, y = turn @ np.array([130.0, 125.0, 1.0])
    assert first.box.x0 - 10 <= x <= first.box.x1 + 10 and first.box.y0 - 10 <= y <= first.box.y1 + 10


def test_auto_falls_back_to_tesseract_with_a_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "trueocr" else real(name, *rest)
    )
    with caplog.at_level(logging.WARNING):
        assert make_engine("auto").name == "tesseract"
    assert "packages are missing" in caplog.text
    with pytest.raises(EngineUnavailable, match="trueocr"):
        make_engine("hybrid")


def test_missing_language_data_is_said_so() -> None:
    with pytest.raises(EngineUnavailable, match="xyz"):
        make_engine("tesseract", languages="xyz").read(printed())


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match="hybrid"):
        make_engine("magic")


def test_an_error_of_a_library_is_a_page_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise cv2.error("assertion failed")

    monkeypatch.setattr("ocr.hybrid.find_lines", broken)
    with pytest.raises(RecognitionFailed, match="gave up"):
        make_engine("fast").read(printed())
