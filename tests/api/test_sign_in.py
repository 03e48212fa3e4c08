"""Passwords and the patience with wrong ones, without HTTP."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from argon2 import PasswordHasher

from api.passwords import AT_ONCE, QUEUED, Passwords
from api.previews import PreviewKey, Previews
from api.sign_in import WINDOW, sign_in
from records.errors import InvalidValue, NotSignedIn, TooManyRequests
from records.fixity import Sha256
from tests.api.world import JPEG, PASSWORD, World, cheap_passwords

NOW = datetime(2022, 3, 1, 8, tzinfo=UTC)


def test_a_password_is_hashed_with_argon2id_and_salted() -> None:
    passwords = Passwords()
    first, second = passwords.hash(PASSWORD), passwords.hash(PASSWORD)
    assert first.startswith("$argon2id$v=19$m=65536,")
    assert first != second
    assert passwords.matches(first, PASSWORD)
    assert not passwords.matches(first, PASSWORD + "x")
    assert not passwords.matches(None, PASSWORD)
    assert not passwords.matches("no hash", PASSWORD)


def test_a_password_typed_on_another_keyboard_is_the_same() -> None:
    passwords = cheap_passwords()
    composed, decomposed = "Mỹ Tho thành phố", "My\u0303 Tho tha\u0300nh pho\u0302\u0301"
    assert passwords.matches(passwords.hash(composed), decomposed)


@pytest.mark.parametrize("password", ["", "x" * 9, "x" * 201])
def test_a_password_has_bounds(password: str) -> None:
    with pytest.raises(InvalidValue):
        cheap_passwords().hash(password)


class SlowHasher:
    """Verifies when it is told to, and notes how many were at it at once."""

    def __init__(self) -> None:
        self.go_on, self.lock = threading.Event(), threading.Lock()
        self.working = self.most = 0

    def verify(self, stored: str, password: str) -> bool:
        with self.lock:
            self.working += 1
            self.most = max(self.most, self.working)
        self.go_on.wait(30)
        with self.lock:
            self.working -= 1
        return True


def test_a_crowd_that_signs_in_is_served_two_at_a_time_and_the_rest_sent_away() -> None:
    hasher = SlowHasher()
    passwords = Passwords(cast(PasswordHasher, hasher))
    answers: list[object] = []
    turned_away = threading.Semaphore(0)

    def come() -> None:
        try:
            answers.append(passwords.matches("hash", PASSWORD))
        except TooManyRequests:
            answers.append("away")
            turned_away.release()

    crowd = [threading.Thread(target=come) for _ in range(QUEUED + 3)]
    for person in crowd:
        person.start()
    for _ in range(3):
        assert turned_away.acquire(timeout=30)
    hasher.go_on.set()
    for person in crowd:
        person.join()
    assert (answers.count("away"), answers.count(True)) == (3, QUEUED)
    assert hasher.most == AT_ONCE


@pytest.fixture
def attempt(world: World) -> Callable[..., None]:
    def attempt(after: float, password: str = "wrong", address: str = "192.0.2.1") -> None:
        sign_in(
            world.services.database, cheap_passwords(), name="clerk", password=password,
            address=address, now=NOW + timedelta(seconds=after), lasts=timedelta(hours=1),
        )  # fmt: skip

    return attempt


def test_each_further_wrong_password_doubles_the_wait(attempt: Callable[..., None]) -> None:
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            attempt(0)
    for wait in (10, 20, 40, 80):
        with pytest.raises(TooManyRequests):
            attempt(wait - 1, PASSWORD)
        with pytest.raises(NotSignedIn):
            attempt(wait)


def test_the_wait_ends_and_a_right_password_wipes_the_slate(attempt: Callable[..., None]) -> None:
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            attempt(0)
    attempt(10, PASSWORD)
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            attempt(20)
    attempt(20 + WINDOW.total_seconds(), PASSWORD)


def test_an_attacker_elsewhere_does_not_lock_a_colleague_out(attempt: Callable[..., None]) -> None:
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            attempt(0, address="198.51.100.7")
    attempt(0, PASSWORD)


def test_an_address_that_tries_many_names_is_slowed_as_well(world: World) -> None:
    def guess(name: str) -> None:
        sign_in(
            world.services.database, cheap_passwords(), name=name, password="x" * 12,
            address="192.0.2.1", now=NOW, lasts=timedelta(hours=1),
        )  # fmt: skip

    for number in range(50):
        with pytest.raises(NotSignedIn):
            guess(f"name{number}")
    with pytest.raises(TooManyRequests):
        guess("name50")


def test_previews_that_were_not_asked_for_longest_are_forgotten_first() -> None:
    made: list[int] = []
    previews = Previews(kept_bytes=4000)  # room for two or three

    def look(width: int) -> None:
        def image() -> bytes:
            made.append(width)
            return JPEG

        previews.get(PreviewKey(Sha256("a" * 64), width, 0), "image/jpeg", image)

    look(300)
    look(300)
    assert made == [300]
    for width in (301, 302, 303, 304):
        look(width)
    look(304)
    look(300)
    assert made == [300, 301, 302, 303, 304, 300]
