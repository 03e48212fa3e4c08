"""Every word on the screens exists in both languages, and every code that a person can meet has words."""

import re
from importlib import import_module
from pathlib import Path

import pytest

import web
from records.errors import all_errors
from records.page import QualityFlag
from records.record import FieldName
from records.review import ReviewReason
from records.states import BatchState, FileState, PageState, RecordState
from web.screen import all_screens
from web.texts import LANGUAGES, texts

GROUPS = sorted(path.stem for path in (Path(web.__file__).parent / "texts").glob("[a-z]*.py"))


@pytest.mark.parametrize("group", GROUPS)
def test_both_languages_say_the_same_with_the_same_blanks(group: str) -> None:
    found: dict[str, tuple[str, str]] = import_module(f"web.texts.{group}").TEXTS
    for key, (vietnamese, english) in found.items():
        assert vietnamese.strip() and english.strip(), key
        assert set(re.findall(r"\{\w+\}", vietnamese)) == set(re.findall(r"\{\w+\}", english)), key


def test_no_screen_changes_a_word_of_the_frame_or_of_a_shared_group() -> None:
    for screen in all_screens():
        taken: dict[str, str] = {}
        for group in ("common", "errors", *screen.texts, screen.name):
            for key in texts("vi", group):
                assert key not in taken, f"{key} of {group} is also in {taken.get(key)}"
                taken[key] = group


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_a_person_can_meet_has_words(language: str) -> None:
    words = texts(language, "errors", "fields", "reasons", "states")
    wanted = [f"error_{error.code}" for error in all_errors()]
    wanted += [f"field_{name}" for name in FieldName]
    wanted += [f"reason_{reason}" for reason in ReviewReason]
    wanted += [f"quality_{flag}" for flag in QualityFlag]
    for name, states in (
        ("batch", BatchState),
        ("file", FileState),
        ("page", PageState),
        ("record", RecordState),
    ):
        wanted += [f"{name}_{state}" for state in states]
    assert [key for key in wanted if key not in words] == []


def test_every_screen_has_a_title_and_its_files() -> None:
    folder = Path(web.__file__).parent
    for screen in all_screens():
        assert texts("vi", screen.name)["title"]
        assert (folder / "templates" / f"{screen.name}.html").is_file(), screen.name


def test_every_word_that_a_module_uses_is_a_text() -> None:
    folder = Path(web.__file__).parent / "static"
    known = {key for group in GROUPS for key in texts("vi", group)}
    for module in folder.glob("*.js"):
        used = set(re.findall(r"\bt\.(\w+)", module.read_text("utf-8")))
        assert used <= known, module.name
