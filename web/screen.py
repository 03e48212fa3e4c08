"""What a screen is: its addresses, who may open it, and its place in the menu."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from records.staff import Session, StaffRole

EVERYBODY = frozenset(StaffRole)


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen. `name` is also the name of its template, its module, its style and its texts."""

    name: str
    paths: tuple[str, ...]  # as FastAPI writes them; the first is the one in the menu and takes no parameters
    roles: frozenset[StaffRole] = EVERYBODY  # the administrator may open every screen
    menu: int | None = None  # place in the menu, from the left; None: not in the menu
    part_of: str = ""  # the screen whose entry in the menu stands for this one
    home: frozenset[StaffRole] = frozenset()  # roles that begin their day here
    texts: tuple[str, ...] = ()  # further groups of texts that its module needs
    asks: tuple[
        str, ...
    ] = ()  # what its module asks the API first where its address has no query: begun at once
    public: bool = False  # for everybody, without signing in
    bare: bool = False  # without the header and its menu

    def opens_for(self, session: Session | None) -> bool:
        """Whether somebody may open it."""
        if self.public:
            return True
        return session is not None and session.staff.role in (*self.roles, StaffRole.ADMINISTRATOR)


def all_screens() -> tuple[Screen, ...]:
    """Every screen of web/screens, in the order of the menu."""
    package = import_module("web.screens")
    modules = (import_module(f"web.screens.{found.name}") for found in pkgutil.iter_modules(package.__path__))
    return tuple(sorted((module.SCREEN for module in modules), key=lambda one: (one.menu or 0, one.name)))


def home_of(session: Session, screens: Iterable[Screen]) -> str:
    """Where somebody's day begins: the screen of the role, else the first of the menu."""
    allowed = [screen for screen in screens if screen.menu is not None and screen.opens_for(session)]
    own = [screen for screen in allowed if session.staff.role in screen.home]
    return (own or allowed)[0].paths[0]
