"""The month of a moment in Viet Nam's time, as 2022-03, on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class month_of(GenericFunction[str]):  # noqa: N801  (a function of SQL)
    """month_of(moment) → '2022-03'; moments are kept in UTC, Viet Nam is seven hours ahead."""

    type = String()
    inherit_cache = True


def _moment(element: month_of, compiler: SQLCompiler, options: Any) -> str:
    columns: list[ColumnElement[Any]] = list(element.clauses)
    return compiler.process(columns[0], **options)


@compiles(month_of, "sqlite")
def _sqlite(element: month_of, compiler: SQLCompiler, **options: Any) -> str:
    return f"strftime('%Y-%m', {_moment(element, compiler, options)}, '+7 hours')"


@compiles(month_of, "postgresql")
def _postgresql(element: month_of, compiler: SQLCompiler, **options: Any) -> str:
    return (
        f"to_char({_moment(element, compiler, options)} AT TIME ZONE 'UTC' + interval '7 hours', 'YYYY-MM')"
    )
