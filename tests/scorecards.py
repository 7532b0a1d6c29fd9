"""Recomputes every figure of the scorecards from what is published: scorecards.json, scorecards.csv, items.csv."""
import csv
import json
import pathlib
import sys

root = pathlib.Path(sys.argv[1])
told = json.loads((root / "scorecards.json").read_text(encoding="utf-8"))
rows = list(csv.DictReader((root / "scorecards.csv").open(encoding="utf-8-sig", newline="")))


def mean(values):
    total = 0.0
    for v in values:
        total += v
    return total / len(values) if values else None


def same(what, ours, theirs):
    assert ours == theirs, f"{what}: {ours!r} is not {theirs!r}"


figures = 0
for card in [told["site"]] + told["departments"]:
    who = card["id"]
    folder = root / "scorecards" if not who else root / "scorecards" / "of" / who
    items = list(csv.DictReader((folder / "items.csv").open(encoding="utf-8-sig", newline="")))
    by_group, measured = {}, 0
    for indicator in card["indicators"]:
        name = indicator["indicator"]
        lines = [i for i in items if i["indicator"] == name]
        same(f"{who} {name} items", [(i["id"], int(i["n"]), int(i["d"])) for i in lines], [(i["id"], i["n"], i["d"]) for i in indicator["items"]])
        n, d = sum(int(i["n"]) for i in lines), sum(int(i["d"]) for i in lines)
        score = 100 * n / d if d else None
        same(f"{who} {name}", (n, d, score), (indicator["n"], indicator["d"], indicator["score"]))
        [row] = [r for r in rows if r["department"] == who and r["kind"] == "indicator" and r["figure"] == name]
        same(f"{who} {name} csv", (int(row["n"]), int(row["d"]), float(row["score"]) if row["score"] else None), (n, d, score))
        by_group.setdefault(indicator["group"], [])
        if score is not None:
            by_group[indicator["group"]].append(score)
            measured += 1
        figures += 1
    sum_, of = 0.0, 0
    for group, weight in ((o["group"], o["weight"]) for o in told["order"]):
        score = mean(by_group[group])
        same(f"{who} {group}", score, card["groups"][group])
        [row] = [r for r in rows if r["department"] == who and r["kind"] == "group" and r["figure"] == group]
        same(f"{who} {group} csv", float(row["score"]) if row["score"] else None, score)
        if score is not None:
            sum_, of = sum_ + weight * score, of + weight
    same(f"{who} total", sum_ / of if of else None, card["total"])
    same(f"{who} measured", (measured, len(card["indicators"])), (card["measured"], card["of"]))


def published(path, key):
    file = root / path
    return json.loads(file.read_text(encoding="utf-8"))[key] if file.exists() else []


# What is counted once more from what is published elsewhere: letters that are shown by their own days, tasks by theirs.
rows = list(csv.DictReader((root / "scorecards" / "items.csv").open(encoding="utf-8-sig", newline="")))
letters = {l["url"]: l for l in published("feedback/letters.json", "letters")}
seen = 0
for row in rows:
    letter = letters.get(row["url"])
    if letter is None:
        continue
    state, kept = letter.get("status"), letter.get("within_limit")
    if row["indicator"] == "letters_limit":
        same(f"{row['url']} in time", int(row["n"]), int(kept == "yes"))
    if row["indicator"] == "letters_answered" and state in ("answered", "pending", "overdue"):
        same(f"{row['url']} answered", int(row["n"]), int(state == "answered" and bool(letter.get("reply"))))
    if row["indicator"] == "rating":
        same(f"{row['url']} rating", row["n"], letter["rating"])
    seen += 1
tasks = {}
for t in published("tasks/tasks.json", "tasks"):
    tasks[t["id"]] = t
for row in (r for r in rows if r["indicator"] == "tasks" and r["gone"] == "false"):
    task = tasks[row["id"]]
    same(row["id"], int(row["n"]), int(bool(task.get("done_on")) and task["done_on"] <= task["due"]))
    seen += 1
print(figures, "figures,", seen, "of them counted again from letters and tasks")
