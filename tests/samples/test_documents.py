"""Made papers: repeatable, true to what they say about themselves, and readable."""

import csv
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import samples
from samples import truth_json
from samples.damage import Damage
from samples.documents import fingerprint
from samples.papers import LAYOUTS
from samples.truth import COMMON_FIELDS, PageTruth

pytestmark = pytest.mark.slow

LEANING = Damage(skew=1.7, shift=(2.0, -1.5), blur=0.4, noise=3.0)


@pytest.mark.parametrize("kind", ["letter", "receipt", "declaration"])
def test_the_same_seed_makes_the_same_pixels_and_truth(kind: str) -> None:
    first, second = (samples.make_document(5, kind, dpi=90, severity=1.5) for _ in range(2))
    assert fingerprint(first) == fingerprint(second)
    assert truth_json.dumps(first.truth) == truth_json.dumps(second.truth)


def test_another_seed_makes_another_paper() -> None:
    first, second = (samples.make_document(seed, "letter", dpi=100) for seed in (1, 2))
    assert first.truth.text != second.truth.text


@pytest.mark.parametrize("kind", samples.kinds())
def test_every_kind_tells_the_truth_about_its_pages(kind: str) -> None:
    paper = samples.make_document(3, kind, dpi=80)
    assert [page.size for page in paper.pages] == [(t.width, t.height) for t in paper.truth.pages]
    assert set(COMMON_FIELDS) <= set(paper.truth.fields)
    assert paper.truth.text == unicodedata.normalize("NFC", paper.truth.text)
    assert not set("{}[]<>|*") & set(paper.truth.text), "mark-up or a slot was left in the text"
    for page in paper.truth.pages:
        _boxes_lie_on(page)
        assert page.blank == (not page.lines)
    tags = {
        tag for page in paper.truth.pages for line in page.lines for word in line.words for tag in word.tags
    }
    assert tags <= set(paper.truth.fields)
    for field in paper.truth.fields.values():
        assert (field.box is None) == (field.page is None)


def _boxes_lie_on(page: PageTruth) -> None:
    for line in page.lines:
        assert line.text == " ".join(word.text for word in line.words)
        for word in line.words:
            assert word.text
            assert not word.text.isspace()
            box = word.box
            assert 0 <= box.x0 < box.x1 <= page.width
            assert 0 <= box.y0 < box.y1 <= page.height


def test_every_type_code_is_one_of_the_taxonomy() -> None:
    with (Path(__file__).parents[2] / "records" / "data" / "document_types.csv").open(
        encoding="utf-8"
    ) as stream:
        known = {row["code"] for row in csv.DictReader(stream)}
    assert {layout.document_type for layout in LAYOUTS.values()} <= known


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_ink_lies_inside_the_boxes_however_the_page_was_scanned(rotation: int) -> None:
    damage = Damage(**{**LEANING.__dict__, "rotation": rotation})
    paper = samples.make_document(11, "notice", dpi=150, damage=damage)
    page, truth = paper.pages[0], paper.truth.pages[0]
    ink = 255 - np.asarray(page.convert("L"), dtype=np.float64)
    inside = np.zeros(ink.shape, dtype=bool)
    for line in truth.lines:
        for word in line.words:
            inside[word.box.y0 : word.box.y1, word.box.x0 : word.box.x1] = True
            assert ink[word.box.y0 : word.box.y1, word.box.x0 : word.box.x1].max() > 60, word.text
    for overlay in truth.overlays:  # seals and signatures are ink that is no text
        inside[overlay.box.y0 : overlay.box.y1, overlay.box.x0 : overlay.box.x1] = True
    assert ink[inside].mean() > 10 * ink[~inside].mean()


def test_number_and_date_fields_say_what_their_words_say() -> None:
    for seed in range(12):
        paper = samples.make_document(seed, "decision", dpi=72, clean=True)
        number, day = paper.truth.fields["number_symbol"], paper.truth.fields["issue_date"]
        words = [word for page in paper.truth.pages for line in page.lines for word in line.words]
        if number.value:
            assert "".join(w.text for w in words if "number_symbol" in w.tags) == number.value
        if day.value:
            year, month, date = day.value.split("-")
            figures = [w.text for w in words if "issue_date" in w.tags and w.text.isdigit()]
            assert [int(f) for f in figures] == [int(date), int(month), int(year)]


def test_pen_marked_fields_are_flagged_as_handwritten() -> None:
    papers = [samples.make_document(seed, "letter", dpi=72, clean=True) for seed in range(15)]
    flags = {paper.truth.fields["number_symbol"].handwritten for paper in papers}
    assert flags == {True, False}


def test_a_field_that_fell_off_the_edge_is_named() -> None:
    paper = samples.make_document(1, "notice", dpi=100, damage=Damage(shift=(60.0, 0.0)))
    assert "issue_date" in paper.truth.extras["cut_fields"]
    assert paper.truth.pages[0].damages == ("cut_off",)


def test_the_asked_resolution_and_mode_are_kept() -> None:
    paper = samples.make_document(2, "report", dpi=200, mode="1bit")
    assert {page.mode for page in paper.pages} == {"1"}
    assert {page.info["dpi"] for page in paper.pages} == {(200, 200)}
    assert paper.pages[0].size in {(1654, 2339), (2339, 1654)}
    gray = samples.make_document(2, "report", dpi=100, mode="gray")
    assert gray.pages[0].mode == "L"


def test_a_clean_paper_is_white_where_nothing_is_printed() -> None:
    paper = samples.make_document(4, "letter", dpi=100, clean=True)
    assert paper.truth.pages[0].damages == ()
    assert _corner(paper.pages[0]) == 255


def _corner(page: Image.Image) -> int:
    return int(np.asarray(page.convert("L"))[-10:, -10:].min())


def test_a_wide_table_often_comes_sideways() -> None:
    turns = {
        samples.make_document(seed, "landscape_list", dpi=60).truth.pages[0].rotation for seed in range(10)
    }
    assert turns == {0, 90, 270}


def test_truth_as_json_keeps_every_word() -> None:
    paper = samples.make_document(6, "birth_extract", dpi=100)
    told = truth_json.as_json(paper.truth)
    assert told["document_type"] == "TLKS"
    words = [word["text"] for line in told["pages"][0]["lines"] for word in line["words"]]
    assert " ".join(words).split() == told["pages"][0]["text"].split()
