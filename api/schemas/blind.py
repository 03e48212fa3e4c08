"""Blind checks: what a verifier gets holds no value that was read or confirmed."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.common import Code, Incoming, Outgoing, Text
from api.schemas.record import LONGEST_VALUE, MOST_FIELDS
from records.blind_check import Estimate, EstimateBy


class BlindWish(Incoming):
    unit: Code | None = Field(None, description="Only what this site scanned.")


class BlindWaiting(Outgoing):
    """Papers that wait for you, and not for whoever confirmed or checked them."""

    blind: int = Field(description="With values to be read again.")
    disputes: int = Field(description="With values that two readings left open.")


_RECEIPT = "Pages of the cover sheet that lay before the paper, where its dossier is asked for."


class BlindTask(Outgoing):
    """A paper of which some values are to be read again; null record: there is none for you."""

    record: str | None
    pages: list[str] = Field(description="Ids, in order.")
    receipt: list[str] = Field(description=_RECEIPT)
    document_type: str | None = Field(description="Null when the type itself is asked for.")
    fields: list[str] = Field(
        description="What is to be read: names of fields, `document_type` or `dossier`.",
        examples=[["number_symbol", "dossier"]],
    )
    until: datetime | None = Field(
        description="The paper is leased to you until then; renew it as any other."
    )


class Dispute(Outgoing):
    """Two people, or a person and the machine, read this differently."""

    field: str
    candidates: list[str] = Field(description="What was read, sorted: nothing tells who read which.")


class DisputeTask(Outgoing):
    """A paper with disputed values, for a third person; null record: there is none for you."""

    record: str | None
    pages: list[str]
    receipt: list[str] = Field(description=_RECEIPT)
    document_type: str | None
    disputes: list[Dispute]
    until: datetime | None


class BlindValues(Incoming):
    fields: dict[Code, Text | None] = Field(
        min_length=1,
        max_length=MOST_FIELDS,
        description=f"Every field that is asked for → what stands on the paper (at most {LONGEST_VALUE} characters); "
        "null: nothing does.",
        examples=[{"number_symbol": "12/QĐ-UBND"}],
    )


class Decided(Outgoing):
    version: int = Field(description="Of the record now.")
    corrected: list[str] = Field(
        description="Fields whose confirmed value was wrong; the paper is filed anew."
    )


class EstimateView(Outgoing):
    """How often values that were accepted without a look are wrong, by what blind checks found."""

    key: str
    checked: int
    wrong: int
    open: int = Field(description="Drawn and not settled yet.")
    rate: float | None = Field(description="wrong ÷ checked; null: nothing is checked yet.")
    over: float = Field(description="The rate lies over this, with 95 % certainty.")
    under: float = Field(description="The rate lies under this, with 95 % certainty.")

    @classmethod
    def of(cls, found: Estimate) -> EstimateView:
        over, under = found.interval
        rate = found.wrong / found.checked if found.checked else None
        return cls(
            key=found.key,
            checked=found.checked,
            wrong=found.wrong,
            open=found.open,
            rate=rate,
            over=over,
            under=under,
        )


class Estimates(Outgoing):
    by: EstimateBy
    items: list[EstimateView]
