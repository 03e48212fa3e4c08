"""Whom the vote believes when readers differ."""

from ocr.reading import Reading, ReadWord
from ocr.vote import chosen, stretches


def reading(*words: tuple[str, float, float], sure: float = 0.9) -> Reading:
    return Reading(tuple(ReadWord(text, x0, x1, sure) for text, x0, x1 in words))


def text(words: tuple[ReadWord, ...]) -> str:
    return " ".join(word.text for word in words)


def test_readers_are_compared_where_they_stand_on_the_paper() -> None:
    one = reading(("Căn", 0, 30), ("cứ", 40, 60), ("Luật", 70, 110))
    two = reading(("Căn", 1, 31), ("cúLuật", 41, 109))
    parts = stretches([one, two])
    assert [(part.text(0), part.text(1)) for part in parts] == [("Căn", "Căn"), ("cứ Luật", "cúLuật")]


def test_a_word_over_three_words_of_the_other_is_one_stretch() -> None:
    one = reading(("a", 0, 10), ("b", 12, 22), ("c", 24, 34))
    two = reading(("abc", 0, 34))
    assert [part.text(0) for part in stretches([one, two])] == ["a b c"]


def test_two_readers_outvote_the_first() -> None:
    readings = [reading(("QUYÉT", 0, 50)), reading(("QUYẾT", 0, 50)), reading(("QUYẾT", 0, 50))]
    (part,) = stretches(readings)
    assert text(chosen(part)) == "QUYẾT"


def test_a_possible_syllable_beats_an_impossible_one() -> None:
    (part,) = stretches([reading(("quyêt", 0, 50), sure=0.8), reading(("quyết", 0, 50), sure=0.8)])
    assert text(chosen(part)) == "quyết"


def test_marks_around_a_word_are_voted_apart_from_its_letters() -> None:
    readings = [reading(("đốc;", 0, 50)), reading(("đôc;", 0, 50)), reading(("đốc:", 0, 50))]
    (part,) = stretches(readings)
    assert text(chosen(part)) == "đốc;"


def test_a_word_that_only_the_first_reader_sees_is_kept_when_it_is_sure() -> None:
    parts = stretches([reading(("ngày", 0, 40), sure=0.96), Reading()])
    assert [text(chosen(part)) for part in parts] == ["ngày"]
