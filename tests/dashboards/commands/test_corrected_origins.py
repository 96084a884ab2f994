"""A supplier, its code for a lot and a run: put right where they were wrong, and still readable."""

from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from dashboards.commands.corrections import Corrected
from dashboards.commands.import_files import ImportRejected
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import BadValue, NotFound
from dashboards.imports.csv_folder import import_frames
from sql.genealogy.lot_choice import lots_meant
from sql.genealogy.trace import trace
from sql.vocabulary import Direction
from tests.plants import correct_as_known
from tests.presence import present

AT = datetime(2026, 1, 15, 8, tzinfo=UTC)
WHY = "typed wrong on arrival"


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture(autouse=True)
def plant(record, by) -> None:
    """Make two suppliers, a customer, a run, and a lot of one supplier."""
    with record.transaction() as transaction:
        partners = [("S1", "Farm", "SUPPLIER"), ("S2", "Other", "SUPPLIER"), ("C", "C", "CUSTOMER")]
        transaction.copy("facts.partners", ["partner_code", "name", "role"], partners)
        transaction.copy("facts.production_runs", ["run_code"], [("RUN-1",)])
        register_lot(
            transaction,
            by=by,
            lot_code="A",
            lot_type="RAW",
            weight_kg=10,
            supplier_code="S1",
            supplier_lot_code="P-4417",
            happened_at=AT,
        )


def correct(record, by, weight: Any = 10, **origin: Any) -> None:
    with record.transaction() as transaction:
        corrected = Corrected(None, weight, None, None, AT, **origin)
        correct_as_known(transaction, by=by, lot_code="A", corrected=corrected, reason=WHY)


def shown(snapshot) -> tuple:
    lot = present(snapshot.one("lot_shown", lot_code="A"))
    return lot["supplier_code"], lot["supplier_lot_code"], lot["run_code"]


def found(snapshot, typed: str) -> list[str]:
    [meant] = lots_meant(snapshot, [typed])
    return [lot["lot_code"] for lot in meant.found.lots]


def test_a_suppliers_code_typed_wrong_is_found_by_the_right_one_alone(record, by) -> None:
    moment = datetime.now(UTC)
    correct(record, by, supplier_lot_code="P-4471")
    with record.snapshot() as snapshot:
        assert shown(snapshot) == ("S1", "P-4471", None)
        assert (found(snapshot, "p 4471"), found(snapshot, "P-4417")) == (["A"], [])
        assert (found(snapshot, "lot P-4471"), found(snapshot, "447")) == (["A"], ["A"])
        assert present(trace(snapshot, "A", Direction.BOTH)).lot["supplier_lot_code"] == "P-4471"
        listed = snapshot.all("corrections_of_lot", lot_id=1)
    assert [row["supplier_lot_code"] for row in listed] == ["P-4417", "P-4471"]
    with record.snapshot(as_of=moment) as then:
        assert shown(then) == ("S1", "P-4417", None)
        assert (found(then, "P-4471"), found(then, "P-4417")) == ([], ["A"])


def test_what_a_correction_leaves_alone_stays_and_what_it_empties_goes(record, by) -> None:
    correct(record, by, supplier_code="S2", run_code="RUN-1")
    correct(record, by, weight=9)
    with record.snapshot() as snapshot:
        assert shown(snapshot) == ("S2", "P-4417", "RUN-1")
    correct(record, by, weight=9, supplier_code=None, supplier_lot_code=" ", run_code=None)
    with record.snapshot() as snapshot:
        assert shown(snapshot) == (None, None, None)


@pytest.mark.parametrize(
    ("origin", "refusal", "said"),
    [
        ({"supplier_code": "S3"}, NotFound, "S3"),
        ({"supplier_code": "C"}, BadValue, "is a CUSTOMER"),
        ({"run_code": "RUN-2"}, NotFound, "RUN-2"),
        ({"supplier_lot_code": "(01)05991234000015(10)X"}, BadValue, "label"),
        ({"supplier_lot_code": "P-4417"}, BadValue, "reads like that already"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_written(record, by, origin, refusal, said) -> None:
    with pytest.raises(refusal, match=said):
        correct(record, by, **origin)
    with record.snapshot() as snapshot:
        assert len(snapshot.all("corrections_of_lot", lot_id=1)) == 1


def test_a_spoilt_code_that_was_put_right_leaves_no_trace_in_doubt_and_a_new_one_does(
    record, by
) -> None:
    for code, damaged in (("2.02611E+11", ["A"]), ("202611000123", [])):
        correct(record, by, supplier_lot_code=code)
        with record.snapshot() as snapshot:
            rows = snapshot.all("damaged_identifiers", lot_ids=[1])
        assert [row["lot_code"] for row in rows] == damaged


def test_an_import_asks_about_another_origin_and_corrects_it_when_told(record, by) -> None:
    origin = {"supplier_code": "S2", "supplier_lot_code": "P-4471", "run_code": "RUN-1"}
    same = {"lot_type": "RAW", "product_code": None, "weight_kg": "10"}
    names = ["lot_code", *same, "happened_at", *origin]
    row = ["A", *same.values(), AT.isoformat(), *origin.values()]
    files = {"lots": pl.DataFrame([row], schema=dict.fromkeys(names, pl.String), orient="row")}
    with record.transaction() as transaction:
        with pytest.raises(ImportRejected) as asked:
            import_frames(transaction, files, by=by)
        assert {one.column for one in asked.value.rejections} == set(origin)
        assert all("with --correct" in one.reason for one in asked.value.rejections)
        import_frames(transaction, files, by=by, corrects=True)
        assert shown(transaction) == ("S2", "P-4471", "RUN-1")
        again = import_frames(transaction, files, by=by)
    assert again["lots"] == 0
