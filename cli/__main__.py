"""`python -m cli`: the one door to every command."""

from cli.main import main

if __name__ == "__main__":
    main()
