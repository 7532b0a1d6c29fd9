"""Counts working days of mainland China from the files of holiday-cn, apart from the program.

    working_days.py FOLDER SEED CASES

prints as many cases with their answers: `add FROM N ANSWER`, `between FROM TO ANSWER`. A year without days is `unknown`.
"""

import datetime
import json
import pathlib
import random
import sys

folder, seed, cases = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
ONE = datetime.timedelta(days=1)
known, told = set(), {}
for path in sorted(folder.glob("[0-9]*.json")):
    year = json.loads(path.read_text(encoding="utf-8"))
    if year["days"]:
        known.add(year["year"])
    for day in year["days"]:
        told[datetime.date.fromisoformat(day["date"])] = not day["isOffDay"]


class Unknown(Exception):
    pass


def worked(day):
    if day.year not in known:
        raise Unknown(day.year)
    return told.get(day, day.weekday() < 5)


def add(day, n):
    while n > 0:
        day += ONE
        if worked(day):
            n -= 1
    return day


def between(start, end):
    n, day = 0, start
    while day < end:
        day += ONE
        n += worked(day)
    return n


def answer(function, *args):
    try:
        return function(*args)
    except Unknown as year:
        return f"unknown-{year}"


dice = random.Random(seed)
first, last = datetime.date(2007, 1, 1), datetime.date(2026, 12, 31)
for case in range(cases):
    start = first + ONE * dice.randrange((last - first).days + 1)
    if case % 2 == 0:
        n = 20 if case % 4 == 0 else dice.choice([0, 1, 3, 5, 7, 10, 15, 30, 90])
        print("add", start, n, answer(add, start, n))
    else:
        end = start + ONE * dice.choice([0, 1, 2, 9, 30, 45, 200, 800])
        print("between", start, end, answer(between, start, end))
