"""Whether a column holds one of many texts, as a single parameter: a thousand would cost more than what they find."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Dialect, String, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Texts(TypeDecorator[list[str]]):
    """A list of texts: an array on PostgreSQL, JSON on SQLite."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(String()) if dialect.name == "postgresql" else String())

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:
        return _array if dialect.name == "postgresql" else json.dumps


def _array(texts: list[str]) -> str:
    """An array as PostgreSQL reads it. The driver would take longer to write each text than it takes to find its row.

    >>> print(_array(['H58-1', 'say "a\\\\b"']))
    {"H58-1","say \\"a\\\\b\\""}
    """
    joined = "\n".join(texts)
    if '"' in joined or "\\" in joined:
        texts = [text.replace("\\", "\\\\").replace('"', '\\"') for text in texts]
    return '{"' + '","'.join(texts) + '"}' if texts else "{}"


class among(FunctionElement[bool]):  # noqa: N801  (a condition of SQL)
    """among(column, texts) → whether the column holds one of them."""

    inherit_cache = True
    type = Boolean()

    def __init__(self, column: ColumnElement[Any], texts: Iterable[str]) -> None:
        super().__init__(column, bindparam(None, list(texts), _Texts(), unique=True))

    def self_group(self, against: OperatorType | None = None) -> Any:
        """As it is: SQLAlchemy would make `… = 1` of it for SQLite, and no index would serve."""
        return self


@compiles(among, "postgresql")
def _in_array(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY ({texts})"


@compiles(among, "sqlite")
def _in_json(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({texts}))"  # noqa: S608  (both are parts of the statement)
