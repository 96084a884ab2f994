"""Of a lot kept in pieces, record, edition and arithmetic tell one number of pieces."""

import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sql.movements import MovementKind
from sql.record.engine import Record
from tests import plants
from tests.engines import ask, undone

EXAMPLES = int(os.environ.get("LOTLINE_TEST_EXAMPLES", "60"))
THEN = datetime(2026, 1, 15, 8, tzinfo=UTC)
COLUMNS = (
    "given_out_quantity",
    "given_out_at_least_quantity",
    "on_hand_quantity",
    "on_hand_at_most_quantity",
    "overdrawn_quantity",
)
KILOGRAMS = ("on_hand_kg", "on_hand_at_most_kg", "overdrawn_kg", "overdrawn_at_least_kg")

# Pieces, or kilograms alone; and how many hours after the lot was made.
amounts = st.one_of(st.none(), st.integers(1, 9).map(D))
KINDS = ["USED", "SHIPPED", *MovementKind]
happenings = st.lists(st.tuples(st.sampled_from(KINDS), amounts, st.integers(0, 4)), max_size=7)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Keep one working file for all examples."""
    path = tmp_path_factory.mktemp("kept") / "working.duckdb"
    with closing(plants.empty_warehouse(path, "Europe/Budapest")) as warehouse:
        yield warehouse


def by_hand(happened: list[tuple[str, D | None, int]]) -> dict[str, D | None]:
    """Walk through what happened to 20 pieces, in the order of the floor and then of recording."""
    left, is_sure, is_at_most = D(20), True, True
    used, shipped, back, all_known, back_known = D(0), D(0), D(0), True, True
    start_known = True
    order = sorted(enumerate(happened), key=lambda one: (one[1][2], one[0]))
    for _, (kind, pieces, _hour) in order:
        if kind == "DOWNGRADED":
            continue
        if kind == "COUNTED":
            start_known = pieces is not None
            left, is_sure, is_at_most = pieces or D(0), True, True
            continue
        all_known = all_known and pieces is not None
        is_sure = is_sure and pieces is not None
        if kind == "RETURNED":
            back_known = back_known and pieces is not None
            is_at_most = is_at_most and pieces is not None
            back += pieces or 0
            left += pieces or 0
        else:
            shipped += (pieces or 0) if kind == "SHIPPED" else 0
            used += (pieces or 0) if kind != "SHIPPED" else 0
            left -= pieces or 0
    at_least = used + (max(shipped - back, D(0)) if back_known else D(0))
    return {
        "given_out_quantity": used + shipped - back if all_known else None,
        "given_out_at_least_quantity": None if all_known else at_least,
        "on_hand_quantity": left if start_known and is_sure and left >= 0 else None,
        "on_hand_at_most_quantity": (
            left if start_known and not is_sure and is_at_most and left >= 0 else None
        ),
        "overdrawn_quantity": -left if start_known and is_at_most and left < 0 else None,
    }


def written(happened: list[tuple[str, D | None, int]]) -> dict[str, list[dict]]:
    """Write a lot of 20 pieces, 10 kg, and what happened to it; half a kilogram a piece."""
    tables: dict[str, list[dict]] = {
        "lots": [
            {"lot_id": 1, "lot_code": "L1", "weight_kg": D(10), "quantity": D(20), "unit": "pcs"},
            {"lot_id": 2, "lot_code": "L2", "weight_kg": D(1), "quantity": None, "unit": None},
        ],
        "lot_genealogy": [],
        "shipments": [],
        "movements": [],
    }
    line = {"lot_id": 1, "customer_id": 900, "shipment_code": "S"}
    for at, (kind, pieces, hour) in enumerate(happened, 1):
        said = {
            "quantity": pieces,
            "unit": None if pieces is None else "pcs",
            "quantity_kg": D(1) if pieces is None else None if at % 3 == 0 else pieces / 2,
            "happened_at": THEN + timedelta(hours=hour),
            "recorded_at": THEN + timedelta(hours=9, seconds=at),
        }
        if kind == "USED":
            tables["lot_genealogy"].append(
                {"link_id": at, "parent_lot_id": 1, "child_lot_id": 2, **said}
            )
        elif kind == "SHIPPED":
            tables["shipments"].append({"shipment_id": at, **line, **said})
        else:
            of = 900 if kind == "RETURNED" else None
            tables["movements"].append(
                {"movement_id": at, "lot_id": 1, "kind": kind, "shipment_id": of, **said}
            )
    for lot in tables["lots"]:
        lot |= {"happened_at": THEN, "recorded_at": THEN}
    if any(row["shipment_id"] for row in tables["movements"]):
        nowhere = {"quantity": None, "unit": None, "quantity_kg": D(99)}
        past = {"happened_at": THEN - timedelta(hours=1), "recorded_at": THEN}
        tables["shipments"].append({"shipment_id": 900, **line, "lot_id": 2, **nowhere, **past})
    return tables


@settings(max_examples=EXAMPLES, deadline=None)
@given(happened=happenings)
def test_record_edition_and_arithmetic_tell_one_number_of_pieces(
    owner: Record, kept, happened
) -> None:
    tables = written(happened)
    with undone(owner) as transaction:
        ask(transaction, "set local session_replication_role = replica")
        ask(
            transaction,
            "insert into facts.partners (partner_id, partner_code, name, role)"
            " overriding system value values (900, 'C', 'C', 'CUSTOMER')",
        )
        for table, rows in tables.items():
            if rows:
                transaction.copy(
                    f"facts.{table}", list(rows[0]), [tuple(row.values()) for row in rows]
                )
        names = ", ".join((*COLUMNS, *KILOGRAMS))
        told = ask(
            transaction,
            f"select {names} from lots cross join unit_balance(1, quantity, unit)"
            " cross join lot_balance(1, weight_kg) where lot_id = 1",
        ).fetchone()
        live = dict(zip((*COLUMNS, *KILOGRAMS), present_row(told), strict=True))
    for table, rows in tables.items():
        plants.fill(kept, table, rows)
    plants.build(
        kept, "genealogy.movement_sums", "genealogy.mass_balance", "genealogy.unit_balance"
    )
    (pieces,) = kept.rows("genealogy.unit_balance").to_dicts()
    weighed = kept.rows("genealogy.mass_balance").filter(lot_id=1).to_dicts()[0]

    assert {name: live[name] for name in COLUMNS} == by_hand(happened)
    assert {name: pieces[name] for name in COLUMNS} == by_hand(happened)
    assert {name: weighed[name] for name in KILOGRAMS} == {n: live[n] for n in KILOGRAMS}
    if last_count_is_unweighed(happened):
        assert set(weighed[name] for name in KILOGRAMS) == {None}


def present_row(row) -> tuple:
    assert row is not None
    return tuple(row)


def last_count_is_unweighed(happened: list[tuple[str, D | None, int]]) -> bool:
    """Tell whether the last count said pieces and no kilograms."""
    counts = [
        (hour, at, pieces)
        for at, (kind, pieces, hour) in enumerate(happened, 1)
        if kind == "COUNTED"
    ]
    if not counts:
        return False
    _hour, at, pieces = max(counts, key=lambda one: one[:2])
    return pieces is not None and at % 3 == 0
