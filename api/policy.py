"""The acceptance policy: what counts, what counted before, fitted anew, changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter

from api.auth import Administrator, Auditor
from api.paging import After, Limit
from api.problems import problems
from api.schemas.policy import PolicyChange, PolicyFit, PolicyList, PolicyView
from api.state import State
from records.errors import InvalidValue, StaleVersion
from workers import policy_fit

router = APIRouter(tags=["Policy"])


@router.get("/api/policy", operation_id="get_policy", summary="The acceptance policy")
def get_policy(state: State, caller: Auditor) -> PolicyView:
    """The policy that counts now. Version 0 accepts nothing: there is no evidence yet."""
    with state.services.database.snapshot() as tx:
        return PolicyView.of(tx.policies.current())


@router.get("/api/policy/history", operation_id="list_policies", summary="All policies")
def list_policies(state: State, caller: Auditor, after: After = None, limit: Limit = 50) -> PolicyList:
    """Every version, newest first. Records name the version by which a value was accepted."""
    with state.services.database.snapshot() as tx:
        found = tx.policies.list(after=after, limit=limit)
    return PolicyList(items=[PolicyView.of(policy) for policy in found.items], next=found.next)


@router.post(
    "/api/policy/fit", operation_id="fit_policy", summary="Fit the policy", responses=problems(StaleVersion)
)
def fit_policy(body: PolicyFit, state: State, caller: Administrator) -> PolicyView:
    """Fit every threshold anew from the office's own confirmations. What was stopped may be accepted again if all
    the evidence, the wrong values among it, allows it."""
    since = timedelta(days=body.since_days)
    with state.services.database.transaction() as tx:
        fitted = policy_fit.fit(tx, actor=caller.actor, now=datetime.now(UTC), since=since)
    return PolicyView.of(fitted)


@router.patch(
    "/api/policy",
    operation_id="change_policy",
    summary="Change the policy",
    responses=problems(InvalidValue, StaleVersion),
)
def change_policy(body: PolicyChange, state: State, caller: Administrator) -> PolicyView:
    """Set the promise, how far acceptance goes, what is always looked at, and what a second person checks.

    `off` stops all acceptance. The new version counts from now on; what earlier ones accepted stays as it is."""
    with state.services.database.transaction() as tx:
        changed = policy_fit.change(tx, actor=caller.actor, now=datetime.now(UTC), **body.model_dump())
    return PolicyView.of(changed)
