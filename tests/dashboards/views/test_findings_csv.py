"""Files of findings are for people: times of the site with its zone's name, states in words."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dashboards.views.downloads import csv_bytes
from dashboards.views.findings_csv import csv_rows
from sql.warehouse.check_results import Moment, Result
from sql.warehouse.checks import all_checks
from sql.warehouse.findings import breach_ids
from sql.warehouse.settlements import Settlement
from tests.check_results import passed

BUDAPEST = ZoneInfo("Europe/Budapest")
KEY = "genealogy.mass_balance every_yield_is_within_tolerance"


def test_a_finding_says_its_times_in_the_sites_zone_and_who_settled_it_in_words() -> None:
    row = {"lot_code": "FG-1", "weight_kg": "5.000", "made_at": "2026-07-01T22:30:00+00:00"}
    found = replace(passed(KEY), breaches_count=1, rows=[row])
    check = all_checks()[KEY]
    looked_at = Moment(datetime(2026, 7, 2, 4, 0, tzinfo=UTC), 1, "")
    said = Settlement("EXPLAINED", "trimmed", "Anna", datetime(2026, 7, 2, 5, 0, tzinfo=UTC))
    results = [Result(check, found, looked_at, "r", True), Result(check)]
    rows = csv_rows(results, {breach_ids(found)[0]: said}, BUDAPEST)
    written = csv_bytes(rows, list(rows[0]), BUDAPEST).decode("utf-8-sig")

    told, never = csv.DictReader(io.StringIO(written))
    assert told["looked_at (Europe/Budapest)"] == "2026-07-02T06:00:00+02:00"
    assert json.loads(told["finding"]) == {
        "lot_code": "FG-1",
        "weight_kg": "5.000",
        "made_at (Europe/Budapest)": "2026-07-02T00:30:00+02:00",
    }
    assert told["settled"] == "explained by Anna, 2026-07-02 07:00 (Europe/Budapest): trimmed"
    assert (told["state"], never["state"]) == ("failed", "not checked")
    assert never["looked_at (Europe/Budapest)"] == ""
