"""Results are kept as they were measured, with a sign or as a word, and judged against limits."""

from decimal import Decimal as D

import polars as pl
import pytest
from sqlalchemy import text

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.lots import register_lot
from dashboards.commands.readings import record_reading
from dashboards.commands.refusals import BadValue
from dashboards.commands.results import Result, result, result_words, unit_of
from dashboards.imports.csv_folder import import_frames
from sql.record.engine import DatabaseRole, Record
from tests.cases import each_of
from tests.engines import ask, engine_of
from tests.plants import gate_id_of
from tests.presence import present

AT = "2026-03-09T06:30:00+01:00"


@each_of(
    ("typed", "kept"),
    [
        ("<10", Result("<", D(10))),
        ("< 10", Result("<", D(10))),
        (">300000", Result(">", D(300000))),
        ("<=5,5", Result("≤", D("5.5"))),
        ("≥ 1.2E+04", Result("≥", D(12000))),
        ("1.2E+04", Result(None, D(12000))),
        ("1,2", Result(None, D("1.2"))),
        (6, Result(None, D(6))),
        ("not detected", Result(word="not detected")),
        ("Not  Detected", Result(word="not detected")),
        ("DETECTED", Result(word="detected")),
        ("not detected in 25 g", Result(word="not detected", sought_in="in 25 g")),
        ("OK", Result(word="ok")),
        ("", None),
        (None, None),
    ],
)
def test_a_result_is_a_number_a_signed_one_or_a_word(typed, kept) -> None:
    assert result(typed, "value") == kept


@each_of(
    ("typed", "code"),
    [(typed, "RESULT") for typed in ("fine", "<", "<<10", "10<", "~10", "<ten", "detected?", "-<5")]
    + [("<1,000", "TWO_READINGS"), ("1e99", "LENGTH"), ("<0." + "0" * 12 + "1", "PLACES")]
    + [("1e12", BadValue.code), ("-1e12", BadValue.code), (D("-1e12"), BadValue.code)],
)
def test_anything_else_is_no_result(typed, code) -> None:
    with pytest.raises(BadValue) as refusal:
        result(typed, "value")
    assert (refusal.value.field, refusal.value.code) == ("value", code)


def test_a_word_says_what_it_was_looked_for_in_and_a_number_its_unit() -> None:
    detected = Result(word="detected")
    for unit in ("/25 g", "in 25 g", "25 g", "in  25 g"):
        assert unit_of(detected, unit, "unit") == "in 25 g", unit
    assert unit_of(Result(word="detected", sought_in="in 25 g"), None, "unit") == "in 25 g"
    assert unit_of(Result(word="ok"), None, "unit") == ""
    with pytest.raises(BadValue, match="differ"):
        unit_of(Result(word="detected", sought_in="in 25 g"), "in 10 g", "unit")
    with pytest.raises(BadValue, match="must not be empty"):
        unit_of(Result("<", D(10)), None, "unit")


JUDGED = [
    # result, at least, at most, must be, within
    ("5", None, "5", None, True),
    ("5.1", None, "5", None, False),
    ("<10", None, "100", None, True),
    ("<10", None, "10", None, True),
    ("<10", None, "5", None, None),
    ("<10", "10", None, None, False),
    ("<10", "5", None, None, None),
    ("<10", "20", "100", None, False),
    ("<10", "0", "100", None, None),
    ("≤10", "10", None, None, None),
    ("≤10", None, "10", None, True),
    (">300000", None, "100000", None, False),
    (">300000", None, "300000", None, False),
    ("≥300000", None, "300000", None, None),
    (">300000", None, "500000", None, None),
    (">300000", "100", None, None, True),
    (">5", "5", "9", None, None),
    ("not detected", None, None, "not detected", True),
    ("detected", None, None, "not detected", False),
    ("detected", None, "100", None, None),
    ("3", None, None, "not detected", None),
    ("3", None, None, None, None),
]


