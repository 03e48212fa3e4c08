"""The scan moves ink and boxes alike."""

from random import Random

import numpy as np
import pytest
from PIL import Image, ImageDraw

from samples.damage import CLEAN, Damage, move, scan, some_damage
from samples.truth import Box


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, -2.5, 3.0])
def test_a_square_is_found_where_the_map_says(rotation: int, skew: float) -> None:
    page = Image.new("RGB", (600, 840), "white")
    square = Box(100, 200, 160, 240)
    ImageDraw.Draw(page).rectangle((100, 200, 159, 239), fill="black")
    damage = Damage(rotation=rotation, skew=skew, shift=(3.0, -2.0))
    scanned = scan(page, 100, damage, Random(1))
    dark = np.argwhere(np.asarray(scanned.convert("L")) < 128)
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
    told = move(page.size, 100, damage).box(square)
    assert told is not None
    assert scanned.size == ((600, 840) if rotation in (0, 180) else (840, 600))
    assert np.abs(np.array([left, top, right, bottom]) - told.as_list()).max() <= 3


def test_what_is_mostly_off_the_page_is_gone() -> None:
    away = move((600, 840), 100, Damage(shift=(20.0, 0.0)))
    assert away.box(Box(540, 100, 560, 110)) is None
    assert away.box(Box(300, 100, 320, 110)) is not None


def test_a_clean_scan_is_the_page_itself() -> None:
    page = Image.new("RGB", (60, 80), "white")
    assert scan(page, 100, CLEAN, Random(1)) is page


def test_severity_zero_neither_turns_nor_cuts() -> None:
    for seed in range(30):
        damage = some_damage(Random(seed), 0.0)
        assert damage.rotation == 0
        assert damage.names() == ()


def test_the_usual_mix_holds_every_mode_and_many_damages() -> None:
    mix = [some_damage(Random(seed)) for seed in range(600)]
    assert {one.mode for one in mix} == {"color", "gray", "1bit"}
    names = {name for one in mix for name in one.names()}
    assert {"upside_down", "sideways", "skewed", "cut_off", "faded", "bleed_through", "dark_border"} <= names


def test_a_one_bit_scan_is_black_and_white() -> None:
    page = Image.effect_noise((200, 200), 90).convert("RGB")
    assert scan(page, 100, Damage(mode="1bit", noise=8.0), Random(2)).mode == "1"
