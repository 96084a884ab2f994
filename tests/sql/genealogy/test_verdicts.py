"""The verdict on a trace: complete only when the record leaves nothing open about its lots."""

import pytest
from sqlalchemy import text

from dashboards.commands.lots import Parent, register_lot
from sql.genealogy.gaps import Bearing, Gap, GapKind, Verdict
from sql.genealogy.trace import trace
from sql.record.engine import DatabaseRole, Record
from sql.vocabulary import Direction
from sql.warehouse.check_results import Moment
from sql.warehouse.open_findings import OpenBreach, OpenFindings
from sql.warehouse.rules import rules_about_lots
from tests.check_results import looked_at
from tests.engines import engine_of
from tests.presence import present


def sound(record, **broken: tuple[str, ...]) -> OpenFindings:
    """Say that every check looked at the record as it is now, and which are broken at which lot."""
    named = {
        code: tuple(OpenBreach(name, name) for name in names) for code, names in broken.items()
    }
    return OpenFindings(Moment(**looked_at(record)), named, rules_about_lots())


@pytest.fixture
def plant(record, people):
    """Write A -> B -> C and X -> C, every kilogram known."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="A", weight_kg=100)
        register_lot(transaction, by=by, lot_code="X", weight_kg=100)
        register_lot(transaction, by=by, lot_code="B", weight_kg=90, parents=[Parent("A", 60)])
        register_lot(
            transaction,
            by=by,
            lot_code="C",
            weight_kg=40,
            parents=[Parent("B", 30), Parent("X", 10)],
        )
    return by


@pytest.fixture
def write(database):
    """Make a function that writes past every guard, as only the owner can."""
    owner = Record(database, DatabaseRole.OWNER)

    def run(statement: str) -> None:
        with engine_of(owner).begin() as connection:
            connection.execute(text("set local session_replication_role = replica"))
            connection.execute(text(statement))

    yield run
    owner.close()


def gaps(
    record, lot_code: str, direction=Direction.BOTH, findings: OpenFindings | None | bool = True
) -> list[tuple]:
    """Say what is open; by default about a record that was just checked without a finding."""
    findings = sound(record) if isinstance(findings, bool) else findings
    with record.snapshot() as snapshot:
        verdict = present(trace(snapshot, lot_code, direction, findings)).verdict
    in_doubt = {gap.kind.bearing for gap in verdict.gaps} - {Bearing.LOTS}
    assert verdict.is_complete == (not in_doubt)
    assert verdict.is_whole == (Bearing.LIST not in in_doubt)
    return [(gap.kind, *gap.lot_codes) for gap in verdict.gaps]


def test_a_sound_answer_is_complete(record, plant) -> None:
    assert gaps(record, "A") == []


@pytest.mark.parametrize(
    ("asked", "direction", "expected"),
    [
        ("A", Direction.FORWARD, [(GapKind.UNKNOWN_QUANTITY, "C")]),
        (
            "C",
            Direction.BACK,
            [(GapKind.UNKNOWN_QUANTITY, "C"), (GapKind.UNKNOWN_OUTPUT, "X")],
        ),
        ("B", Direction.BACK, []),
        ("C", Direction.FORWARD, []),
    ],
)
def test_unknown_kilograms_are_named_where_the_answer_counts_them(
    record, plant, write, asked, direction, expected
) -> None:
    """X is outside A's answer, but how much of it is in C tells how much of A is."""
    write("update facts.lot_genealogy set quantity_kg = null where parent_lot_id = 2")

    assert gaps(record, asked, direction) == expected


def test_an_unknown_weight_is_named(record, plant, write) -> None:
    write("update facts.lots set weight_kg = null where lot_code = 'B'")

    assert gaps(record, "C") == [(GapKind.UNKNOWN_WEIGHT, "B")]


def test_an_unknown_shipment_is_named(record, plant, write) -> None:
    write("insert into facts.partners (partner_code, name, role) values ('K', 'Shop', 'CUSTOMER')")
    write(
        "insert into facts.shipments (shipment_code, lot_id, customer_id, happened_at) "
        "values ('S', 4, 1, now())"
    )

    assert gaps(record, "A") == [(GapKind.UNKNOWN_SHIPMENT, "C")]


