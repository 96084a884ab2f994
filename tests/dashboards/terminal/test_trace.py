"""What `lotline trace` says of a stopped lot: how sure each number is, what to hold, whom to call.

R, 100 kg from Farm, is on HOLD. 10 kg of it went into M, all of which went into F; an unknown
amount went into N. 4 kg of F's 10 were shipped. So of R at most 90 kg are left, of F 6, of N its 5.
"""

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.settlements import settle_finding
from dashboards.commands.shipments import record_shipment
from tests.check_results import passed, write_results
from tests.plants import just_confirmed
from tests.terminal import lotline

SHIPPED = "quality.lot_dispositions no_held_or_failed_lot_was_shipped"
BREACH = {"lot_code": "F", "shipment_code": "S-1"}


@pytest.fixture
def stopped(settings, record, people) -> None:
    by = people["OPERATOR"]
    with record.transaction() as transaction:
        transaction.copy(
            "facts.partners",
            ["partner_code", "name", "role", "phone"],
            [
                ("CUS", "Kebab Palota", "CUSTOMER", "+36 1 555 0100"),
                ("SUP", "Farm", "SUPPLIER", "+36 30 555 0200"),
            ],
        )
        register_lot(
            transaction,
            by=by,
            lot_code="R",
            lot_type="RAW",
            weight_kg=100,
            supplier_code="SUP",
            supplier_lot_code="P-4471",
            metadata={"place": "Cold store 1"},
        )
        for code, kind, weight, parent in [
            ("M", "MIX", 10, Parent("R", 10)),
            ("N", "MIX", 5, Parent("R")),
            ("F", "FG", 10, Parent("M", 10)),
        ]:
            register_lot(
                transaction, by=by, lot_code=code, lot_type=kind, weight_kg=weight, parents=[parent]
            )
        signed = just_confirmed(people["MANAGER"])
        decide(
            transaction,
            by=people["MANAGER"],
            lot_code="F",
            decision="PASS",
            gate_id=8,
            confirmation=signed,
        )
        record_shipment(
            transaction,
            by=by,
            shipment_code="S-1",
            lot_code="F",
            customer_code="CUS",
            quantity_kg=4,
        )
        decide(transaction, by=by, lot_code="R", decision="HOLD", notes="waits for the laboratory")


def test_it_prints_what_to_hold_and_whom_to_call(stopped) -> None:
    ended = lotline("trace", "R")
    said = ended.stdout

    assert "4 rows; times: Europe/Budapest" in ended.stderr
    here = "3 lots here: at most 101 kg; 1 on HOLD or rejected already; 2 lots to hold."
    assert here in said
    assert "Cold store 1" in said and "not recorded" in said
    assert "Customers to call: 1" in said
    (customer,) = [line.split() for line in said.splitlines() if "Kebab Palota" in line]
    assert customer == ["Kebab", "Palota", "CUS", "4.000", "1", "+36", "1", "555", "0100"]
    assert "Lots that suppliers delivered: 1" in said
    (supplier,) = [line for line in said.splitlines() if "Farm" in line and "+36 30" in line]
    assert "P-4471" in supplier

    back = lotline("trace", "R", "--direction", "back").stdout
    assert "Customers" not in back
    assert "suppliers" not in lotline("trace", "R", "--direction", "forward").stdout


def test_it_says_what_stops_each_lot_and_that_at_most_is_at_most(stopped) -> None:
    rows = list(csv.DictReader(lotline("trace", "R", "--format", "csv").stdout.splitlines()))

    lots = {row["lot_code"]: row for row in rows}
    assert {code: row["disposition"] for code, row in lots.items()} == {
        "R": "On HOLD",
        "M": "Stopped by origin",
        "N": "Stopped by origin",
        "F": "Stopped by origin",
    }
    assert {code: (row["on_hand_kg"], row["on_hand_at_most_kg"]) for code, row in lots.items()} == {
        "R": ("", "90.000"),
        "M": ("0.000", ""),
        "N": ("5.000", ""),
        "F": ("6.000", ""),
    }
    table = lotline("trace", "R").stdout
    assert "on_hand_at_most_kg" in table
    assert table.count("came out") == 3 and table.count("this lot") == 1
    assert table.count("Stopped by origin") == 3 and table.count("On HOLD") == 1


