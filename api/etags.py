"""Versions of a record as ETags, so that nobody overwrites what somebody else has changed (RFC 9110, 13.1.1)."""

from __future__ import annotations

import re

from records.errors import StaleVersion, VersionRequired

_ENTRY = re.compile(r'^"(\d{1,9})"$')


def etag(version: int) -> str:
    """
    >>> etag(3)
    '"3"'
    """
    return f'"{version}"'


def check_version(untrusted_if_match: str | None, version: int) -> None:
    """Let a change pass only if it is based on this version.

    Raises VersionRequired without a usable If-Match (a `*` would overwrite blindly), StaleVersion otherwise.
    """
    named = _named(untrusted_if_match)
    if not named:
        raise VersionRequired()
    if version not in named:
        raise StaleVersion(current_version=version)


def is_based_on(untrusted_if_match: str | None, version: int) -> bool:
    """
    >>> is_based_on('"2", "3"', 3)
    True
    """
    return version in _named(untrusted_if_match)


def _named(untrusted_if_match: str | None) -> set[int]:
    entries = [part.strip() for part in (untrusted_if_match or "").split(",")]
    return {int(found[1]) for entry in entries if (found := _ENTRY.match(entry))}


def not_modified(untrusted_if_none_match: str | None, tag: str) -> bool:
    """Whether the client holds this representation already (weak comparison, RFC 9110, 13.1.2)."""
    entries = [part.strip().removeprefix("W/") for part in (untrusted_if_none_match or "").split(",")]
    return tag in entries or "*" in entries
