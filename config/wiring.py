"""The one place that builds adapters from settings."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from functools import cached_property
from time import monotonic

from classify.candidates import Candidates
from classify.classifier import RuleClassifier
from classify.type_model import TypeModel, built_in, from_json
from config.settings import Settings
from ingest.limits import Limits
from ingest.sandbox import Rasteriser
from ocr.engine import HasQuickTwin, OcrEngine
from ocr.engines import make_engine
from records import default_data
from records.errors import InvalidValue, ObjectMissing
from records.model import BUILT_IN
from storage.database import Database, make_database
from storage.objects import ObjectStore, make_object_store

log = logging.getLogger(__name__)

MIB = 1024 * 1024
FRESH = 60.0  # seconds for which a model is used without asking whether another was trained


@dataclass(frozen=True, slots=True)
class _Kept:
    """The classifier with the version of its model, and when that was last asked for."""

    classifier: RuleClassifier
    version: int
    checked_at: float  # of the monotonic clock


@dataclass(frozen=True)
class Services:
    """What the stages need, built once a process. The engine and the classifier are built at first use."""

    settings: Settings
    database: Database
    objects: ObjectStore
    limits: Limits
    rasteriser: Rasteriser

    @cached_property
    def engine(self) -> OcrEngine:
        """The reader of pages; raises EngineUnavailable."""
        with _building:  # the second thread that asks finds the first one's: models are large
            if "engine" not in self.__dict__:
                self.__dict__["engine"] = engine_of(self.settings)
            engine: OcrEngine = self.__dict__["engine"]
            return engine

    @cached_property
    def quick_engine(self) -> OcrEngine | None:
        """What reads pages while many are waiting; None when `engine` has no quicker twin."""
        engine = self.engine
        return engine.quick() if isinstance(engine, HasQuickTwin) else None

    @property
    def classifier(self) -> RuleClassifier:
        """The classifier over the office's own taxonomy, units and procedures, and the model in use.

        What has been trained or rolled back meanwhile is taken up within `FRESH` seconds.
        """
        kept: _Kept | None = self.__dict__.get("_classifier")
        if kept is None or monotonic() - kept.checked_at > FRESH:
            kept = self.__dict__["_classifier"] = self._fresh(kept)
        return kept.classifier

    def _fresh(self, kept: _Kept | None) -> _Kept:
        with self.database.snapshot() as tx:
            active = tx.models.active()
            version = active.version if active else BUILT_IN
            if kept is not None and kept.version == version:
                return _Kept(kept.classifier, version, monotonic())
            types, units = tx.catalogue.document_types(), tx.catalogue.units()
            procedures = tx.catalogue.procedures()
        classifier = RuleClassifier(
            document_types=types,
            abbreviations=default_data.kind_abbreviations(),
            org_units=units,
            procedures=procedures,
            type_model=type_model_in_use(self),
        )
        return _Kept(classifier, version, monotonic())

    @cached_property
    def candidates(self) -> Candidates:
        """What a clerk is offered for a doubtful value."""
        with self.database.snapshot() as tx:
            units = [unit.name for unit in tx.catalogue.units()]
        phrases = [phrase.text for phrase in default_data.official_phrases() if phrase.kind == "agency"]
        return Candidates([*units, *phrases], default_data.surnames(), sorted(default_data.given_names()))

    def close(self) -> None:
        self.database.close()


@dataclass(frozen=True)
class Reader:
    """What reading a file takes where there is no service."""

    limits: Limits
    rasteriser: Rasteriser
    engine: OcrEngine
    classifier: RuleClassifier
    profile: str  # of the PDF/A


_building = threading.Lock()


def limits_of(settings: Settings) -> Limits:
    """How much a file may ask of its reader."""
    return Limits(
        memory_bytes=settings.decode_memory_mb * MIB,
        seconds=settings.decode_seconds,
        pages=settings.max_pages,
        pixels=settings.max_megapixels * 1_000_000,
        bytes=settings.max_file_mb * MIB,
    )


def type_model_in_use(services: Services) -> TypeModel:
    """The learned model of types; the built-in one where the one in use cannot be read."""
    with services.database.snapshot() as tx:
        active = tx.models.active()
    if active is None:
        return built_in()
    try:
        return from_json(services.objects.get(active.fixity.sha256), f"model {active.version}")
    except (ObjectMissing, InvalidValue):
        log.warning(
            "the model in use cannot be read; the built-in one is used", extra={"model": active.version}
        )
        return built_in()


def build(settings: Settings) -> Services:
    """The services of this process. Connects to nothing yet."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    bounds = limits_of(settings)
    return Services(
        settings=settings,
        database=make_database(settings.database_url),
        objects=make_object_store(settings.objects_url),
        limits=bounds,
        rasteriser=Rasteriser(bounds),
    )


def set_up(services: Services) -> None:
    """Bring the schema up to date, and make what is missing: default data, facts, sums. Safe to repeat."""
    services.database.migrate()
    with services.database.transaction() as tx:
        tx.catalogue.seed()
        tx.facts.catch_up()
        tx.sums.catch_up()


def engine_of(settings: Settings) -> OcrEngine:
    """The reader of pages that these settings ask for; raises EngineUnavailable."""
    return make_engine(
        settings.ocr_engine, languages=settings.ocr_languages, tessdata=settings.tessdata_dir or None
    )


def build_reader(settings: Settings) -> Reader:
    """A reader over the default taxonomy, without database and object store."""
    bounds = limits_of(settings)
    return Reader(
        limits=bounds,
        rasteriser=Rasteriser(bounds),
        engine=engine_of(settings),
        classifier=RuleClassifier(
            document_types=default_data.document_types(),
            abbreviations=default_data.kind_abbreviations(),
            org_units=default_data.org_units(),
            procedures=default_data.procedures(),
        ),
        profile=settings.archival_profile,
    )
