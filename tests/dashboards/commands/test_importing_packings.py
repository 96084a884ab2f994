"""An import's packings: what is in units follows from their order, and what can't be is refused."""

from decimal import Decimal as D

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.voids import Voidable, void_fact
from dashboards.imports.csv_folder import import_frames
from tests.dashboards.commands.test_importing import frame as frame_at
from tests.engines import ask

C, C2, P, WRONG = (
    "059012345000000012",
    "059012345000000029",
    "059012345000000036",
    "059012345000000011",
)
LATER, LATEST = "2026-03-10T09:00:00+01:00", "2026-03-11T09:00:00+01:00"


def frame(header, *rows):
    """Make a frame; `@@` stands for a time after `@`."""
    return frame_at(header, *[row.replace("@@", LATER) for row in rows])


LOTS = frame(
    "lot_code lot_type product_code weight_kg happened_at",
    *[f"{code} MIX - 100 @" for code in ("A", "B")],
)
HEAD = "sscc kind lot_code inner_sscc quantity_kg happened_at source_key"
PACKED = [
    f"{C} PACKED A - 30 @ k1",
    f"{C} PACKED B - - @ -",
    f"{C} UNPACKED A - 10 @@ k3",
    f"{P} PACKED - {C} - @@ -",
]


@pytest.fixture
def database(kept_database):
    return kept_database


def take(transaction, *rows, files=None, **more):
    frames = {"lots": LOTS, "packings": frame(HEAD, *rows), **(files or {})}
    return import_frames(transaction, frames, by=None, **more)


def refused(transaction, *rows, **more) -> list[tuple[int, str]]:
    with pytest.raises(ImportRejected) as refusal:
        take(transaction, *rows, **more)
    return [(one.line, f"{one.column}: {one.reason}") for one in refusal.value.rejections]


def inside(transaction) -> dict:
    return {
        (row[0], row[1] or row[2]): row[3]
        for row in ask(
            transaction,
            "select sscc, lot_code, inner_sscc, quantity_kg from packed"
            " left join lots using (lot_id)",
        ).fetchall()
    }


def test_what_is_in_units_follows_from_the_rows_and_the_same_rows_again_add_nothing(
    transaction,
) -> None:
    assert take(transaction, *PACKED)["packings"] == 4
    held = {(C, "A"): D(20), (C, "B"): None, (P, C): None}
    assert inside(transaction) == held
    assert take(transaction, *PACKED)["packings"] == 0
    assert inside(transaction) == held
    assert take(transaction, *PACKED, f"{P} UNPACKED - {C} - @@ -")["packings"] == 1
    assert (P, C) not in inside(transaction)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"{C} PACKED - - 5 @@ -", "lot_code: says neither which lot nor which unit"),
        (f"{P} PACKED A {C2} - @@ -", "inner_sscc: goes with lot A on one row"),
        (f"{C2} PACKED - {C2} - @@ -", "inner_sscc: can't be put into itself"),
        (f"{P} PACKED - {C2} 5 @@ -", "quantity_kg: is of a whole unit"),
        (f"{C} PACKED A - 0 @@ -", "quantity_kg: "),
        (f"{C} MOVED A - 5 @@ -", "kind: "),
        ("1234 PACKED A - 5 @@ -", "sscc: Pallet code (SSCC) must be the pallet's 18 digits"),
        (f"{C} PACKED NONE - 5 @@ -", "lot_code: is neither in the record"),
        (f"{C2} UNPACKED A - 5 @@ -", f"lot_code: is not in unit {C2} then"),
        (f"{C} UNPACKED A - 20.5 @@ -", f"quantity_kg: unit {C} holds 20 kg of lot A then"),
        (f"{C2} UNPACKED - {C} - @@ -", f"inner_sscc: is not in unit {C2} then"),
        (f"{C2} PACKED - {C} - @@ -", f"inner_sscc: stands on unit {P} then"),
        (f"{C} PACKED - {P} - @@ -", f"inner_sscc: can't be put into {C}, which stands in it"),
    ],
)
@pytest.mark.parametrize("is_held", [True, False])
def test_a_row_that_can_not_be_is_named_by_its_cell(transaction, row, said, is_held) -> None:
    """Told alike whether the record holds the rows before it or they stand in the same file."""
    if is_held:
        take(transaction, *PACKED)
    ((line, reason),) = refused(transaction, *PACKED, row)
    assert line == 6 and reason.startswith(said), reason
    assert len(inside(transaction)) == (3 if is_held else 0)


def shipped(at: str) -> dict:
    head = "shipment_code lot_code customer_code quantity_kg happened_at document sscc"
    return {
        "partners": frame("partner_code name role", "C1 Shop CUSTOMER"),
        "shipments": frame(head, f"S1 A C1 20 {at} - {P}"),
    }


def test_what_left_by_the_record_takes_nothing_more_unless_it_went_in_before(transaction) -> None:
    """The pallet left at @@; the case stands on it."""
    take(transaction, *PACKED, files=shipped("@@"))
    assert take(transaction, *PACKED, f"{C} PACKED A - 1 @ -")["packings"] == 1
    ((line, reason),) = refused(transaction, *PACKED, f"{C} PACKED A - 2 {LATEST} -")
    assert (line, reason.startswith("sscc: left with shipment S1")) == (6, True)


def test_a_key_corrects_a_packing_unless_later_entries_stand_on_it_or_it_left(transaction) -> None:
    take(transaction, *PACKED)
    changed = [PACKED[0].replace(" 30 ", " 35 "), *PACKED[1:]]
    assert "is in the record with 30 kg" in str(refused(transaction, *changed))
    ((line, reason),) = refused(transaction, *changed, corrects=True)
    assert line == 2 and "void those entries first" in reason.lower()
    last = [*PACKED[:2], PACKED[2].replace(" 10 ", " 12 "), PACKED[3]]
    take(transaction, *last, corrects=True)
    assert inside(transaction)[C, "A"] == 18
    take(transaction, *last, files=shipped("@@"))
    again = [*PACKED[:2], PACKED[2].replace(" 10 ", " 11 "), PACKED[3]]
    assert "left with shipment S1" in str(refused(transaction, *again, corrects=True))


def test_what_was_voided_is_passed_over_and_one_more_like_it_is_asked_about(
    transaction, people
) -> None:
    take(transaction, *PACKED[:2])
    (packing_id,) = ask(
        transaction, "select packing_id from packings where quantity_kg is null"
    ).fetchall()[0]
    void_fact(
        transaction,
        by=people["MANAGER"],
        kind=Voidable.PACKING,
        fact_id=packing_id,
        reason="another pallet's label",
    )
    passed = []
    assert take(transaction, *PACKED[:2], pass_over=passed.append)["packings"] == 0
    assert "another pallet's label" in passed[0].reason
    ((_, reason),) = refused(transaction, f"{C} PACKED A - 31 @ -")
    assert "lot A, PACKED in" in reason and "*Packing*" in reason


def test_a_wrong_check_digit_is_taken_and_told(transaction) -> None:
    told = []
    take(transaction, f"(00){WRONG} PACKED A - 5 @ -", warn=told.append)
    assert [(one.file, one.column) for one in told] == [("packings.csv", "sscc")]
    assert told[0].reason.endswith("may be misread. It is taken as it is.")
    assert inside(transaction) == {(WRONG, "A"): D(5)}