@pytest.mark.parametrize(
    ("happened", "recorded", "is_late"),
    [
        pytest.param("0 hours", "25 hours", True, id="a day after the lot and the deed"),
        pytest.param("0 hours", "23 hours", False, id="the same day"),
        pytest.param("24 hours", "25 hours", False, id="written down when it happened"),
    ],
)
def test_a_parent_added_long_after_is_late(
    record, plant, write, happened, recorded, is_late
) -> None:
    write(
        "update facts.lot_genealogy "
        f"set happened_at = happened_at + interval '{happened}', "
        f"recorded_at = recorded_at + interval '{recorded}' where parent_lot_id = 2"
    )
    write("update facts.lot_genealogy set recorded_at = recorded_at - interval '2 days'")
    write("update facts.lot_genealogy set happened_at = happened_at - interval '2 days'")
    write("update facts.lots set recorded_at = recorded_at - interval '2 days'")

    assert gaps(record, "C", Direction.BACK) == ([(GapKind.LATE_LINK, "C")] if is_late else [])
    with record.snapshot() as snapshot:
        links = present(trace(snapshot, "C", Direction.BACK)).links
    assert [link["parent_lot_code"] for link in links if link["is_late"]] == (
        ["X"] if is_late else []
    )


def test_open_findings_name_the_lots_and_the_checks(record, plant) -> None:
    found = sound(record, B=("too_warm",), C=("too_late", "too_warm"), Z=("other",))
    with record.snapshot() as snapshot:
        verdict = present(trace(snapshot, "A", Direction.FORWARD, found)).verdict

    assert verdict.gaps == (Gap(GapKind.OPEN_FINDING, ("B", "C"), ("too_late", "too_warm")),)
    assert verdict.gaps[0].checks_of == {"B": ("too_warm",), "C": ("too_late", "too_warm")}


def test_what_is_about_the_lots_alone_leaves_the_answer_complete(record, plant) -> None:
    """A late decision, or a descendant of a rejected lot that was shipped, takes no lot away."""
    broken = {
        "A": ("no_decision_came_more_than_a_week_after_its_lot",),
        "C": ("no_descendant_of_a_held_or_failed_lot_was_shipped",),
    }
    found = sound(record, **broken)
    with record.snapshot() as snapshot:
        verdict = present(trace(snapshot, "A", Direction.FORWARD, found)).verdict

    assert verdict.is_whole and verdict.is_complete
    assert verdict.about(Bearing.LOTS) == (
        Gap(
            GapKind.LOT_FINDING,
            ("A", "C"),
            (
                "no_decision_came_more_than_a_week_after_its_lot",
                "no_descendant_of_a_held_or_failed_lot_was_shipped",
            ),
        ),
    )


def test_a_rule_about_links_or_kilograms_puts_the_list_in_doubt(record, plant) -> None:
    broken = {"B": ("no_lot_gives_out_more_than_it_holds",)}
    found = sound(record, **broken)
    with record.snapshot() as snapshot:
        verdict = present(trace(snapshot, "A", Direction.FORWARD, found)).verdict

    assert not verdict.is_whole and not verdict.is_complete
    assert [gap.kind for gap in verdict.about(Bearing.LIST)] == [GapKind.OPEN_FINDING]


def test_lots_on_a_circle_and_behind_it_are_named(record, plant, write) -> None:
    write(
        "insert into facts.lot_genealogy (parent_lot_id, child_lot_id, quantity_kg, happened_at) "
        "values (3, 1, 1, now())"
    )

    assert (GapKind.CIRCLE, "A", "B") in gaps(record, "C", Direction.BACK)


def test_an_import_of_old_history_is_not_late(record, plant, write) -> None:
    """Lot and link came together: no trace before gave another answer."""
    write("update facts.lot_genealogy set happened_at = happened_at - interval '60 days'")

    assert gaps(record, "C") == []


def test_what_is_open_bears_on_the_list_on_kilograms_or_on_the_lots_alone() -> None:
    """A late parent and a rule about a lot itself take no lot off the list (sql/domain.md)."""
    kilograms = {
        GapKind.CIRCLE,
        GapKind.UNKNOWN_QUANTITY,
        GapKind.UNKNOWN_WEIGHT,
        GapKind.UNKNOWN_SHIPMENT,
        GapKind.UNKNOWN_OUTPUT,
    }
    alone = {GapKind.LOT_FINDING, GapKind.FOUND_LATER, GapKind.LATE_LINK}
    for kind in GapKind:
        answer = Verdict((Gap(kind, ("L",)),))
        assert answer.is_whole == (kind in kilograms | alone), kind
        assert answer.is_complete == (kind in alone), kind
