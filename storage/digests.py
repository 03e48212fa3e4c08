"""Digests made inside the database, the same on SQLite and on PostgreSQL, so that no row has to leave it for one.

Digests of rows are added up as numbers: a sum over any rows needs neither their order nor the rows before them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

LIMBS = 4  # numbers of 32 bits, the first half of a SHA-256
_DIGITS = 8  # of a limb


class digest_of(GenericFunction[str]):  # noqa: N801  (a function of SQL)
    """digest_of(text) → the first half of its SHA-256 in hexadecimal digits."""

    type = String()
    inherit_cache = True


class digest_of_all(GenericFunction[str]):  # noqa: N801
    """digest_of_all(text), an aggregate → the digest of the texts in their order by bytes."""

    type = String()
    inherit_cache = True


class limb_of(GenericFunction[int]):  # noqa: N801
    """limb_of(digest, first digit from 1) → the number that begins there."""

    type = BigInteger()
    inherit_cache = True


def limbs_of(digest: ColumnElement[str]) -> list[ColumnElement[int]]:
    """The numbers that make up a digest."""
    firsts = (literal(1 + place * _DIGITS, literal_execute=True) for place in range(LIMBS))
    return [limb_of(digest, first) for first in firsts]


@compiles(digest_of, "postgresql")
def _digest_of(element: digest_of, compiler: SQLCompiler, **options: Any) -> str:
    return _hex(_parts(element, compiler, options)[0])


@compiles(digest_of_all, "postgresql")
def _digest_of_all(element: digest_of_all, compiler: SQLCompiler, **options: Any) -> str:
    text = _parts(element, compiler, options)[0]
    return _hex(f"string_agg({text}, E'\\n' ORDER BY ({text}) COLLATE \"C\")")


@compiles(limb_of, "postgresql")
def _limb_of(element: limb_of, compiler: SQLCompiler, **options: Any) -> str:
    digest, first = _parts(element, compiler, options)
    return f"CAST(CAST('x' || substr({digest}, {first}, {_DIGITS}) AS bit(32)) AS bigint)"


def _hex(text: str) -> str:
    return f"left(encode(sha256(convert_to({text}, 'UTF8')), 'hex'), {LIMBS * _DIGITS})"


def _parts(element: GenericFunction[Any], compiler: SQLCompiler, options: Any) -> list[str]:
    return [compiler.process(part, **options) for part in element.clauses]


# --- the same for SQLite ---


class _All:
    def __init__(self) -> None:
        self._texts: list[str] = []

    def step(self, text: str) -> None:
        self._texts.append(text)

    def finalize(self) -> str | None:
        return _half("\n".join(sorted(self._texts, key=str.encode))) if self._texts else None


def teach(connection: sqlite3.Connection) -> None:
    """Make the functions known to a connection."""
    connection.create_function("digest_of", 1, _half, deterministic=True)
    connection.create_function("limb_of", 2, _limb, deterministic=True)
    connection.create_aggregate("digest_of_all", 1, _All)  # type: ignore[arg-type]


def _half(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[: LIMBS * _DIGITS]


def _limb(digest: str, first: int) -> int:
    return int(digest[first - 1 : first - 1 + _DIGITS], 16)
