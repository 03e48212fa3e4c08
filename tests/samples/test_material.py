"""What the papers are made of: typefaces, prose, people."""

from datetime import date
from random import Random

import pytest

from samples import fonts
from samples.markup import tokens
from samples.offices import KINDS, some_office
from samples.people import some_commune, some_person, words
from samples.prose import Prose


@pytest.mark.parametrize("family", sorted(fonts.FAMILIES))
def test_every_typeface_covers_vietnamese(family: str) -> None:
    for bold in (False, True):
        for italic in (False, True):
            assert fonts.uncovered(fonts.font_file(family, bold, italic)) == ""


def test_a_missing_typeface_names_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_files", dict)
    fonts.font_file.cache_clear()
    with pytest.raises(fonts.FontMissing, match="apt-get install fonts-liberation2"):
        fonts.font_file("free-serif", False, False)  # its stand-in is absent too
    fonts.font_file.cache_clear()


def test_the_bank_holds_a_wide_variety_of_clauses() -> None:
    bank = words("prose")
    domains = bank["domain"].values()
    assert (
        sum(len(domain["clauses"]) for domain in domains) + len(bank["general"]) + len(bank["bases"]) >= 150
    )
    assert len(bank["domain"]) >= 10


def test_every_slot_of_every_text_can_be_filled() -> None:
    rng = Random(1)
    bank = words("prose")
    texts = [
        text for name in ("bases", "openings", "closings", "articles_last", "general") for text in bank[name]
    ]
    texts += [text for domain in bank["domain"].values() for texts in domain.values() for text in texts]
    for kind in KINDS:
        prose = Prose(rng, some_office(rng, kinds=(kind,)), date(2022, 5, 6))
        for text in texts:
            filled = prose.fill(text)
            assert "{" not in filled
            assert tokens(filled)


def test_a_paper_cites_nothing_younger_than_itself() -> None:
    rng = Random(2)
    prose = Prose(rng, some_office(rng), date(2017, 3, 1))
    assert not any(f"năm {year}" in text for text in prose.draw("bases", 30) for year in range(2018, 2026))


def test_a_citizen_id_tells_province_century_sex_and_year() -> None:
    for seed in range(60):
        one = some_person(Random(seed), some_commune(Random(seed), "tỉnh Tiền Giang"))
        if len(one.id_no) == 12:
            assert one.id_no.startswith("082")
            assert int(one.id_no[3]) == (0 if one.male else 1) + (2 if one.born.year >= 2000 else 0)
            assert one.id_no[4:6] == f"{one.born.year % 100:02d}"


def test_marked_up_text_becomes_words_with_fields_and_pen() -> None:
    words_of_it = tokens("Số: [[number_symbol|<<47>> /QĐ-UBND]]")
    assert [(word.text, word.pen, word.tags) for word in words_of_it] == [
        ("Số:", False, ()),
        ("47", True, ("number_symbol",)),
        ("/QĐ-UBND", False, ("number_symbol",)),
    ]
