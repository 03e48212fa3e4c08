"""The sweep asks again for what nobody does, and does not flood the queues with what waits in them."""

from pathlib import Path

from records.ids import StationId
from records.steps import Step, Todo
from tests.faults.world import office, send
from workers.sweep import Asked, sweep

ONE, OTHER = (Todo(Step.RECOGNISE, key, StationId("s1")) for key in ("page-1", "page-2"))


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_what_was_asked_for_lately_is_left_alone_for_a_while() -> None:
    clock = Clock()
    lately = Asked(120, clock)
    assert lately.unasked([ONE]) == [ONE]
    clock.now += 119
    assert lately.unasked([ONE, OTHER]) == [OTHER]
    clock.now += 1
    assert lately.unasked([ONE, OTHER]) == [ONE]


def test_a_step_whose_message_was_lost_is_asked_for_again(tmp_path: Path) -> None:
    services = office(tmp_path).services()
    send(services, (tmp_path / "scan-1.png", tmp_path / "scan-2.png", tmp_path / "scan-3.png"))
    asked: list[Todo] = []
    clock = Clock()
    lately = Asked(120, clock)
    first = sweep(services, asked.extend, lately)
    assert first > 0
    assert sweep(services, asked.extend, lately) == 0
    clock.now += 120  # and nobody has done anything
    assert sweep(services, asked.extend, lately) == first
    assert asked[:first] == asked[first:]
    services.close()
