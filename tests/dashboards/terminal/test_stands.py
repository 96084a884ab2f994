"""`lotline stands`: where a lot is, and was at a moment."""

import json
from datetime import UTC, datetime

from dashboards.commands.lots import register_lot
from dashboards.commands.places import move_lot, register_place
from tests.terminal import lotline

MADE = datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_the_terminal_says_where_a_lot_is_and_was(settings, record, people) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        for code in ("DOCK", "COLD"):
            register_place(transaction, by=by, place_code=code, name=f"The {code}")
        given = {"lot_code": "L-1", "weight_kg": 100, "place_code": "DOCK"}
        register_lot(transaction, by=by, happened_at=MADE, **given)
        then = MADE.replace(hour=10)
        move_lot(transaction, by=by, lot_code="L-1", to_place_code="COLD", happened_at=then)

    def places(*more):
        answer = lotline("stands", "L-1", "--format", "json", *more)
        assert answer.returncode == 0, answer.stderr
        return {row["place"]: row["at_least_kg"] for row in json.loads(answer.stdout)}

    assert places() == {"COLD The COLD": 100}
    assert places("--at", "2026-03-02T09:00:00Z") == {"DOCK The DOCK": 100}
    early = lotline("stands", "L-1", "--at", "2026-03-02T07:00:00Z")
    assert early.returncode == 0 and "had not come to be" in early.stderr
    missing = lotline("stands", "L-2")
    assert missing.returncode == 1 and "L-2 is not in the record" in missing.stderr
    ahead = lotline("stands", "L-1", "--at", "2999-01-01T00:00:00Z")
    assert ahead.returncode != 0 and "lies ahead" in ahead.stderr


def test_the_terminal_says_it_in_the_lots_own_unit_too(settings, record, people) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        for code in ("DOCK", "COLD"):
            register_place(transaction, by=by, place_code=code, name=f"The {code}")
        given = {"lot_code": "JARS", "quantity": 48, "unit": "jar", "place_code": "DOCK"}
        register_lot(transaction, by=by, happened_at=MADE, **given)
        gone = {"to_place_code": "COLD", "quantity": 30, "unit": "jar"}
        move_lot(transaction, by=by, lot_code="JARS", happened_at=MADE.replace(hour=10), **gone)

    answer = lotline("stands", "JARS", "--format", "csv").stdout.splitlines()

    assert (
        answer[0]
        == "place,at_least_kg,at_most_kg,place_code,at_least_quantity,at_most_quantity,unit"
    )
    assert sorted(line.split(",")[-2] for line in answer[1:]) == ["18.000", "30.000"]
