"""Products, partners and runs are registered and changed; what was written stays readable."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.import_masters import Change, Standing, changed_masters
from dashboards.commands.import_plan import Plan
from dashboards.commands.lots import register_lot
from dashboards.commands.master_kinds import Master
from dashboards.commands.masters import change_master, register_master
from dashboards.commands.refusals import (
    BadValue,
    CorrectionRefused,
    NotFound,
    NotPermitted,
    Taken,
    ToConfirm,
)
from dashboards.commands.runs import close_run
from dashboards.imports.cells import checked
from dashboards.imports.csv_folder import import_frames
from dashboards.imports.given import Table
from sql.record.engine import DatabaseRole, Record
from tests.engines import ask
from tests.presence import present

GTIN, WRONG = "05991234000025", "05991234000026"
WHY = "the recipe has a new name"


def frame(header: str, *rows: str) -> pl.DataFrame:
    """Make a frame of text from cells with bars between; an empty one is null."""
    names = header.split()
    cells = [[cell or None for cell in row.split("|")] for row in rows]
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture
def product(transaction, by):
    said = {"name": "Mix", "gtin": None}
    return register_master(transaction, by=by, master=Master.PRODUCT, code="XR-M", said=said)


def known(transaction, master: Master, code: str):
    (row,) = transaction.all(f"known_{master}", codes=[code])
    return row


def change(transaction, by, **more):
    given = {"master": Master.PRODUCT, "code": "XR-M", "reason": WHY, "based_on": None}
    return change_master(transaction, by=by, **{**given, **more})


def test_a_product_gets_its_gtin_and_a_name_and_its_history_keeps_both(
    transaction, by, product
) -> None:
    change(transaction, by, said={"name": "Mix (new)", "gtin": GTIN})

    row = known(transaction, Master.PRODUCT, "XR-M")
    assert (row["name"], row["gtin"]) == ("Mix (new)", GTIN)
    first, second = transaction.all("history_of_products", id=product)
    assert (first["name"], first["gtin"], first["written_by"]) == ("Mix", None, by.full_name)
    assert (second["name"], second["gtin"], second["reason"]) == ("Mix (new)", GTIN, WHY)


def test_the_trail_keeps_the_old_values_beside_the_new(record, database, people) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_master(
            transaction, by=by, master=Master.PRODUCT, code="XR-M", said={"name": "Mix"}
        )
        based_on = change(transaction, by, said={"name": "Blend"})
        change(transaction, by, said={"name": "Blend", "gtin": GTIN}, based_on=based_on)
    with closing(Record(database, DatabaseRole.AUDITOR)) as auditing, auditing.snapshot() as asked:
        entries = ask(
            asked,
            "select before, after from audit.entries where table_name = 'product_revisions'"
            " order by entry_id",
        )
        told = [
            tuple((said["name"], said["gtin"]) for said in (before, after))
            for before, after in entries.fetchall()
        ]

    assert told == [(("Mix", None), ("Blend", None)), (("Blend", None), ("Blend", GTIN))]


def test_as_of_a_moment_the_old_values_are_known(record, people) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_master(
            transaction, by=by, master=Master.PRODUCT, code="XR-M", said={"name": "Mix"}
        )
    with record.transaction() as transaction:
        (then,) = present(ask(transaction, "select clock_timestamp()").fetchone())
    with record.transaction() as transaction:
        change(transaction, by, said={"name": "Blend"})

    with record.snapshot(as_of=then) as past:
        assert [row["name"] for row in past.all("products_known")] == ["Mix"]
    with record.snapshot() as now:
        assert [row["name"] for row in now.all("products_known")] == ["Blend"]


def test_a_reason_is_asked_for_once_a_lot_hangs_on_it(transaction, by, product) -> None:
    based_on = change(transaction, by, said={"name": "Blend"}, reason="")
    register_lot(transaction, by=by, lot_code="L", product_code="XR-M", weight_kg=1)

    with pytest.raises(BadValue, match="lots or shipments name it"):
        change(transaction, by, said={"name": "Other"}, reason="", based_on=based_on)


@pytest.mark.parametrize(
    ("more", "refusal", "words"),
    [
        ({"said": {"name": "Mix"}}, BadValue, "reads like that already"),
        ({"said": {"name": " "}}, BadValue, "must not be empty"),
        ({"said": {"name": "M", "gtin": "12AB"}}, BadValue, "8, 12, 13 or 14 digits"),
        (
            {"said": {"name": "M", "gtin": WRONG}},
            ToConfirm,
            "check digit of GTIN",
        ),
        ({"said": {"name": "M"}, "reason": "short"}, BadValue, "at least 10 characters"),
        ({"said": {"name": "M"}, "code": "NONE"}, NotFound, "Product NONE is not in the record"),
        ({"said": {"name": "M"}, "based_on": 7}, CorrectionRefused, "was changed meanwhile"),
        (
            {"said": {"name": "M", "role": "FRIEND"}, "master": Master.PARTNER},
            BadValue,
            "must be one of SUPPLIER CUSTOMER SITE",
        ),
        (
            {
                "master": Master.RUN,
                "said": {
                    "status": "ACTIVE",
                    "started_at": datetime(2026, 3, 2, tzinfo=UTC),
                    "ended_at": datetime(2026, 3, 1, tzinfo=UTC),
                },
            },
            BadValue,
            "lies before started_at",
        ),
    ],
)
def test_what_can_not_be_taken_is_refused_and_nothing_changes(
    transaction, by, product, more, refusal, words
) -> None:
    with pytest.raises(refusal, match=words):
        change(transaction, by, **more)
    assert known(transaction, Master.PRODUCT, "XR-M")["name"] == "Mix"


def test_a_code_in_use_is_refused_and_so_is_who_may_not(transaction, people, by, product) -> None:
    new = {"master": Master.PRODUCT, "code": "XR-M", "said": {"name": "Other"}}
    with pytest.raises(NotPermitted):
        register_master(transaction, by=people["OPERATOR"], **new)
    with pytest.raises(NotPermitted):
        change(transaction, people["AUDITOR"], said={"name": "Other"})
    with pytest.raises(Taken, match="Product XR-M exists already"):
        register_master(transaction, by=by, **new)


def test_a_run_is_opened_and_closed_once(transaction, by) -> None:
    begin = datetime.now(UTC) - timedelta(hours=2)
    said = {"status": "ACTIVE", "daily_target_kg": D(1000), "started_at": begin}
    register_master(transaction, by=by, master=Master.RUN, code="R-1", said=said)

    closed = close_run(transaction, by=by, run_code="R-1", reason=None, based_on=None)

    row = known(transaction, Master.RUN, "R-1")
    assert (row["status"], row["daily_target_kg"]) == ("COMPLETED", D(1000))
    assert row["ended_at"] > row["started_at"] == begin
    with pytest.raises(BadValue, match="is completed already"):
        close_run(transaction, by=by, run_code="R-1", reason=None, based_on=closed)


# Imports: what changed is a correction to confirm.

PARTNERS = "partner_code name role address phone email"
BEFORE = {
    "products": frame("product_code name", "XR-M|Mix"),
    "partners": frame(PARTNERS, "XR-C|Sample Customer|CUSTOMER|||"),
    "production_runs": frame(
        "run_code status started_at ended_at", "R-1|ACTIVE|2026-03-09T06:00:00+01:00|"
    ),
}
AFTER = {
    "products": frame("product_code name gtin", f"XR-M|Mix (new recipe name)|{GTIN}", "XR-N|New|"),
    "partners": frame(
        PARTNERS,
        "XR-C|Sample Customer|SUPPLIER|1 New Street, Sampletown|+36 1 555 0100|recall@a.example",
    ),
    "production_runs": frame(
        "run_code status started_at ended_at",
        "R-1|COMPLETED|2026-03-09T06:00:00+01:00|2026-03-09T18:00:00+01:00",
    ),
}


def test_a_preview_says_what_is_new_and_what_would_change(transaction) -> None:
    import_frames(transaction, BEFORE, by=None)
    files = {
        stem: checked(Table(stem, rows, stem), ZoneInfo("UTC"))[0] for stem, rows in AFTER.items()
    }

    found = {row.code: row for row in changed_masters(transaction, files)}

    assert {code: row.standing for code, row in found.items()} == {
        "XR-M": Standing.CHANGED,
        "XR-N": Standing.NEW,
        "XR-C": Standing.CHANGED,
        "R-1": Standing.CHANGED,
    }
    assert found["XR-M"].changes == (
        Change("name", "Mix", "Mix (new recipe name)"),
        Change("gtin", None, GTIN),
    )
    assert found["XR-C"].changes[0] == Change("role", "CUSTOMER", "SUPPLIER;CUSTOMER")
    assert [change.column for change in found["R-1"].changes] == ["status", "ended_at"]


def test_an_import_asks_about_what_changed_and_changes_it_once_confirmed(transaction) -> None:
    import_frames(transaction, BEFORE, by=None)
    with pytest.raises(ImportRejected) as refusal:
        import_frames(transaction, AFTER, by=None)
    assert len(refusal.value.rejections) == 8
    assert all(one.is_change for one in refusal.value.rejections)

    plan = Plan()
    added = import_frames(transaction, AFTER, by=None, corrects=True, plan=plan)

    assert (added["products"], added["partners"]) == (1, 0)
    assert plan.corrected == {"products": 1, "partners": 1, "production_runs": 1}
    customer = known(transaction, Master.PARTNER, "XR-C")
    assert (customer["role"], customer["phone"]) == ("SUPPLIER;CUSTOMER", "+36 1 555 0100")
    assert known(transaction, Master.RUN, "R-1")["status"] == "COMPLETED"
    (_first, last) = transaction.all("history_of_partners", id=customer["id"])
    assert last["from_import"] and last["reason"] == "found changed by an import"
    # The same again changes nothing, and empty cells take nothing away.
    import_frames(transaction, AFTER, by=None)
    less = {"partners": frame(PARTNERS, "XR-C|Sample Customer|CUSTOMER|||")}
    import_frames(transaction, less, by=None)
    assert known(transaction, Master.PARTNER, "XR-C")["phone"] == "+36 1 555 0100"
    # Back to an earlier value is a change too, for an import said the later one.
    with pytest.raises(ImportRejected, match=r"is in the record with Mix \(new"):
        import_frames(transaction, BEFORE, by=None)


def test_the_file_that_a_mended_product_came_from_stays_good(transaction, by) -> None:
    import_frames(transaction, BEFORE, by=None)
    change(transaction, by, said={"name": "Mended by hand"})

    import_frames(transaction, BEFORE, by=None)

    assert known(transaction, Master.PRODUCT, "XR-M")["name"] == "Mended by hand"


def test_a_run_that_would_end_before_it_started_is_refused(transaction) -> None:
    import_frames(transaction, BEFORE, by=None)
    early = frame("run_code status ended_at", "R-1|COMPLETED|2026-03-01T06:00:00+01:00")

    with pytest.raises(ImportRejected, match="would end before it started"):
        import_frames(transaction, {"production_runs": early}, by=None, corrects=True)