@each_of(("typed", "lowest", "highest", "wanted", "within"), JUDGED)
def test_a_sign_stands_for_all_numbers_on_its_side(
    transaction, typed, lowest, highest, wanted, within
) -> None:
    """Nobody is told within or outside where the numbers that it may be differ."""
    found = present(result(typed, "value"))
    judged = ask(
        transaction,
        "select result_within(:s, :v, :w, :l, :u, :wanted), result_words(:s, :v, :w)",
        s=found.sign,
        v=found.value,
        w=found.word,
        l=None if lowest is None else D(lowest),
        u=None if highest is None else D(highest),
        wanted=wanted,
    ).fetchall()

    assert judged == [(within, typed)]
    assert result_words(found.sign, found.value, found.word) == typed


LAB = [
    ("Enterobacteriaceae", "<10", "CFU/g"),
    ("TVC", ">300000", "CFU/g"),
    ("Salmonella", "not detected", "/25 g"),
    ("Listeria", "detected", "/25 g"),
    ("TVC", "1.2E+04", "CFU/g"),
    ("TVC", "1,2", "log CFU/g"),
    ("appearance", "OK", None),
]
KEPT = {
    ("Enterobacteriaceae", "<10", "CFU/g"),
    ("TVC", ">300000", "CFU/g"),
    ("Salmonella", "not detected", "in 25 g"),
    ("Listeria", "detected", "in 25 g"),
    ("TVC", "12000", "CFU/g"),
    ("TVC", "1.2", "log CFU/g"),
    ("appearance", "ok", ""),
}


def readings_frame(rows) -> dict[str, pl.DataFrame]:
    names = ["lot_code", "characteristic", "value", "unit", "happened_at"]
    cells = [("LAB", *row, AT) for row in rows]
    return {"readings": pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")}


def shown(transaction) -> set[tuple[str, str, str]]:
    number = known_lot(transaction, "LAB", "lot_code")["lot_id"]
    rows = transaction.all("readings_of_lot", lot_id=number)
    return {(row["characteristic"], row["result"], row["unit"]) for row in rows}


def test_what_a_laboratory_sends_comes_in_as_measured_and_once(transaction, people) -> None:
    register_lot(transaction, by=people["OPERATOR"], lot_code="LAB", lot_type="FG")

    assert import_frames(transaction, readings_frame(LAB), by=None)["readings"] == 7
    assert import_frames(transaction, readings_frame(LAB), by=None)["readings"] == 0
    assert shown(transaction) == KEPT


def test_a_number_without_a_unit_and_a_word_nobody_knows_are_named(transaction, people) -> None:
    register_lot(transaction, by=people["OPERATOR"], lot_code="LAB", lot_type="FG")
    with pytest.raises(ImportRejected) as refusal:
        import_frames(
            transaction, readings_frame([("TVC", "5", None), ("odour", "fine", None)]), by=None
        )

    found = {(one.line, one.column) for one in refusal.value.rejections}
    assert found == {(2, "unit"), (3, "value")}


def test_what_is_typed_is_kept_as_an_import_keeps_it(transaction, people) -> None:
    by = people["OPERATOR"]
    register_lot(transaction, by=by, lot_code="LAB", lot_type="FG")
    for characteristic, value, unit in LAB:
        record_reading(
            transaction,
            by=by,
            lot_code="LAB",
            characteristic=characteristic,
            value=value,
            unit=unit,
        )
    assert shown(transaction) == KEPT


def test_listeria_detected_is_outside_a_limit_that_asks_for_not_detected(
    record, people, database
) -> None:
    owner = Record(database, DatabaseRole.OWNER)
    with engine_of(owner).begin() as connection:
        connection.execute(
            text(
                "insert into facts.gate_limits (gate_id, characteristic, unit, word) select"
                " gate_id, 'Listeria', 'in 25 g', 'not detected' from qc_gates"
                " where gate_number = 8"
            )
        )
    owner.close()
    by = people["OPERATOR"]
    with record.transaction() as opened:
        register_lot(opened, by=by, lot_code="LAB", lot_type="FG")
        for value in ("detected in 25 g", "not detected"):
            record_reading(
                opened,
                by=by,
                lot_code="LAB",
                characteristic="Listeria",
                value=value,
                unit="25 g",
                gate_id=gate_id_of(opened, 8),
            )
        number = known_lot(opened, "LAB", "lot_code")["lot_id"]
        rows = opened.all("readings_of_lot", lot_id=number)

    assert {row["result"]: row["within"] for row in rows} == {
        "detected": False,
        "not detected": True,
    }
    assert {row["wanted_word"] for row in rows} == {"not detected"}
