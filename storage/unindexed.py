"""A column that must not be looked up by an index, where the planner would start from the wrong end.

SQLite knows no statistics of a table that changes all day, and takes any index that fits. Where a query is to begin
with the few rows of another condition, the others are written so that no index fits them. PostgreSQL needs no help.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType


class unindexed(FunctionElement[Any]):  # noqa: N801  (a function of SQL)
    """unindexed(column) → its value."""

    inherit_cache = True

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(unindexed)
def _as_it_is(element: unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(next(iter(element.clauses)), **options)


@compiles(unindexed, "sqlite")
def _with_a_sign(element: unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(next(iter(element.clauses)), **options)}"


class still_open(FunctionElement[bool]):  # noqa: N801  (a condition of SQL)
    """still_open(valid_to) → whether it is empty, of rows that something else leads to.

    Before PostgreSQL has statistics it takes empty for rare, and would collect every open row of the table.
    """

    inherit_cache = True
    type = Boolean()

    def self_group(self, against: OperatorType | None = None) -> Any:
        """As it is: SQLAlchemy would make `… = 1` of it for SQLite."""
        return self


@compiles(still_open)
def _is_empty(element: still_open, compiler: SQLCompiler, **options: Any) -> str:
    return f"({compiler.process(next(iter(element.clauses)), **options)} IS NULL) IS TRUE"


@compiles(still_open, "sqlite")
def _is_empty_with_a_sign(element: still_open, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(next(iter(element.clauses)), **options)} IS NULL"