def test_json_tells_the_list_from_the_kilograms_and_holds_the_whole_answer(
    stopped, settings, record
) -> None:
    write_results(settings.home, record=record)
    whole = json.loads(lotline("trace", "R", "--format", "json").stdout)

    verdict = whole["verdict"]
    assert (verdict["is_whole"], verdict["is_complete"]) == (True, False)
    assert {gap["kind"]: (gap["lot_codes"], gap["bears_on"]) for gap in verdict["gaps"]} == {
        "unknown_quantity": (["N"], "kilograms"),
        "unknown_output": (["R"], "kilograms"),
    }
    assert [lot["lot_code"] for lot in whole["here"]] == ["R", "N", "F"]
    assert whole["here"][0]["place"] == "Cold store 1"
    assert [row["customer_code"] for row in whole["customers"]] == ["CUS"]
    assert [row["supplier_lot_code"] for row in whole["deliveries"]] == ["P-4471"]


def test_what_is_known_of_the_lots_beside_the_answer_is_printed_and_who_settled_it(
    stopped, settings, record, people
) -> None:
    found = replace(passed(SHIPPED), breaches_count=1, rows=[BREACH])
    write_results(settings.home, found, record=record)
    said = lotline("trace", "R").stdout
    assert "✓ The list is whole" in said
    assert "What else is known about these lots:" in said
    assert "“no held or failed lot was shipped”" in said and "settled:" not in said

    table, _, rule = SHIPPED.partition(" ")
    with record.transaction() as transaction:
        settle_finding(
            transaction,
            by=people["MANAGER"],
            table=table,
            rule=rule,
            row=BREACH,
            kind="EXPLAINED",
            reason="the customer was called",
        )
    said = lotline("trace", "R").stdout
    assert "settled: explained by Manager on" in said and "the customer was called" in said


def test_csv_carries_the_verdict_in_the_file_and_says_it_beside_it(stopped) -> None:
    ended = lotline("trace", "R", "--format", "csv")
    rows = list(csv.DictReader(ended.stdout.splitlines()))

    assert "Not complete" in ended.stderr and "have not looked at" in ended.stderr
    assert {row["verdict"] for row in rows} == {"Not complete: the list may lack lots"}
    assert all(datetime.fromisoformat(row["as_known_at"]).tzinfo for row in rows)


@pytest.fixture
def before_and_after(stopped, record, people) -> str:
    """Return a moment; 2 kg of N went to the customer after it."""
    moment = datetime.now(UTC).isoformat()
    with record.transaction() as transaction:
        customer = transaction.connection.execute("select partner_id from partners").fetchall()
        of_lot = transaction.value("lot_id_by_code", lot_code="N")
        transaction.copy(
            "facts.shipments",
            ["shipment_code", "lot_id", "customer_id", "quantity_kg", "happened_at"],
            [("S-2", of_lot, customer[0]["partner_id"], 2, datetime.now(UTC))],
        )
    return moment


def test_an_answer_as_of_a_moment_names_it_and_says_what_came_since(before_and_after) -> None:
    asked = ("trace", "R", "--direction", "forward", "--as-of", before_and_after)
    moment = datetime.fromisoformat(before_and_after)
    local = f"{moment.astimezone(ZoneInfo('Europe/Budapest')):%Y-%m-%d %H:%M}"

    said = lotline(*asked).stdout
    assert f"As known on {local} (Europe/Budapest), not as now." in said
    assert "Since then 0 lots came into the answer" in said
    assert "shipment added" in said and "S-2" in said

    beside = lotline(*asked, "--format", "csv")
    assert f"As known on {local}" in beside.stderr and "Since then" in beside.stderr
    stamps = {row["as_known_at"] for row in csv.DictReader(beside.stdout.splitlines())}
    assert {datetime.fromisoformat(stamp) for stamp in stamps} == {moment}

    whole = json.loads(lotline(*asked, "--format", "json").stdout)
    question = whole["question"]
    assert (question["direction"], question["lots"]) == ("forward", ["R"])
    assert datetime.fromisoformat(question["as_of"]) == moment
    assert datetime.fromisoformat(question["asked_at"]) > moment
    assert [row["change"] for row in whole["since"]["changes"]] == ["shipment added"]
    assert "since" in whole and not whole["since"]["joined"]


def test_json_of_now_says_what_was_asked_and_nothing_since(stopped) -> None:
    whole = json.loads(lotline("trace", "R", "--format", "json").stdout)

    assert whole["question"]["direction"] == "both"
    assert whole["question"]["as_of"] is None and whole["since"] is None
