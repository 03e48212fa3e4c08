"""The day, week and month of a moment in Viet Nam's time, on both databases; moments are kept in UTC."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class month_of(GenericFunction[str]):  # noqa: N801  (a function of SQL)
    """month_of(moment) → '2022-03'."""

    type = String()
    inherit_cache = True


class local_day(GenericFunction[date]):  # noqa: N801
    """local_day(moment) → the date."""

    type = Date()
    inherit_cache = True


class month_start(GenericFunction[date]):  # noqa: N801
    """month_start(day) → the first day of its month."""

    type = Date()
    inherit_cache = True


class year_start(GenericFunction[date]):  # noqa: N801
    """year_start(day) → the first day of its year."""

    type = Date()
    inherit_cache = True


class fourth_start(GenericFunction[date]):  # noqa: N801
    """fourth_start(day) → the first day of its fourth of the month: the 1st, 8th, 15th or 22nd."""

    type = Date()
    inherit_cache = True


class week_start(GenericFunction[date]):  # noqa: N801
    """week_start(day) → the Monday of its week."""

    type = Date()
    inherit_cache = True


def _argument(element: GenericFunction[Any], compiler: SQLCompiler, options: Any) -> str:
    columns: list[ColumnElement[Any]] = list(element.clauses)
    return compiler.process(columns[0], **options)


@compiles(month_of, "sqlite")
def _sqlite_month_of(element: month_of, compiler: SQLCompiler, **options: Any) -> str:
    return f"strftime('%Y-%m', {_argument(element, compiler, options)}, '+7 hours')"


@compiles(month_of, "postgresql")
def _postgresql_month_of(element: month_of, compiler: SQLCompiler, **options: Any) -> str:
    moment = _argument(element, compiler, options)
    return f"to_char({moment} AT TIME ZONE 'UTC' + interval '7 hours', 'YYYY-MM')"


@compiles(local_day, "sqlite")
def _sqlite_day_of(element: local_day, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({_argument(element, compiler, options)}, '+7 hours')"


@compiles(local_day, "postgresql")
def _postgresql_day_of(element: local_day, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST({_argument(element, compiler, options)} AT TIME ZONE 'UTC' + interval '7 hours' AS date)"


@compiles(month_start, "sqlite")
def _sqlite_month_start(element: month_start, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({_argument(element, compiler, options)}, 'start of month')"


@compiles(month_start, "postgresql")
def _postgresql_month_start(element: month_start, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(date_trunc('month', {_argument(element, compiler, options)}) AS date)"


@compiles(year_start, "sqlite")
def _sqlite_year_start(element: year_start, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({_argument(element, compiler, options)}, 'start of year')"


@compiles(year_start, "postgresql")
def _postgresql_year_start(element: year_start, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(date_trunc('year', {_argument(element, compiler, options)}) AS date)"


@compiles(fourth_start, "sqlite")
def _sqlite_fourth_start(element: fourth_start, compiler: SQLCompiler, **options: Any) -> str:
    day = _argument(element, compiler, options)
    return f"date({day}, 'start of month', (7 * min((strftime('%d', {day}) - 1) / 7, 3)) || ' days')"


@compiles(fourth_start, "postgresql")
def _postgresql_fourth_start(element: fourth_start, compiler: SQLCompiler, **options: Any) -> str:
    day = _argument(element, compiler, options)
    number = f"least((CAST(date_part('day', {day}) AS integer) - 1) / 7, 3)"
    return f"(CAST(date_trunc('month', {day}) AS date) + 7 * {number})"


@compiles(week_start, "sqlite")
def _sqlite_week_start(element: week_start, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({_argument(element, compiler, options)}, '-6 days', 'weekday 1')"


@compiles(week_start, "postgresql")
def _postgresql_week_start(element: week_start, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(date_trunc('week', {_argument(element, compiler, options)}) AS date)"
