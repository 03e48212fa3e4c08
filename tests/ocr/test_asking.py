"""What the third reader is asked about."""

from ocr.asking import asked_spans, open_stretches, with_third
from ocr.reading import LineBox, Reading, ReadWord
from ocr.vote import lead, stretches

LINE = LineBox(0, 0, 400, 20)


def reading(line: str, *, sure: float = 0.95, **unsure: float) -> Reading:
    """Words of 40 pixels, 50 apart; `unsure` gives the confidence of a word."""
    return Reading(
        tuple(
            ReadWord(text, 50 * i, 50 * i + 40, unsure.get(text, sure))
            for i, text in enumerate(line.split())
            if text != "_"
        )
    )


def test_where_both_agree_nothing_is_asked() -> None:
    assert open_stretches(stretches([reading("Căn cứ Luật"), reading("Căn cứ Luật")])) == []


def test_a_usual_word_beside_its_neighbours_is_not_asked_about_for_a_lost_mark() -> None:
    parts = stretches([reading("Ủy ban nhân dân"), reading("Ủy bạn nhân dân", sure=0.8)])
    assert not parts[1].agreed
    assert open_stretches(parts) == []


def test_two_readings_that_nothing_tells_apart_are_asked_about() -> None:
    parts = stretches([reading("ngày 25 tháng"), reading("ngày 23 tháng")])
    assert [part.text(0) for part in open_stretches(parts)] == ["25"]


def test_what_one_reader_does_not_see_is_asked_about() -> None:
    parts = stretches([reading("ngày 25 tháng"), reading("ngày _ tháng")])
    assert [part.text(0) for part in open_stretches(parts)] == ["25"]


def test_the_surer_reader_of_a_possible_syllable_is_ahead() -> None:
    (part,) = stretches([reading("thgnh"), reading("thành")])
    (other,) = stretches([reading("thành"), reading("thgnh")])
    assert lead(part) < 0 < lead(other)


def test_the_closest_word_decides_whether_a_stretch_of_several_is_open() -> None:
    one = Reading((ReadWord("thành", 0, 40, 0.95), ReadWord("12", 42, 60, 0.9)))
    two = Reading((ReadWord("thgnh", 0, 55, 0.5), ReadWord("13", 50, 60, 0.9)))
    (part,) = stretches([one, two])
    assert part.text(0) == "thành 12"
    assert open_stretches([part]) == [part]


def test_the_third_reader_sees_one_height_of_what_stands_beside() -> None:
    parts = stretches([reading("ngày 25 tháng 12 năm 2020"), reading("ngày 23 tháng 12 năm 2020")])
    (span,) = asked_spans(parts, open_stretches(parts), LINE)
    assert (span.x0, span.x1) == (45 - 20, 95 + 20)


def test_a_line_that_is_open_nearly_everywhere_is_shown_whole() -> None:
    one, two = reading("a1 b2 c3 d4 e5 f6 g7 h8"), reading("a2 b3 c4 d5 e6 f7 g8 h9")
    parts = stretches([one, two])
    assert asked_spans(parts, open_stretches(parts), LINE) == [LINE]


def test_what_was_not_asked_stays_as_it_was() -> None:
    one, two = reading("ngày 25 tháng"), reading("ngày 23 tháng")
    before = stretches([one, two])
    open_ones = open_stretches(before)
    after = with_third(before, open_ones, stretches([one, two, reading("gày 23 thá")]))
    assert [part.readings for part in after if part.text(0) != "25"] == [
        part.readings for part in before if part.text(0) != "25"
    ]
    assert [part.text(2) for part in after if part.text(0) == "25"] == ["23"]
