"""Frozen dataclasses of records/ as JSON and back, without loss: for JSON columns and for history snapshots.

Driven by the type hints, so that a new field of a dataclass needs nothing here. A key that is absent takes the
field's default and a key that is unknown is passed over, so that old snapshots stay readable.
"""

from __future__ import annotations

import dataclasses
import types
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, NewType, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

T = TypeVar("T")


def encode(value: object) -> Json:
    """A dataclass, tuple, dict, enum, time or plain value as JSON; raises TypeError for anything else.

    >>> from records.fixity import Fixity, Sha256
    >>> encode((Fixity(Sha256("ab"), 2),))
    [{'sha256': 'ab', 'size': 2}]
    """
    if isinstance(value, Enum):
        return encode(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {str(encode(key)): encode(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no JSON form here")


def decode(cls: type[T], data: object) -> T:
    """The value of this type whose JSON form is `data`.

    >>> from records.page import Box
    >>> decode(Box, encode(Box(1, 2, 3, 4)))
    Box(x0=1, y0=2, x1=3, y1=4)
    """
    return cast(T, _decoded(cls, data))


def decode_all(cls: type[T], data: object) -> tuple[T, ...]:
    """A list of JSON forms as a tuple of this type."""
    return tuple(decode(cls, item) for item in cast("list[object]", data))


def _decoded(kind: Any, data: Any) -> Any:
    if isinstance(kind, NewType):
        return _decoded(kind.__supertype__, data)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = next(arg for arg in get_args(kind) if arg is not type(None))
        return None if data is None else _decoded(inner, data)
    if origin is tuple:
        return _decoded_tuple(get_args(kind), data)
    if origin is dict:
        key, item = get_args(kind)
        return {_decoded(key, k): _decoded(item, v) for k, v in data.items()}
    return _decoded_plain(kind, data)


def _decoded_tuple(parts: tuple[Any, ...], data: list[Any]) -> tuple[Any, ...]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        return tuple(_decoded(parts[0], item) for item in data)
    return tuple(_decoded(part, item) for part, item in zip(parts, data, strict=True))


def _decoded_plain(kind: Any, data: Any) -> Any:
    if dataclasses.is_dataclass(kind):
        hints = _hints(cast(type, kind))
        names = [field.name for field in dataclasses.fields(kind) if field.init and field.name in data]
        return cast(Any, kind)(**{name: _decoded(hints[name], data[name]) for name in names})
    if issubclass(kind, date):
        return kind.fromisoformat(data)
    if issubclass(kind, Enum):
        return kind(data)
    return float(data) if kind is float else data


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)
