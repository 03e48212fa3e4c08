"""Parameters of long lists: where to go on, and how many at a time."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query

from api.schemas.common import Code

After = Annotated[
    str | None,
    Query(max_length=500, description="The `next` of the part before. Rows added meanwhile shift nothing."),
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
UnitFilter = Annotated[Code | None, Query(description="Only this org unit.")]

BatchKey = Annotated[UUID, Path(description="Id of the batch.")]
FileNumber = Annotated[int, Path(ge=1, le=100_000, description="The file's number in the declaration.")]
RecordKey = Annotated[UUID, Path(description="Id of the record.")]
PageKey = Annotated[UUID, Path(description="Id of the page.")]
FileKey = Annotated[UUID, Path(description="Id of the file.")]
