"""Every word on the screens, in Vietnamese and in English: one module a screen, and groups that screens share."""

from __future__ import annotations

from importlib import import_module

LANGUAGES = ("vi", "en")


def texts(language: str, *groups: str) -> dict[str, str]:
    """The words of these groups in one language; of two with the same key, the later group's.

    >>> texts("en", "common")["sign_out"]
    'Sign out'
    """
    index = LANGUAGES.index(language)
    found: dict[str, tuple[str, str]] = {}
    for group in groups:
        found |= import_module(f"web.texts.{group}").TEXTS
    return {key: words[index] for key, words in found.items()}
