"""Training the model of types: from made-up papers and from what clerks confirmed; used only when it is better.

What clerks confirmed is parted by the record's id: one in five is never learned from, and is what a new model and
the one in use are compared on, whichever month they were trained in. Nothing of a paper but its features is kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from classify.blocks import read_head
from classify.layout import laid_out
from classify.type_features import type_features
from classify.type_model import TypeModel
from classify.type_training import Example, Score, fit, is_better, score
from config.wiring import Services, type_model_in_use
from ocr.alto import from_alto
from records.errors import ObjectMissing
from records.fixity import Fixity
from records.ids import DocumentTypeCode, RecordId
from records.model import BUILT_IN, ModelVersion
from records.page import Page
from records.record import Record
from records.staff import WHOLE_OFFICE
from records.states import RecordState
from storage.models import before

JSON = "application/json"
HELD_OUT = 5  # one confirmation in so many is held out
ENOUGH = 30  # held-out confirmations from which on they alone decide; below it, made-up papers count too
WEIGHT = 4.0  # of a confirmation beside a made-up paper
CHUNK = 200


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of a training: the new version, both scores on the same held-out papers, and what was decided."""

    version: ModelVersion
    candidate: Score
    current: Score
    promoted: bool


def train(services: Services, samples: Iterable[Example], held_out: Iterable[Example], actor: str) -> Trained:
    """Fit a model, keep it as a version, and bring it into use if it is better than the one in use."""
    made_up = list(samples)
    confirmed = list(confirmed_examples(services))
    learned = [one for one, held in confirmed if not held]
    graded = [one for one, held in confirmed if held]
    if len(graded) < ENOUGH:
        graded += list(held_out)
    in_use = type_model_in_use(services)
    candidate = fit([*made_up, *learned], "candidate")
    theirs, ours = score(candidate, graded), score(in_use, graded)
    promoted = is_better(theirs, ours)
    version = _kept(services, candidate, len(made_up), len(learned), theirs, ours, actor, promoted)
    return Trained(version, theirs, ours, promoted)


def rolled_back(services: Services, actor: str) -> int:
    """Bring the model before the one in use back; the version that is used now (0: the built-in one)."""
    with services.database.transaction() as tx:
        if tx.models.active() is None:
            return BUILT_IN
        version = before(tx.models.activations())
        tx.models.activate(version, at=_now(), actor=actor, reason="rolled_back")
        tx.audit.append(actor, "model.rolled_back", str(version), {}, _now())
    return version


def confirmed_examples(services: Services) -> Iterator[tuple[Example, bool]]:
    """What clerks confirmed, as examples, and whether each is held out."""
    for record, pages in _confirmed(services):
        text = next((page.text for page in pages if page.text is not None), None)
        if record.confirmation is None or text is None:
            continue
        try:
            head = read_head(laid_out(from_alto(services.objects.get(text.sha256)), 1))
        except ObjectMissing:
            continue  # `sohoa audit objects` names it
        features = type_features(head, len(pages))
        code = DocumentTypeCode(record.confirmation.document_type)
        yield Example(features, code, WEIGHT), is_held_out(record.id)


def is_held_out(record: RecordId) -> bool:
    """Whether a record is for comparing models and never for training one; the same for ever."""
    return zlib.crc32(record.encode()) % HELD_OUT == 0


def _confirmed(services: Services) -> Iterator[tuple[Record, tuple[Page, ...]]]:
    after = None
    states = (RecordState.CONFIRMED, RecordState.FILED)
    while True:
        with services.database.snapshot() as tx:
            found = tx.records.list(WHOLE_OFFICE, state=states, after=after, limit=CHUNK)
            read = [(record, tuple(tx.pages.of_record(record.id))) for record in found.items]
        yield from read
        after = found.next
        if after is None:
            return


def _kept(
    services: Services,
    model: TypeModel,
    samples: int,
    confirmations: int,
    candidate: Score,
    current: Score,
    actor: str,
    promoted: bool,
) -> ModelVersion:
    data = model.to_json()
    fixity = Fixity.of(data)
    services.objects.put(data, fixity, JSON)
    metrics = candidate.as_dict() | {f"in_use_{name}": value for name, value in current.as_dict().items()}
    with services.database.transaction() as tx:
        version = tx.models.add(
            fixity, at=_now(), by=actor, samples=samples, confirmations=confirmations, metrics=metrics
        )
        if promoted:
            tx.models.activate(version.version, at=_now(), actor=actor, reason="promoted")
        action = "model.promoted" if promoted else "model.kept"
        tx.audit.append(actor, action, str(version.version), {"sha256": fixity.sha256}, _now())
    return version


def in_use(services: Services) -> int:
    """The version that is in use now."""
    with services.database.snapshot() as tx:
        active = tx.models.active()
    return active.version if active else BUILT_IN


def _now() -> datetime:
    return datetime.now(UTC)
