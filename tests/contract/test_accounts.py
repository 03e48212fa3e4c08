"""Accounts, sessions, set-up links, failed sign-ins and stations."""

from dataclasses import replace
from datetime import timedelta

import pytest

from records.errors import InvalidValue, NotFound
from records.ids import StaffId, StationId
from records.staff import WHOLE_OFFICE, Scope, Session, Staff, StaffRole, Station
from tests.contract.office import OTHER_STATION, OTHER_WARD, START, STATION, WARD, Office

HOUR = timedelta(hours=1)
HOA = Staff(StaffId("1"), "hoa", StaffRole.CLERK, (WARD, OTHER_WARD))


def _add(office: Office, person: Staff = HOA) -> None:
    with office.database.transaction() as tx:
        tx.accounts.add(person, "hash", START)


def test_an_account_comes_back_as_it_was_added(office: Office) -> None:
    with office.database.snapshot() as tx:
        assert tx.accounts.count() == 0
        assert tx.accounts.by_name("hoa") is None
    _add(office)
    with office.database.snapshot() as tx:
        assert tx.accounts.count() == 1
        assert tx.accounts.by_name("hoa") == tx.accounts.get(HOA.id) == HOA
        assert tx.accounts.list() == (HOA,)
        credentials = tx.accounts.credentials("hoa")
    assert credentials is not None
    assert (credentials.staff, credentials.password_hash) == (HOA, "hash")


def test_a_name_is_given_once(office: Office) -> None:
    _add(office)
    with pytest.raises(InvalidValue), office.database.transaction() as tx:
        tx.accounts.add(replace(HOA, id=StaffId("2")), None, START)


def test_role_and_reach_can_be_changed(office: Office) -> None:
    _add(office)
    with office.database.transaction() as tx:
        tx.accounts.set_role(HOA.id, StaffRole.AUDITOR, [OTHER_WARD], everywhere=True)
        changed = tx.accounts.get(HOA.id)
    assert changed == replace(HOA, role=StaffRole.AUDITOR, units=(OTHER_WARD,), everywhere=True)


def test_a_disabled_account_cannot_sign_in_and_its_sessions_end(office: Office) -> None:
    _add(office)
    _open(office)
    with office.database.transaction() as tx:
        tx.accounts.disable(HOA.id)
        assert tx.accounts.credentials("hoa") is None
        assert tx.sessions.find("token", START) is None
        tx.accounts.enable(HOA.id)
        assert tx.accounts.credentials("hoa") is not None
        assert tx.sessions.find("token", START) is None


def test_a_new_password_ends_the_sessions(office: Office) -> None:
    _add(office)
    _open(office)
    with office.database.transaction() as tx:
        tx.accounts.set_password_hash(HOA.id, "other")
        credentials = tx.accounts.credentials("hoa")
        assert credentials is not None
        assert credentials.password_hash == "other"
        assert tx.sessions.find("token", START) is None


def test_unknown_accounts_and_stations_are_not_found(office: Office) -> None:
    with office.database.transaction() as tx:
        for ask in (
            lambda: tx.accounts.get(StaffId("0")),
            lambda: tx.accounts.disable(StaffId("0")),
            lambda: tx.accounts.set_password_hash(StaffId("0"), "hash"),
            lambda: tx.stations.get(StationId("0")),
            lambda: tx.stations.disable(StationId("0")),
            lambda: tx.stations.touch(StationId("0"), START),
        ):
            with pytest.raises(NotFound):
                ask()


def _open(office: Office, token: str = "token") -> None:
    with office.database.transaction() as tx:
        tx.sessions.open(token, HOA.id, "csrf", START, START + HOUR)


def test_a_session_lasts_until_it_expires_is_extended_or_closed(office: Office) -> None:
    _add(office)
    _open(office)
    with office.database.transaction() as tx:
        assert tx.sessions.find("token", START) == Session(HOA, "csrf", START + HOUR)
        assert tx.sessions.find("other", START) is None
        assert tx.sessions.find("token", START + HOUR) is None
        tx.sessions.extend("token", START + 2 * HOUR)
        assert tx.sessions.find("token", START + HOUR) is not None
        tx.sessions.close("token")
        assert tx.sessions.find("token", START) is None


def test_a_setup_link_works_once_and_not_after_it_expires(office: Office) -> None:
    with office.database.transaction() as tx:
        tx.sessions.add_setup_token("setup", START + HOUR)
        assert not tx.sessions.use_setup_token("setup", START + HOUR)
        assert tx.sessions.setup_token_is_live("setup", START)
        assert tx.sessions.use_setup_token("setup", START)
        assert not tx.sessions.setup_token_is_live("setup", START)
        assert not tx.sessions.use_setup_token("setup", START)


def test_a_new_setup_link_ends_the_earlier_one(office: Office) -> None:
    with office.database.transaction() as tx:
        tx.sessions.add_setup_token("first", START + HOUR)
        tx.sessions.add_setup_token("second", START + HOUR)
        assert not tx.sessions.use_setup_token("first", START)
        assert tx.sessions.use_setup_token("second", START)


def test_failures_are_counted_within_a_window_and_forgotten_after_success(office: Office) -> None:
    with office.database.transaction() as tx:
        assert [tx.sessions.note_failure("key", START, HOUR) for _ in range(3)] == [1, 2, 3]
        assert tx.sessions.failures("key", START, HOUR) == (3, START)
        assert tx.sessions.failures("key", START + HOUR, HOUR) == (0, None)
        assert tx.sessions.failures("other", START, HOUR) == (0, None)
        assert tx.sessions.note_failure("key", START + HOUR, HOUR) == 1
        tx.sessions.clear_failures("key")
        assert tx.sessions.failures("key", START + HOUR, HOUR) == (0, None)


def test_a_station_is_known_by_its_key_while_it_is_active(office: Office) -> None:
    with office.database.transaction() as tx:
        known = tx.stations.by_key_hash("key-1")
        assert known == tx.stations.get(STATION) == tx.stations.by_name("Scanner 1")
        tx.stations.disable(STATION)
        assert tx.stations.by_key_hash("key-1") is None
        tx.stations.enable(STATION)
        tx.stations.set_key_hash(STATION, "key-3")
        assert tx.stations.by_key_hash("key-1") is None
        assert tx.stations.by_key_hash("key-3") == known


def test_a_stations_name_is_given_once(office: Office) -> None:
    with pytest.raises(InvalidValue), office.database.transaction() as tx:
        tx.stations.add(Station(StationId("3"), "Scanner 1", WARD), "key-3", START)


def test_a_station_that_says_nothing_of_its_clock_keeps_the_last_skew(office: Office) -> None:
    with office.database.transaction() as tx:
        tx.stations.touch(STATION, START, 1.5)
        tx.stations.touch(STATION, START + HOUR)
        found = {status.station.id: status for status in tx.stations.list(WHOLE_OFFICE)}
        assert (found[STATION].last_seen_at, found[STATION].clock_skew_seconds) == (START + HOUR, 1.5)
        assert found[OTHER_STATION].last_seen_at is None
        mine = tx.stations.list(Scope(frozenset([OTHER_WARD])))
        assert [status.station.id for status in mine] == [OTHER_STATION]
