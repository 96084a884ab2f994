"""A finding is settled with person and reason; a changed one is open again."""

import pytest

from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.refusals import BadValue, FindingNotSettled, NotPermitted
from dashboards.commands.settlements import settle_finding
from dashboards.views.verdicts import lines
from sql.genealogy.gaps import GapKind, Verdict
from sql.genealogy.trace import trace
from sql.vocabulary import Direction
from sql.warehouse.check_results import Moment
from sql.warehouse.findings import breach_id
from sql.warehouse.open_findings import OpenBreach, OpenFindings
from sql.warehouse.settlements import settlements_of
from tests.check_results import looked_at
from tests.presence import present

TABLE, RULE = "genealogy.mass_balance", "no_lot_gives_out_more_than_it_holds"
WHY = "weighed on the other scale"
BREACH = {"lot_code": "A", "too_much_kg": "0.351"}


@pytest.fixture
def plant(record, people):
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="A", weight_kg=100)
        register_lot(transaction, by=by, lot_code="B", weight_kg=90, parents=[Parent("A", 90)])
    return by


def say(record, by, kind: str = "EXPLAINED", row: dict | None = None, **other) -> int:
    about = {"table": TABLE, "rule": RULE, "row": row or BREACH, "kind": kind, "reason": WHY}
    with record.transaction() as transaction:
        return settle_finding(transaction, by=by, **{**about, **other})


def verdict(record, row: dict) -> Verdict:
    """Trace A, of which the last checks found this row."""
    open_row = OpenBreach(RULE, breach_id(TABLE, RULE, row))
    findings = OpenFindings(Moment(**looked_at(record)), {"A": (open_row,)})
    with record.snapshot() as snapshot:
        return present(trace(snapshot, "B", Direction.BACK, findings)).verdict


def test_a_settled_finding_is_not_open_and_the_verdict_says_by_whom(record, plant) -> None:
    assert [gap.kind for gap in verdict(record, BREACH).gaps] == [GapKind.OPEN_FINDING]
    say(record, plant)

    after = verdict(record, BREACH)
    assert after.is_complete and not after.gaps
    assert [found.lot_codes for found in after.settled] == [("A",)]
    (line,) = [line for line in lines(after) if "settled" in line]
    assert "explained by Manager on" in line and WHY in line and "at A" in line


def test_a_changed_breach_is_open_again(record, plant) -> None:
    say(record, plant)

    after = verdict(record, BREACH | {"too_much_kg": "0.352"})
    assert [gap.kind for gap in after.gaps] == [GapKind.OPEN_FINDING] and not after.settled


def test_a_settled_finding_can_be_opened_again(record, plant) -> None:
    with pytest.raises(FindingNotSettled, match="is open"):
        say(record, plant, "REOPENED")
    say(record, plant, "ACKNOWLEDGED")
    say(record, plant, "REOPENED")

    assert [gap.kind for gap in verdict(record, BREACH).gaps] == [GapKind.OPEN_FINDING]


def test_the_last_word_counts_and_settling_changes_nothing_about_a_lot(record, plant) -> None:
    before = OpenFindings(Moment(**looked_at(record)), {})
    say(record, plant, "ACKNOWLEDGED")
    say(record, plant, "EXPLAINED", reason="the supplier sent a corrected note")

    with record.snapshot() as snapshot:
        named = breach_id(TABLE, RULE, BREACH)
        (said,) = settlements_of(snapshot, [named]).values()
        after = present(trace(snapshot, "B", Direction.BACK, before)).verdict
    assert (said.kind, said.settled_by) == ("EXPLAINED", "Manager")
    assert said.reason == "the supplier sent a corrected note"
    assert after.is_complete and not after.gaps


def test_a_settlement_is_in_the_trail_with_its_breach_and_reason(record, plant) -> None:
    settlement_id = say(record, plant)

    with record.snapshot() as snapshot:
        row = snapshot.connection.execute(
            "select rule_name, breach, reason, operator_id from facts.finding_settlements"
        ).fetchone()
        assert row == {
            "rule_name": f"{TABLE} {RULE}",
            "breach": BREACH,
            "reason": WHY,
            "operator_id": plant.user_id,
        }
    assert settlement_id == 1


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"reason": "too short"}, BadValue),
        ({"kind": "FORGOTTEN"}, BadValue),
        ({"rule": "no_such_rule"}, FindingNotSettled),
        ({"rule": "one_row_for_each_lot_id"}, FindingNotSettled),
    ],
)
def test_what_cannot_be_settled_is_refused(record, plant, other, refusal) -> None:
    with pytest.raises(refusal):
        say(record, plant, **other)


def test_an_operator_settles_nothing(record, plant, people) -> None:
    with pytest.raises(NotPermitted):
        say(record, people["OPERATOR"])
