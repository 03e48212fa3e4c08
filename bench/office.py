"""The people of a service that is measured: an administrator, a clerk, and two stations."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from bench.service import Service
from cli.demo_office import Account, Administrator, Clerk
from records.states import FileState, PageState

STATIONS = (("Phường 1, quầy 1", "P1"), ("Một cửa thành phố, quầy 2", "MT-BPMC"))


@dataclass(frozen=True)
class Office:
    """Who uses a service; `keys` are the stations'."""

    administrator: Administrator
    clerk: Clerk
    keys: tuple[str, ...]


@contextmanager
def furnished(service: Service) -> Iterator[Office]:
    """Move in by the set-up link of a running service that nobody has an account in yet."""
    chief, clerk = (
        Account(role, f"do.{role}", secrets.token_urlsafe(12)) for role in ("administrator", "clerk")
    )
    link = f"{service.url}/api/setup/{service.set_up_token()}"
    httpx.post(link, json={"name": chief.name, "password": chief.password}, timeout=60).raise_for_status()
    administrator = Administrator(service.url, chief)
    administrator.add_staff(clerk)
    keys = tuple(administrator.add_station(name, unit) for name, unit in STATIONS)
    office = Office(administrator, Clerk(service.url, clerk), keys)
    try:
        yield office
    finally:
        office.administrator.close()
        office.clerk.close()


@dataclass(frozen=True)
class Balance:
    """What became of all that was sent, as the API tells it."""

    files: Counter[str]  # by state
    pages: Counter[str]
    records: Counter[str]
    doubled: tuple[str, ...]  # pages that are in more than one record, or twice in one
    homeless: tuple[str, ...]  # pages in no record, or in one that does not know them

    @property
    def finished(self) -> bool:
        """Whether nothing is left for the pipeline."""
        waiting = self.files[FileState.RECEIVED] + self.pages[PageState.RECEIVED]
        return not waiting and not self.records["assembled"] and not self.records["confirmed"]


def balance(office: Office, batches: Iterable[str]) -> Balance:
    """Count the files, pages and records of these batches, each page by the record that it says it is in."""
    files, pages, records = Counter[str](), Counter[str](), Counter[str]()
    said: dict[str, str | None] = {}  # by the page
    held = Counter[tuple[str, str]]()  # by the record
    for batch in batches:
        seen = office.administrator.call("GET", f"/api/batches/{batch}")
        for file in seen["files"]:
            files[file["state"]] += 1
            for page in file["page_list"]:
                pages[page["state"]] += 1
                said[page["id"]] = page["record"]
        for summary in seen["records"]:
            records[summary["state"]] += 1
            record = office.administrator.call("GET", f"/api/records/{summary['id']}")
            held.update((page, record["id"]) for page in record["pages"])
    return Balance(files, pages, records, doubled(held), homeless(said, held))


def doubled(held: Counter[tuple[str, str]]) -> tuple[str, ...]:
    """Pages that are in more than one record; `held` counts each page by the record that has it."""
    times = Counter(page for page, _ in held.elements())
    return tuple(page for page, count in times.items() if count > 1)


def homeless(said: dict[str, str | None], held: Counter[tuple[str, str]]) -> tuple[str, ...]:
    """Pages in no record, or in one that does not know them; `said` is the record that each page names."""
    at_home = {page for page, record in said.items() if record and held[page, record]}
    return tuple({*said, *(page for page, _ in held)} - at_home)


def states(batch: dict[str, Any]) -> Counter[str]:
    """The pages of a batch by state, as its progress tells them."""
    return Counter(batch["progress"]["pages"])
