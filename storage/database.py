"""The database as the rest of sohoa sees it: short transactions, and one place where its troubles get names."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, exc

from records.errors import DatabaseUnavailable, InvalidValue
from storage.accounts import Accounts
from storage.arrangements import Arrangements
from storage.audit import Audit
from storage.batches import Batches
from storage.blind_checks import BlindChecks
from storage.case_data import CaseData
from storage.case_facts import CaseFacts
from storage.catalogue import Catalogue
from storage.components import Components
from storage.dossiers import Dossiers
from storage.drafts import Drafts
from storage.engines import READ_ONLY, be_patient, make_engine
from storage.evidence import Evidence
from storage.exports import Exports
from storage.figures import Figures
from storage.indicator_versions import IndicatorVersions
from storage.migrate import NEWEST, is_current, upgrade
from storage.models import Models
from storage.owners import Owners
from storage.pages import Pages
from storage.policies import Policies
from storage.queries import Coverage
from storage.reconciliation import Reconciliation
from storage.records import Records
from storage.recount import Recount
from storage.references import References
from storage.report_cases import ReportCases
from storage.reports import Reports
from storage.rescans import Rescans
from storage.review_leases import ReviewLeases
from storage.review_queue import ReviewQueue
from storage.rows import Rows
from storage.search import Search
from storage.search_gaps import SearchGaps
from storage.sessions import Sessions
from storage.stations import Stations
from storage.steps import Steps
from storage.sums import Sums
from storage.worklists import Worklists

_MISSING = {"42P01", "42703"}  # PostgreSQL: a table or a column that is not there


class Transaction:
    """One transaction: the tables by subject. Valid until the `with` block ends."""

    def __init__(self, connection: Connection) -> None:
        self.pages = Pages(connection)
        self.drafts = Drafts(connection)
        self.records = Records(connection)
        self.arrangements = Arrangements(connection, self.records)
        self.policies = Policies(connection)
        self.evidence = Evidence(connection)
        self.owners = Owners(connection)
        self.review_leases = ReviewLeases(connection)
        self.blind_checks = BlindChecks(connection, self.review_leases)
        self.review_queue = ReviewQueue(connection, self.records, self.review_leases)
        self.batches = Batches(connection, self.records)
        self.steps = Steps(connection, self.records)
        self.dossiers = Dossiers(connection)
        self.components = Components(connection)
        self.case_data = CaseData(connection, self.dossiers, self.components)
        self.facts = CaseFacts(connection)
        self.sums = Sums(connection)
        self.recount = Recount(connection)
        self.coverage = Coverage(connection)
        self.figures = Figures(connection)
        self.reports = Reports(connection)
        self.report_cases = ReportCases(connection)
        self.exports = Exports(connection)
        self.worklists = Worklists(connection)
        self.reconciliation = Reconciliation(connection)
        self.catalogue = Catalogue(connection)
        self.indicator_versions = IndicatorVersions(connection)
        self.accounts = Accounts(connection)
        self.sessions = Sessions(connection, self.accounts)
        self.stations = Stations(connection)
        self.audit = Audit(connection)
        self.references = References(connection)
        self.rows = Rows(connection)
        self.search_gaps = SearchGaps(connection)
        self.search = Search(connection)
        self.models = Models(connection)
        self.rescans = Rescans(connection)


class Database:
    """SQLite or PostgreSQL. Safe to share between threads; build it after a fork, not before.

    One that is dropped without `close` gives its connections back all the same.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        weakref.finalize(
            self, engine.dispose
        ).atexit = False  # at the end the system closes them, also a child's

    @contextmanager
    def transaction(self, *, patient: bool = False) -> Iterator[Transaction]:
        """Commits at the end of the block, rolls back on an exception. Keep it short: no OCR, S3 or HTTP inside.

        Raises DatabaseUnavailable for every trouble of the database itself (away, locked, deadlock, full disk),
        and InvalidValue for values that it cannot hold.
        """
        with _named_troubles(), self._engine.begin() as connection:
            if patient:
                be_patient(connection)
            tx = Transaction(connection)
            yield tx
            tx.audit.flush()

    @contextmanager
    def snapshot(self, *, patient: bool = False) -> Iterator[Transaction]:
        """A transaction that only reads: it sees one moment, waits for no writer and holds up none.

        `patient`: it may last, for jobs that read everything; a request's statements end after a minute.
        """
        with _named_troubles(), self._engine.connect() as connection:
            connection.execution_options(**READ_ONLY[connection.dialect.name])
            with connection.begin():
                if patient:
                    be_patient(connection)
                yield Transaction(connection)

    def migrate(self, schema: str = NEWEST) -> None:
        """Bring the schema up to date, or up to that of a backup; who does it at the same time waits.

        Raises InvalidValue when this program does not know the schema.
        """
        with _named_troubles():
            upgrade(self._engine, schema)

    def ready(self) -> None:
        """Raises DatabaseUnavailable when the database does not answer or its schema is behind this program."""
        with _named_troubles(), self._engine.connect() as connection:
            if not is_current(connection):
                raise _behind()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def make_database(url: str) -> Database:
    """A database at `sqlite:///PATH` or `postgresql+psycopg://…`. Connects at first use; raises ValueError."""
    return Database(make_engine(url))


@contextmanager
def _named_troubles() -> Iterator[None]:
    """Driver errors as errors of the tree. The driver's own words are dropped where they may quote a value."""
    try:
        yield
    except exc.IntegrityError:
        raise InvalidValue(
            "this contradicts what is stored, or names something that does not exist"
        ) from None
    except (exc.DataError, UnicodeEncodeError):
        raise InvalidValue("a value holds characters or numbers that the database cannot keep") from None
    except exc.ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) in _MISSING:
            raise _behind() from error
        raise
    except exc.DBAPIError as error:
        if "no such table" in str(error.orig) or "no such column" in str(error.orig):
            raise _behind() from error
        raise DatabaseUnavailable(f"the database does not answer: {type(error.orig).__name__}") from error
    except exc.TimeoutError as error:
        raise DatabaseUnavailable("all connections to the database are in use") from error


def _behind() -> DatabaseUnavailable:
    return DatabaseUnavailable("the schema is behind this program: run ./sohoa migrate")
