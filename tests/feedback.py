"""Counts letters from their sheets, apart from the program.

    feedback.py CALENDAR AS_OF LIMIT SHEET…

CALENDAR is the table of working days; a sheet is a CSV file whose head has the Chinese labels. Prints JSON: the months.
"""

import csv
import datetime
import io
import json
import pathlib
import sys

calendar, as_of, limit = pathlib.Path(sys.argv[1]), datetime.date.fromisoformat(sys.argv[2]), int(sys.argv[3])
ONE = datetime.timedelta(days=1)
told, years = {}, set()
for line in calendar.read_text(encoding="utf-8").splitlines():
    word, _, rest = line.partition(" ")
    if word == "year":
        years.add(int(rest.split(" ")[0]))
    if word in ("off", "work"):
        first, _, last = rest.split(" ")[0].partition("..")
        day = datetime.date.fromisoformat(first)
        while day <= datetime.date.fromisoformat(last or first):
            told[day] = word == "work"
            day += ONE


def worked(day):
    assert day.year in years, day
    return told.get(day, day.weekday() < 5)


def between(a, b):
    n = 0
    while a < b:
        a += ONE
        n += worked(a)
    return n


def last(day, n):
    while n:
        day += ONE
        n -= worked(day)
    return day


months = {}
for path in sys.argv[4:]:
    raw = pathlib.Path(path).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    for r in csv.DictReader(io.StringIO(text, newline="")):
        date = lambda key: datetime.date.fromisoformat(r[key]) if r.get(key) else None
        came, replied = date("来信日期"), date("答复日期")
        m = months.setdefault(f"{came:%Y-%m}" if came else "undated", dict.fromkeys(["received", "answered", "kept", "late", "judged", "pending", "overdue", "days"], 0))
        m["received"] += 1
        days = int(r.get("时限") or limit)
        # An answer of which there is no word is none, whether its writer let it be shown or not.
        silent = r["状态"] == "已处理" and not r["答复"].strip()
        if r["状态"] in ("已处理", "已转办", "不予受理"):
            m["answered"] += r["状态"] == "已处理" and not silent
            m["judged"] += came is not None
            if came and replied and came <= replied:
                n = between(came, replied)
                m["days"] += n
                if replied > last(came, days):
                    m["late"] += 1
                elif not silent:
                    m["kept"] += 1
        else:
            beyond = bool(came and as_of > last(came, days))
            m["judged"] += beyond
            if r["状态"] == "待处理":
                m["overdue" if beyond else "pending"] += 1
print(json.dumps(months))
