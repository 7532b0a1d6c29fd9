"""Counts again, from what is published alone, how many working days letters, requests and interpretations took and which were late.

    days_late.py PUBLIC

reads working-days.csv and .json, feedback/letters.csv, disclosure/requests.csv, explained/explained.csv.
"""

import csv
import datetime
import json
import pathlib
import sys

root = pathlib.Path(sys.argv[1])
ONE = datetime.timedelta(days=1)


def table(path):
    file = root / path
    return list(csv.DictReader(file.open(encoding="utf-8-sig", newline=""))) if file.exists() else []


def day(text):
    return datetime.date.fromisoformat(text) if text else None


exceptions = {day(r["date"]): r["working"] == "yes" for r in table("working-days.csv")}
whole = json.loads((root / "working-days.json").read_text(encoding="utf-8"))
assert exceptions == {day(d): w for d, w in whole["exceptions"].items()}
known = set(whole["years"])


class Unknown(Exception):
    pass


def worked(d):
    if d.year not in known:
        raise Unknown
    return exceptions.get(d, d.weekday() < 5)


def add(d, n):
    while n > 0:
        d += ONE
        n -= worked(d)
    return d


def between(a, b):
    n = 0
    while a < b:
        a += ONE
        n += worked(a)
    return n


def same(what, ours, theirs):
    assert ours == theirs, f"{what}: {ours!r} is not {theirs!r}"


late = counted = 0
for r in table("feedback/letters.csv"):
    came, ended, extended = day(r["received_on"]), day(r["replied_on"]), day(r["extended_to"])
    if not came:
        same(r["url"], (r["due_on"], r["taken_workdays"], r["within_limit"]), ("", "", ""))
        continue
    try:
        due = max(filter(None, [add(came, int(r["limit_workdays"])), extended if extended and came <= extended else None]))
        same(r["url"], day(r["due_on"]), due)
        if ended and ended >= came and r["taken_workdays"]:
            same(r["url"], int(r["taken_workdays"]), between(came, ended))
            if r["status"] != "answered" or r["reply"]:
                same(r["url"], r["within_limit"], "yes" if ended <= due else "no")
            late += ended > due
        counted += 1
    except Unknown:
        same(r["url"], r["taken_workdays"], "")
for r in table("disclosure/requests.csv"):
    came, ended = day(r["received_on"]), day(r["decided_on"])
    if not came:
        continue
    try:
        due = day(r["extended_to"]) or add(came, 20)
        same(r["no"], day(r["due_on"]), due)
        if ended and ended >= came:
            same(r["no"], int(r["working_days"]), between(came, ended))
            late += ended > due
        counted += 1
    except Unknown:
        same(r["no"], r["working_days"], "")
for r in table("explained/explained.csv"):
    out, first = day(r["published_at"]), day(r["first_published_at"])
    if out and first:
        same(r["policy"], r["days"], str((first - out).days))
        if first >= out:
            try:
                same(r["policy"], r["working_days"], str(between(out, first)))
            except Unknown:
                same(r["policy"], r["working_days"], "")
        counted += 1
print(counted, "counted again,", late, "late")
