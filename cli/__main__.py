"""`python -m cli`: the one door to every command."""

import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["test"]:
        from cli import checks

        sys.exit(checks.run(sys.argv[2:]))
    sys.exit("usage: sohoa test [--fast] [pytest's arguments]")
