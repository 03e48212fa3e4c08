"""`python -m tests.contract.claimer URL KEY…`: a worker process that claims what it can get and prints it."""

import sys

from records.steps import Step
from storage.database import make_database
from tests.contract.office import Office


def main(url: str, keys: list[str]) -> None:
    """Wait for a line on the standard input, then try each page once."""
    database = make_database(url)
    database.ready()
    print("ready", flush=True)
    sys.stdin.readline()
    office = Office(database)
    for key in keys:
        if office.claim(Step.RECOGNISE, key):
            print(key, flush=True)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
