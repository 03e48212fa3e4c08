"""The day of a moment in Viet Nam's time, as 2022-03-04, on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class day_of(GenericFunction[str]):  # noqa: N801  (a function of SQL)
    """day_of(moment) → '2022-03-04'; moments are kept in UTC, Viet Nam is seven hours ahead."""

    type = String()
    inherit_cache = True


def _moment(element: GenericFunction[str], compiler: SQLCompiler, options: Any) -> str:
    columns: list[ColumnElement[Any]] = list(element.clauses)
    return compiler.process(columns[0], **options)


@compiles(day_of, "sqlite")
def _day_sqlite(element: day_of, compiler: SQLCompiler, **options: Any) -> str:
    return f"strftime('%Y-%m-%d', {_moment(element, compiler, options)}, '+7 hours')"


@compiles(day_of, "postgresql")
def _day_postgresql(element: day_of, compiler: SQLCompiler, **options: Any) -> str:
    moment = _moment(element, compiler, options)
    return f"to_char({moment} AT TIME ZONE 'UTC' + interval '7 hours', 'YYYY-MM-DD')"
