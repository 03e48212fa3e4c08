"""Runs every check of the project, in the order of their cost, and the tests last: `./sohoa test`."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

FAST = "not slow and not servers and not browser"

MOST_PROCESSES = 8  # each may hold a reader's models and a set of servers

_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it is called, and the Python arguments that run it."""

    name: str
    arguments: tuple[str, ...]

    def passes(self) -> bool:
        """Run it in the project's folder; its output is shown only when it fails."""
        done = subprocess.run(
            [sys.executable, *self.arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            _say(done.stdout)
        return done.returncode == 0


CHECKS = (
    Check("ruff check", ("-m", "ruff", "check", ".")),
    Check("ruff format", ("-m", "ruff", "format", "--check", ".")),
    Check("import rules", ("-c", _LINT_IMPORTS)),
    Check("mypy", ("-m", "mypy")),
)


def run(arguments: Sequence[str]) -> int:
    """Run the checks, then pytest with what is left of the arguments; returns the exit status.

    `--fast` leaves out the slow tests, the real servers and the browser. The first check that fails ends the
    run, and those behind it are named as not run. pytest comes last, so that its closing line is the last.
    """
    rest = [argument for argument in arguments if argument != "--fast"]
    if not _all_pass(CHECKS):
        _say("tests: not run")
        return 1
    return _pytest([*(["-m", FAST] if "--fast" in arguments else []), *(rest or _side_by_side())])


def _all_pass(checks: Sequence[Check]) -> bool:
    failed = False
    for check in checks:
        if failed:
            _say(f"{check.name}: not run")
        elif check.passes():
            _say(f"{check.name}: passed")
        else:
            _say(f"{check.name}: FAILED")
            failed = True
    return not failed


def _side_by_side() -> list[str]:
    """How the whole suite runs: a process a core, each with its own servers, and the tests of a file together."""
    cores = min(os.cpu_count() or 1, MOST_PROCESSES)
    return ["--numprocesses", str(cores), "--dist", "loadfile"] if cores > 1 else []


def _pytest(arguments: Sequence[str]) -> int:
    # Tesseract's own threads only get in each other's way: parallelism is by page.
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    command = [sys.executable, "-m", "pytest", *map(_seen_from_root, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def _seen_from_root(argument: str) -> str:
    """A path as pytest needs it when the caller is in another folder; any other argument as it is."""
    path, *names = argument.split("::")
    return "::".join([str(Path(path).resolve()), *names]) if Path(path).exists() else argument


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
