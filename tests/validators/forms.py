"""Opens every form.xlsx of a built site with openpyxl: drop-downs lead to the values of the dictionary, the second kind of
sheet explains, nothing is a macro or a formula. tests/validators/forms.py SITE... (openpyxl of PyPI)"""

import json
import pathlib
import sys

import openpyxl


def form(path):
    book = openpyxl.load_workbook(path, keep_vba=True)
    assert book.vba_archive is None or not any("vba" in n.lower() for n in book.vba_archive.namelist()), "macros"
    visible = [s for s in book if s.sheet_state == "visible"]
    assert len(visible) >= 2, "a sheet to fill in and one that explains"
    told = {c.value for row in visible[-1].iter_rows() for c in row}
    lists = 0
    for sheet in visible[:-1]:
        heads = [c.value for c in sheet[1]]
        assert heads and all(isinstance(h, str) for h in heads) and set(heads) <= told, heads
        assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row), "a formula in a cell"
        for rule in sheet.data_validations.dataValidation:
            if rule.type != "list":
                continue
            name, cells = rule.formula1.lstrip("=").rsplit("!", 1)
            values = [c.value for row in book[name.strip("'")][cells.replace("$", "")] for c in (row if isinstance(row, tuple) else (row,))]
            assert values and all(v is not None for v in values), rule.formula1
            lists += 1
    return len(visible) - 1, lists


def main():
    sheets = lists = forms = 0
    for site in sys.argv[1:]:
        for path in sorted(pathlib.Path(site).rglob("form.xlsx")):
            a, b = form(path)
            forms, sheets, lists = forms + 1, sheets + a, lists + b
    print(json.dumps({"forms": forms, "sheets": sheets, "drop-downs": lists}))
    sys.exit(0 if forms else 1)


main()
