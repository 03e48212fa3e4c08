"""What civil-status papers share: the people of a register entry, and the rows that say who they are."""

from __future__ import annotations

from datetime import date, timedelta

from samples.offices import Office
from samples.papers.desk import Desk
from samples.papers.particulars import Row, day_in_words, figures
from samples.people import Person, some_commune, some_day, some_person


def registry(desk: Desk) -> Office:
    """The office that keeps the register, mostly a commune."""
    return desk.local_office(
        "committee_commune", "committee_commune", "committee_commune", "committee_district"
    )


def _parent_rows(mother: Person, father: Person) -> list[Row]:
    rows: list[Row] = []
    for role, parent, name in (("mẹ", mother, "mother"), ("cha", father, "father")):
        rows += [
            ((f"Họ, chữ đệm, tên người {role}:", parent.name.upper(), name),),
            (
                ("Năm sinh:", str(parent.born.year), ""),
                ("Dân tộc:", parent.ethnic, ""),
                ("Quốc tịch:", "Việt Nam", ""),
            ),
            (("Nơi cư trú:", parent.address, ""),),
        ]
    return rows


def birth_facts(desk: Desk) -> tuple[Person, list[Row]]:
    """The child and the rows about child and parents, as certificate and extract share them."""
    rng = desk.rng
    child = desk.applicant(born=(desk.day.year - 30, desk.day.year - 1))
    mother = some_person(rng, child.home, male=False, born=(child.born.year - 38, child.born.year - 19))
    father = some_person(rng, child.home, male=True, born=(child.born.year - 42, child.born.year - 20))
    if desk.chance(0.08):
        father = Person("", True, father.born, "", "", child.home, "", "", "")
    place = rng.choice(
        (
            f"Bệnh viện Đa khoa {child.home.province}",
            f"Trung tâm Y tế {child.home.district}",
            f"Trạm Y tế {child.home.name}, {child.home.district}, {child.home.province}",
        )
    )
    rows: list[Row] = [
        (("Họ, chữ đệm, tên:", child.name.upper(), "full_name"),),
        (("Ngày, tháng, năm sinh:", figures(child.born), "dob"),),
        (("Ghi bằng chữ:", day_in_words(child.born), ""),),
        (("Giới tính:", child.sex, "sex"), ("Dân tộc:", child.ethnic, ""), ("Quốc tịch:", "Việt Nam", "")),
        (("Nơi sinh:", place, "birth_place"),),
        (("Quê quán:", some_commune(rng).address, ""),),
        (("Số định danh cá nhân:", child.id_no if desk.day.year >= 2016 else "", "id_no"),),
        *_parent_rows(mother, father),
    ]
    return child, rows


def registration_day(desk: Desk, born: date) -> date:
    """A day soon after the birth, never after the paper was made."""
    return some_day(
        desk.rng,
        born + timedelta(days=2),
        max(born + timedelta(days=60), min(desk.day, born + timedelta(days=400))),
    )


def filled(desk: Desk) -> tuple[bool, bool]:
    """(dotted, by hand): most registers print from software, older ones were filled with a pen or a typewriter."""
    return desk.rng.choices(((False, False), (True, True), (True, False)), (62, 20, 18))[0]


def couple(desk: Desk) -> tuple[Person, Person]:
    """Husband and wife, both of marriageable age."""
    husband = some_person(desk.rng, desk.home, male=True, born=(1970, 2000))
    wife = some_person(desk.rng, some_commune(desk.rng, desk.home.province), male=False, born=(1972, 2002))
    return husband, wife


def couple_rows(husband: Person, wife: Person) -> list[Row]:
    """The rows about wife and husband."""
    rows: list[Row] = []
    for role, one, name in (("vợ", wife, "wife"), ("chồng", husband, "husband")):
        rows += [
            ((f"Họ, chữ đệm, tên {role}:", one.name.upper(), name),),
            (("Ngày, tháng, năm sinh:", figures(one.born), f"{name}_dob"),),
            (("Dân tộc:", one.ethnic, ""), ("Quốc tịch:", "Việt Nam", "")),
            (("Nơi cư trú:", one.address, ""),),
            (("Giấy tờ tùy thân:", f"CCCD số {one.id_no}", f"{name}_id"),),
        ]
    return rows
