"""Finding a dossier by what is at hand: characters of its code, a name, a procedure, without tone marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from records.dossier import Dossier
from records.ids import ProcedureCode
from records.staff import Scope
from records.vietnamese import folded
from storage.database import Transaction

LOOKED_THROUGH = 3000  # dossiers received last: what lies on a desk has come in lately


def find_dossiers(
    tx: Transaction, untrusted: str, scope: Scope, limit: int, names: Mapping[ProcedureCode, str]
) -> list[Dossier]:
    """Dossiers whose code holds what was typed, then those whose owner or procedure has all its words; newest first."""
    typed = folded(untrusted)
    if not typed:
        return []
    coded = tx.dossiers.newest(scope, limit, code_has=typed.upper()) if " " not in typed else ()
    found = {one.code: one for one in coded}
    for one in _by_words(tx, typed.split(), scope, names):
        if len(found) >= limit:
            break
        found.setdefault(one.code, one)
    return list(found.values())


def _by_words(
    tx: Transaction, words: list[str], scope: Scope, names: Mapping[ProcedureCode, str]
) -> Iterator[Dossier]:
    for one in tx.dossiers.newest(scope, LOOKED_THROUGH):
        said = f" {folded(one.owner or '')} {folded(names.get(one.procedure, ''))}"
        if all(f" {word}" in said for word in words):
            yield one
