"""No plant's process is compiled in: no type of lots is named in the product's code."""

import csv
import re

from tests.house.source import ROOT, path_of

# What tells of one plant on purpose: the templates, what a record begins with, the made-up plant.
OF_ONE_PLANT = ("dashboards/templates/", "dashboards/demo/", "sql/postgres/migrations/")


def test_no_type_of_lots_stands_in_the_products_code() -> None:
    kebab = ROOT / "dashboards" / "templates" / "kebab" / "lot_types.csv"
    with kebab.open(encoding="utf-8") as file:
        types = [row["lot_type"] for row in csv.DictReader(file)]
    named = re.compile(rf"['\"]({'|'.join(types)})['\"]")
    found = {
        f"{path_of(file)}: {match[1]}"
        for package in ("dashboards", "pipelines", "sql")
        for kind in ("*.py", "*.sql")
        for file in (ROOT / package).rglob(kind)
        if not path_of(file).startswith(OF_ONE_PLANT)
        for match in named.finditer(file.read_text(encoding="utf-8"))
    }

    assert len(types) == 7
    assert found == set()
