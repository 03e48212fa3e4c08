"""A clerk who knows what stands on the papers and works only where the desk stops: for measuring the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Page, TimeoutError

from bench.fields import same

_MOST_STEPS = 60  # on one paper
_VISIBLE = """([record, since]) => {
  const mine = performance.getEntriesByType("mark").filter((mark) => mark.startTime >= since && mark.detail === record);
  const shown = ["paper-shown", "sheet-shown"].map((name) => mine.find((mark) => mark.name === name));
  return shown.every(Boolean) ? Math.max(...shown.map((mark) => mark.startTime)) : null;
}"""


@dataclass(frozen=True, slots=True)
class Paper:
    """What really stands on a paper."""

    document_type: str
    dossier: str
    fields: Mapping[str, str | None]


@dataclass(slots=True)
class Work:
    """What one paper took. `visible` is the milliseconds from its confirmation until the next paper was seen."""

    record: str
    doubts: int
    keys: int = 0
    typed: int = 0  # of the keys: characters of values that nothing offered
    seconds: float = 0.0
    visible: float | None = None


@dataclass(slots=True)
class ScriptedClerk:
    """Drives a desk that is open in a browser."""

    page: Page
    truths: Mapping[str, Paper]  # by record
    kinds: Mapping[str, str]  # names of the types as the desk shows them, by code
    pause: float = 0.0  # seconds that each paper is looked at before it is confirmed; they count nowhere
    works: list[Work] = field(default_factory=list)

    def confirm_next(self) -> bool:
        """Do the paper that lies on the desk; False when there is none."""
        record = self._record()
        if record is None or record not in self.truths:
            return False
        began = self._now()
        work = Work(record, self.page.locator(".note .tag.warn").count())
        for _ in range(_MOST_STEPS):
            place = str(self.page.evaluate("document.activeElement.id"))
            if place == "confirm":
                break
            work.keys += self._settle(place, self.truths[record], work)
        self.page.wait_for_timeout(1000 * self.pause)
        asked = self._now()
        self.page.keyboard.press("Control+Enter")
        work.keys += 1
        self._wait_until_gone(record)
        following = self._record()
        if following in self.truths:
            seen = self.page.wait_for_function(_VISIBLE, arg=[following, asked]).json_value()
            work.visible = float(seen) - asked
        work.seconds = (self._now() - began) / 1000 - self.pause
        self.works.append(work)
        return True

    def _wait_until_gone(self, record: str) -> None:
        try:
            self.page.wait_for_function(
                "(old) => !location.pathname.endsWith(old)", arg=record, timeout=15_000
            )
        except TimeoutError:
            said = self.page.locator("#messages, #problem").all_inner_texts()
            place = self.page.evaluate("document.activeElement.id")
            raise RuntimeError(f"the paper stays on the desk, at {place}: {' '.join(said)}") from None

    def _record(self) -> str | None:
        last = self.page.url.split("?")[0].rsplit("/", 1)[1]
        return last if last != "desk" else None

    def _now(self) -> float:
        return float(self.page.evaluate("performance.now()"))

    def _settle(self, place: str, truth: Paper, work: Work) -> int:
        if place == "type":
            shown = self.page.evaluate("document.activeElement.value")
            is_right = shown == self.kinds[truth.document_type]
            return self._press("Enter") if is_right else self._type(truth.document_type, work)
        if place == "dossier":
            shown = self.page.evaluate("document.activeElement.value")
            return self._press("Enter") if shown == truth.dossier else self._type(truth.dossier[-11:], work)
        return self._value(place.removeprefix("f-"), truth, work)

    def _value(self, name: str, truth: Paper, work: Work) -> int:
        wanted = truth.fields.get(name)
        shown = self.page.evaluate("document.activeElement.value") or None
        if wanted is not None and name == "issue_date":
            wanted = "/".join(reversed(wanted.split("-")))
        if same(shown, wanted):
            return self._press("Enter")
        offered = "(buttons) => buttons.map((button) => button.dataset.value)"
        offers = self.page.locator(f"#f-{name}-offers button").evaluate_all(offered)
        for number, offer in enumerate(offers, start=1):
            if truth.fields.get(name) is not None and same(offer, truth.fields[name]):
                return self._press(f"Alt+{number}")
        if wanted is None:
            return self._press("Delete") + self._press("Enter")
        return self._type(wanted, work)

    def _type(self, text: str, work: Work) -> int:
        """What nobody offered is typed over the selected value; each letter is a key, its marks are not counted."""
        self.page.evaluate("document.activeElement.select()")
        self.page.keyboard.insert_text(text)
        if self.page.evaluate("document.activeElement.getAttribute('role')") == "combobox":
            self.page.locator("[role=option][aria-selected=true]").first.wait_for()
        work.typed += len(text)
        return len(text) + self._press("Enter")

    def _press(self, key: str) -> int:
        self.page.keyboard.press(key)
        return 1


def wrong_values(confirmed: Mapping[str, str | None], truth: Paper) -> Counter[str]:
    """The fields whose confirmed value says something else than what stands on the paper."""
    return Counter(name for name, value in _others(confirmed, truth) if value)


def empty_values(confirmed: Mapping[str, str | None], truth: Paper) -> Counter[str]:
    """The fields that were left empty though something stands on the paper: nothing was read, and nobody was asked."""
    return Counter(name for name, value in _others(confirmed, truth) if not value)


def _others(confirmed: Mapping[str, str | None], truth: Paper) -> Iterator[tuple[str, str | None]]:
    graded = {name: value for name, value in truth.fields.items() if name in confirmed}
    return ((name, confirmed[name]) for name, value in graded.items() if not same(confirmed[name], value))
