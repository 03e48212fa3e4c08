"""The acceptance policy fitted from what confirmations have taught, and changed by an administrator."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from records.acceptance import EVERY_FIELD, AcceptanceMode, EvidenceSource, Policy, Threshold
from records.acceptance_fit import (
    DAYS_LATELY,
    Tally,
    decided_groups,
    fitted,
    kept_lately,
    step_of,
    with_prior,
)
from records.errors import InvalidImport, InvalidValue, StaleVersion
from storage.database import Transaction
from workers.known_fields import known_fields

COLUMNS = ("document_type", "field", "confidence", "right")  # of a file of a prior's observations


def fit(
    tx: Transaction,
    *,
    actor: str,
    now: datetime,
    since: timedelta,
    prior: Iterable[Tally] | None = None,
) -> Policy:
    """A new policy from the evidence of the last while; the bound and the rest stay as they are.

    `prior` is evidence from elsewhere: its thresholds count where the office's own evidence has not decided, marked
    as what they are. Without it, thresholds of an earlier prior stay until own evidence decides. Raises StaleVersion.
    """
    current = tx.policies.current()
    tallies = tx.evidence.tallies(now - since, now)
    lately = tx.evidence.tallies(now - timedelta(days=DAYS_LATELY), now)
    own = kept_lately(fitted(tallies, current.bound, current.certainty), lately, current.bound)
    decided = decided_groups(tallies, current.bound, current.certainty)
    elsewhere = _earlier_prior(current) if prior is None else _prior(prior, current)
    thresholds = with_prior(own, elsewhere, decided)
    details: dict[str, object] = {"thresholds": len(thresholds), "own": len(own)}
    return _add(tx, replace(current, thresholds=thresholds), actor, "fitted", now, details)


def _prior(tallies: Iterable[Tally], current: Policy) -> tuple[Threshold, ...]:
    return fitted(tallies, current.bound, current.certainty, EvidenceSource.PRIOR)


def _earlier_prior(current: Policy) -> tuple[Threshold, ...]:
    return tuple(one for one in current.thresholds if one.source is EvidenceSource.PRIOR)


def change(
    tx: Transaction,
    *,
    actor: str,
    now: datetime,
    bound: float | None = None,
    certainty: float | None = None,
    mode: AcceptanceMode | None = None,
    second: Mapping[str, float] | None = None,
    always: Iterable[str] | None = None,
    based_on: int | None = None,
) -> Policy:
    """A new policy with other rules. A stricter promise than the one that thresholds were fitted for ends them.

    `based_on` is the version that its author has seen. Raises InvalidValue, or StaleVersion when somebody else has
    changed the policy since, or does so at the same time.
    """
    current = tx.policies.current()
    if based_on is not None and based_on != current.version:
        raise StaleVersion(current_version=current.version)
    changed = replace(
        current,
        bound=current.bound if bound is None else bound,
        certainty=current.certainty if certainty is None else certainty,
        mode=mode or current.mode,
        second=current.second if second is None else dict(second),
        always=current.always if always is None else tuple(sorted(set(always))),
    )
    _check(changed)
    held = tuple(one for one in changed.thresholds if one.stopped or one.limit <= changed.bound)
    if changed.certainty > current.certainty:
        held = ()
    details: dict[str, object] = {
        "bound": changed.bound,
        "certainty": changed.certainty,
        "mode": changed.mode.value,
        "second": dict(changed.second or {}),
        "always": list(changed.always),
    }
    return _add(tx, replace(changed, thresholds=held), actor, "changed", now, details)


def _check(policy: Policy) -> None:
    if not 0.0001 <= policy.bound <= 0.2:
        raise InvalidValue("a bound is a rate from 0.0001 to 0.2", field="bound")
    if not 0.5 <= policy.certainty < 1:
        raise InvalidValue("a certainty is from 0.5 to under 1", field="certainty")
    if any(not 0 <= share <= 1 for share in (policy.second or {}).values()):
        raise InvalidValue("a share is from 0 to 1", field="second")
    for part, names in (("second", set(policy.second or {}) - {EVERY_FIELD}), ("always", set(policy.always))):
        unknown = sorted(names - known_fields())
        if unknown:
            raise InvalidValue(f"no paper has a value of the name {unknown[0]}", field=part)


def _add(
    tx: Transaction, policy: Policy, actor: str, reason: str, now: datetime, details: dict[str, object]
) -> Policy:
    added = replace(policy, version=policy.version + 1, at=now, actor=actor, reason=reason)
    tx.policies.add(added)
    tx.audit.append(actor, f"policy.{reason}", "policy", {"version": added.version, **details}, now)
    return added


def read_observations(untrusted_csv: str) -> tuple[Tally, ...]:
    """A prior's observations: CSV with the columns of COLUMNS, one value a row, `right` 0 or 1.

    Raises InvalidImport.
    """
    rows = csv.DictReader(io.StringIO(untrusted_csv))
    if not set(COLUMNS) <= set(rows.fieldnames or ()):
        raise InvalidImport(f"the columns are {', '.join(COLUMNS)}")
    checked: Counter[tuple[str, str, int]] = Counter()
    wrong: Counter[tuple[str, str, int]] = Counter()
    for number, row in enumerate(rows, start=2):
        try:
            step = step_of(float(row["confidence"]))
            right = {"0": False, "1": True}[row["right"].strip()]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise InvalidImport(
                "a row has no confidence, or is neither right (1) nor wrong (0)", row=number
            ) from None
        if step is not None:
            key = (row["field"] or "", row["document_type"] or "", step)
            checked[key] += 1
            wrong[key] += not right
    return tuple(Tally(*key, checked=count, wrong=wrong[key]) for key, count in checked.items())
