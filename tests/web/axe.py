"""What a page has against WCAG 2.2 AA, as axe-core finds it."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
# What fades in has not its colours yet; what turns for ever is not waited for.
_CALM = """() => Promise.all(document.getAnimations()
    .filter((moving) => moving.effect.getComputedTiming().endTime < Infinity)
    .map((moving) => moving.finished.catch(() => null))).then(() => null)"""


def violations(page: Page) -> list[str]:
    """Each violation with the first elements that have it."""
    page.evaluate(_AXE)
    page.evaluate(_CALM)
    found = page.evaluate("rules => axe.run({ runOnly: rules })", RULES)
    return [
        f"{one['id']} ({one['help']}): {', '.join(str(node['target'][0]) for node in one['nodes'][:5])}"
        for one in found["violations"]
    ]
