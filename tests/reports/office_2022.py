"""A case list with the office's own figures of 16/12/2021 to 30/11/2022: 20,742 = 20,325 + 417, 20,255 + 70."""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

from records import default_data
from records.coverage import Period

RECEIVED, IN_TIME, LATE, OPEN = 20_742, 20_255, 70, 417
HEADER = ("MaHoSo", "MaTTHC", "DonViXuLy", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "KenhThucHien")
YEAR = Period(datetime(2021, 12, 16).date(), datetime(2022, 11, 30).date())


def write_case_list(path: Path) -> None:
    """Dossiers of every site and procedure of the office, all received and, but for 417, resolved in the period."""
    chance = random.Random(2022)
    units = [
        unit.code for unit in default_data.org_units() if unit.takes_dossiers and unit.valid_on(YEAR.first)
    ]
    procedures = [
        one.code for one in default_data.procedures() if one.valid_from is None and one.code[0] != "l"
    ]
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(RECEIVED):
            received = datetime(2021, 12, 16, 8) + timedelta(minutes=chance.randrange(330 * 24 * 60))
            due = received + timedelta(days=10)
            finished = received + timedelta(days=chance.choice((1, 2, 5, 10)))
            if IN_TIME <= number < IN_TIME + LATE:
                finished = due + timedelta(days=chance.randint(1, 4))
            writer.writerow(
                (
                    f"H58.30-{received:%y%m%d}-{number:06}",
                    chance.choice(procedures),
                    chance.choice(units),
                    f"{received:%d/%m/%Y %H:%M}",
                    f"{due:%d/%m/%Y}",
                    f"{finished:%d/%m/%Y %H:%M}" if number < RECEIVED - OPEN else "",
                    chance.choice("1123"),
                )
            )
