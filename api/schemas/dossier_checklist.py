"""A dossier as a checklist, and what happened to it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.common import Outgoing
from api.schemas.component import ComponentView
from records.checklist import CheckedComponent, Standing
from records.dossier import ResultState


class CheckedView(ComponentView):
    """A component and where it stands."""

    standing: Standing
    record: str | None = Field(description="The paper that is filed as it, or used again as it.")

    @classmethod
    def of_checked(cls, checked: CheckedComponent) -> CheckedView:
        said = ComponentView.of(checked.component).model_dump()
        return cls(**said, standing=checked.standing, record=checked.record)


class Checklist(Outgoing):
    result: ResultState
    results: list[str] = Field(description="The papers that are filed as its result.")
    components: list[CheckedView]
    unnamed: list[str] = Field(description="Papers that are filed as a component, without saying as which.")


class DossierEvent(Outgoing):
    """One thing that happened; who did it, never what a paper says."""

    at: datetime
    actor: str = Field(description="Account name, station id, pipeline, or the source of case data.")
    action: str = Field(
        description="As in the audit trail; `dossier.told`: the case system said something new.",
        examples=["record.confirmed"],
    )
    record: str | None = Field(description="The paper that it is about, if it is about one.")
    component: str | None
    reason: str | None = Field(description="Of an exemption.")
    site: str | None = Field(description="Of an assignment.")


class DossierEvents(Outgoing):
    """Newest first; the last 200 of the audit trail, and everything that the case system said."""

    items: list[DossierEvent]
