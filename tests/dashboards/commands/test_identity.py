"""A fact has an identity of its own: recorded again it is known, asked about, or a correction."""

from datetime import datetime

import polars as pl
import psycopg
import pytest

from dashboards.commands.corrections import Corrected, correct_lot
from dashboards.commands.import_files import ImportRejected
from dashboards.commands.links import link_lots
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import BadValue, ShipmentRefused, ToConfirm
from dashboards.commands.shipments import record_shipment
from dashboards.commands.voids import Voidable, void_fact, void_lot
from dashboards.imports.csv_folder import import_frames
from tests.engines import ask

AT = "2026-03-09T06:30:00+01:00"
LATER = "2026-03-10T06:30:00+01:00"
WHY = "another lot was meant"
HEADERS = {
    "genealogy": "parent_lot_code child_lot_code quantity_kg happened_at source_key",
    "readings": "lot_code characteristic value unit happened_at source_key",
    "qc_decisions": "lot_code decision happened_at notes source_key",
    "shipments": "shipment_code lot_code customer_code quantity_kg happened_at sscc source_key",
    "movements": "lot_code kind quantity_kg happened_at source_key",
}
ONE = {
    "genealogy": "RAW MIX 40 @ {key}",
    "readings": "MIX core_temperature 3.1 C @ {key}",
    "qc_decisions": "MIX PASS @ seen {key}",
    "shipments": "SH1 MIX C1 60 @ - {key}",
    "movements": "MIX WASTE 6 @ {key}",
}
OTHER = {
    "genealogy": "RAW MIX 42 @ {key}",
    "readings": "MIX core_temperature 31 C @ {key}",
    "qc_decisions": "MIX PASS @ other {key}",
    "shipments": "SH1 MIX C1 66 @ - {key}",
    "movements": "MIX WASTE 7 @ {key}",
}
IN_THE_RECORD = {
    "genealogy": "link RAW → MIX is in the record with 40 kg",
    "readings": "core_temperature of MIX is in the record with 3.1 C",
    "qc_decisions": "the PASS of MIX is in the record with other words",
    "shipments": "shipment SH1 of MIX is in the record with 60 kg",
    "movements": "WASTE of MIX is in the record with 6 kg",
}
TABLES = {"genealogy": "lot_genealogy"}
PALLET = "059991234500000012"


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture(autouse=True)
def plant(transaction, by):
    """Two lots of 100 kg and two customers."""
    for code in ("C1", "C2"):
        ask(
            transaction,
            "insert into facts.partners (partner_code, name, role)"
            f" values ('{code}', 'Shop {code}', 'CUSTOMER')",
        )
    for code in ("RAW", "MIX"):
        register_lot(transaction, by=by, lot_code=code, lot_type="MIX", weight_kg=100)


def frame(stem, *rows):
    """Make a frame of text; `@` and `@@` stand for times, `-` for nothing."""
    names = HEADERS[stem].split()
    signs = {"@": AT, "@@": LATER, "-": None}
    cells = [[signs.get(cell, cell) for cell in row.format(key="-").split()] for row in rows]
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")


def take(transaction, stem, *rows, corrects=False, again=False, passed=None) -> int:
    told = [] if passed is None else passed
    return import_frames(
        transaction,
        {stem: frame(stem, *rows)},
        by=None,
        corrects=corrects,
        again=again,
        pass_over=told.append,
    )[stem]


WRITTEN = {"genealogy": "42", "readings": "31", "qc_decisions": "PASS", "shipments": "66"} | {
    "movements": "7"
}


def refused(transaction, stem, *rows, corrects=False, again=False):
    with pytest.raises(ImportRejected) as refusal:
        take(transaction, stem, *rows, corrects=corrects, again=again)
    if rows == (OTHER[stem],):
        assert [one.value for one in refusal.value.rejections] == [WRITTEN[stem]]
    return [(one.line, one.column, one.reason) for one in refusal.value.rejections]


def standing(transaction, stem) -> int:
    table = TABLES.get(stem, stem)
    return ask(transaction, f"select count(*) from {table}").fetchall()[0][0]


@pytest.mark.parametrize("stem", list(HEADERS))
def test_a_row_that_differs_only_in_what_was_measured_is_refused_naming_the_fact(
    transaction, stem
) -> None:
    assert take(transaction, stem, ONE[stem]) == 1
    assert take(transaction, stem, ONE[stem]) == 0

    ((line, _column, reason),) = refused(transaction, stem, OTHER[stem])
    assert line == 2
    assert reason.startswith(IN_THE_RECORD[stem])
    assert standing(transaction, stem) == 1


@pytest.mark.parametrize("stem", list(HEADERS))
def test_a_second_line_beside_the_one_the_file_repeats_is_one_more(transaction, stem) -> None:
    """The source still has the first: what differs is another tub, probe, note or pallet."""
    take(transaction, stem, ONE[stem])

    assert take(transaction, stem, OTHER[stem], ONE[stem]) == 1
    assert take(transaction, stem, ONE[stem], OTHER[stem]) == 0
    assert standing(transaction, stem) == 2


@pytest.mark.parametrize("stem", ["genealogy", "readings", "shipments", "movements"])
def test_a_known_key_with_other_content_corrects_once_it_is_confirmed(transaction, stem) -> None:
    one, other = ONE[stem].replace("{key}", "K1"), OTHER[stem].replace("{key}", "K1")
    assert take(transaction, stem, one) == 1
    assert take(transaction, stem, one, corrects=True) == 0

    ((_line, column, reason),) = refused(transaction, stem, other)
    assert column == "source_key"
    assert reason.startswith(IN_THE_RECORD[stem]) and "--correct" in reason

    assert take(transaction, stem, other, corrects=True) == 1
    assert standing(transaction, stem) == 1
    assert take(transaction, stem, other) == 0


@pytest.mark.parametrize("stem", ["genealogy", "readings", "shipments", "movements"])
def test_a_row_without_key_that_equals_what_the_file_corrects_is_one_more(
    transaction, stem
) -> None:
    """What is voided by the same file holds no row; each fact that stands holds one."""
    one, other = ONE[stem].replace("{key}", "K1"), OTHER[stem].replace("{key}", "K1")
    take(transaction, stem, one)

    assert take(transaction, stem, other, ONE[stem], corrects=True) == 2
    assert standing(transaction, stem) == 2
    assert take(transaction, stem, ONE[stem], one.replace("K1", "K2")) == 1
    assert standing(transaction, stem) == 3


@pytest.mark.parametrize("stem", ["genealogy", "readings", "shipments", "movements"])
def test_a_known_key_that_goes_back_to_an_earlier_value_is_a_correction_like_any(
    transaction, stem
) -> None:
    """What stands under the key decides; that the value stood there once says nothing."""
    one, other = ONE[stem].replace("{key}", "K1"), OTHER[stem].replace("{key}", "K1")
    take(transaction, stem, one)
    take(transaction, stem, other, corrects=True)

    ((line, column, reason),) = refused(transaction, stem, one)
    assert (line, column) == (2, "source_key")
    assert WRITTEN[stem] in reason and "--correct" in reason

    assert take(transaction, stem, one, corrects=True) == 1
    assert standing(transaction, stem) == 1
    assert take(transaction, stem, one) == 0
    assert take(transaction, stem, other, corrects=True) == 1


def test_a_shipment_that_went_to_another_customer_and_back_goes_where_the_last_file_says(
    transaction,
) -> None:
    first, second, third = (
        "SH1 MIX C1 60 @ - K1",
        "SH1 MIX C1 66 @ - K1",
        "SH1 MIX C2 55 @ - K1",
    )
    take(transaction, "shipments", first)
    take(transaction, "shipments", second, corrects=True)
    take(transaction, "shipments", third, corrects=True)

    for earlier in (second, first):
        ((_line, _column, reason),) = refused(transaction, "shipments", earlier)
        assert reason.startswith("shipment SH1 of MIX is in the record with 55 kg to C2.")
    assert take(transaction, "shipments", first, corrects=True) == 1
    where = "select partner_code, quantity_kg from shipments join partners"
    where += " on partner_id = customer_id"
    assert ask(transaction, where).fetchall() == [("C1", 60)]


VOIDING = {
    "genealogy": ("link_voids (link_id", "link_id from lot_genealogy"),
    "readings": ("reading_voids (reading_id", "reading_id from readings"),
    "shipments": ("shipment_voids (shipment_id", "shipment_id from shipments"),
    "movements": ("movement_voids (movement_id", "movement_id from movements"),
    "qc_decisions": ("decision_withdrawals (decision_id", "decision_id from qc_decisions"),
}


def void_all(transaction, stem) -> None:
    table, what = VOIDING[stem]
    number, _, source = what.partition(" ")
    ask(
        transaction,
        f"insert into facts.{table}, reason) select {number}, '{WHY}' {source}",
    )


@pytest.mark.parametrize("key", ["K1", "-"])
@pytest.mark.parametrize("stem", list(HEADERS))
def test_a_row_that_equals_a_voided_fact_is_passed_over_and_said_to_be(
    transaction, stem, key
) -> None:
    row, passed = ONE[stem].replace("{key}", key), []
    take(transaction, stem, row)
    void_all(transaction, stem)

    for corrects in (False, True):
        assert take(transaction, stem, row, corrects=corrects, passed=passed) == 0
    assert [one.line for one in passed] == [2, 2]
    assert WHY in passed[0].reason and "passed over" in passed[0].reason
    assert standing(transaction, stem) == 0


@pytest.mark.parametrize("key", ["K1", "-"])
@pytest.mark.parametrize("stem", ["genealogy", "readings", "shipments", "movements"])
def test_what_was_voided_by_mistake_is_taken_again_where_that_is_asked_for(
    transaction, stem, key
) -> None:
    row, passed = ONE[stem].replace("{key}", key), []
    take(transaction, stem, row)
    void_all(transaction, stem)

    assert take(transaction, stem, row, again=True, passed=passed) == 1
    assert take(transaction, stem, row, again=True, passed=passed) == 0
    assert standing(transaction, stem) == 1 and passed == []


@pytest.mark.parametrize("stem", ["genealogy", "readings", "shipments", "movements"])
def test_what_was_voided_is_not_taken_again_beside_what_took_its_place(transaction, stem) -> None:
    take(transaction, stem, ONE[stem])
    void_all(transaction, stem)
    take(transaction, stem, OTHER[stem])

    ((_line, _column, reason),) = refused(transaction, stem, ONE[stem], again=True)
    assert WRITTEN[stem] in reason and "void that one on its lot's page first" in reason
    assert standing(transaction, stem) == 1


def test_a_withdrawn_decision_is_never_taken_again(transaction) -> None:
    row, passed = ONE["qc_decisions"].replace("{key}", "K1"), []
    take(transaction, "qc_decisions", row)
    void_all(transaction, "qc_decisions")

    assert take(transaction, "qc_decisions", row, again=True, passed=passed) == 0
    assert "was withdrawn" in passed[0].reason
    assert "Decide about the lot again on its page." in passed[0].reason


def test_of_a_key_that_names_nothing_now_what_was_voided_last_is_known_and_no_earlier_value(
    transaction,
) -> None:
    rows = [f"RAW MIX {kilograms} @ K1" for kilograms in (40, 42)]
    take(transaction, "genealogy", rows[0])
    take(transaction, "genealogy", rows[1], corrects=True)
    void_all(transaction, "genealogy")

    assert take(transaction, "genealogy", rows[1]) == 0
    assert take(transaction, "genealogy", rows[0]) == 1


def test_a_lot_that_was_voided_or_corrected_since_is_passed_over_and_said_to_be(
    transaction, by
) -> None:
    lots = pl.DataFrame(
        [["GONE", "MIX", None, "5", AT], ["LESS", "MIX", None, "5", AT]],
        schema=dict.fromkeys(
            ["lot_code", "lot_type", "product_code", "weight_kg", "happened_at"], pl.String
        ),
        orient="row",
    )
    passed = []

    def again() -> int:
        files = {"lots": lots}
        return import_frames(transaction, files, by=None, pass_over=passed.append)["lots"]

    assert again() == 2 and again() == 0 and passed == []
    void_lot(transaction, by=by, lot_code="GONE", reason=WHY)
    now = datetime.fromisoformat(AT)
    correct_lot(
        transaction,
        by=by,
        lot_code="LESS",
        reason=WHY,
        based_on=None,
        corrected=Corrected(None, "4", None, None, now),
    )

    assert again() == 0
    assert [(one.line, one.column, one.value) for one in passed] == [
        (2, "lot_code", "GONE"),
        (3, "weight_kg", "5"),
    ]
    assert passed[0].reason.startswith("was voided in the record")
    assert passed[1].reason.startswith("was corrected in the record since, to 4")


def test_a_corrected_import_leaves_one_link_of_42_and_one_line_of_66(transaction, by) -> None:
    take(transaction, "genealogy", ONE["genealogy"])
    take(transaction, "shipments", ONE["shipments"])
    (link,) = ask(transaction, "select link_id from lot_genealogy").fetchall()
    (line,) = ask(transaction, "select shipment_id from shipments").fetchall()
    void_fact(transaction, by=by, kind=Voidable.LINK, fact_id=link[0], reason=WHY)
    void_fact(transaction, by=by, kind=Voidable.SHIPMENT, fact_id=line[0], reason=WHY)

    take(transaction, "genealogy", OTHER["genealogy"])
    take(transaction, "shipments", OTHER["shipments"])
    assert take(transaction, "genealogy", ONE["genealogy"]) == 0
    assert take(transaction, "shipments", ONE["shipments"]) == 0

    kilograms = "select quantity_kg from {}"
    assert ask(transaction, kilograms.format("lot_genealogy")).fetchall() == [(42,)]
    assert ask(transaction, kilograms.format("shipments")).fetchall() == [(66,)]


def test_a_decision_is_corrected_by_withdrawing_it_and_never_by_an_import(transaction) -> None:
    keyed = [row["qc_decisions"].replace("{key}", "K1") for row in (ONE, OTHER)]
    take(transaction, "qc_decisions", keyed[0])

    for corrects in (False, True):
        ((_line, _column, reason),) = refused(
            transaction, "qc_decisions", keyed[1], corrects=corrects
        )
        assert "A decision is withdrawn on its lot's page, signed." in reason


def test_a_key_names_one_fact_of_its_file(transaction) -> None:
    rows = ["RAW MIX 1 @ K1", "RAW MIX 2 @ K1"]

    assert refused(transaction, "genealogy", *rows) == [
        (3, "source_key", "stands on line 2 already. A key names one fact.")
    ]


def test_facts_of_two_keys_are_two_even_where_all_else_is_equal(transaction) -> None:
    assert take(transaction, "genealogy", "RAW MIX 5 @ K1", "RAW MIX 5 @ K2") == 2
    assert take(transaction, "genealogy", "RAW MIX 6 @ K3") == 1


def test_a_shipment_has_one_customer_in_the_file_and_in_the_record(transaction) -> None:
    rows = ["S1 MIX C1 1 @ - -", "S1 RAW C2 1 @ - -"]
    ((line, column, reason),) = refused(transaction, "shipments", *rows)
    assert (line, column) == (3, "customer_code")
    assert "on line 2 it goes to C1" in reason

    take(transaction, "shipments", rows[0])
    ((line, column, reason),) = refused(transaction, "shipments", rows[1])
    assert (line, column) == (2, "customer_code")
    assert "in the record it goes to C1" in reason


def test_a_corrected_delivery_note_is_no_second_delivery(transaction) -> None:
    """A shipment leaves once: its line at another time, or now with a pallet, is the same line."""
    take(transaction, "shipments", "SH1 MIX C1 60 @ - -")

    assert len(refused(transaction, "shipments", "SH1 MIX C1 60 @@ - -")) == 1
    assert len(refused(transaction, "shipments", f"SH1 MIX C1 60 @ {PALLET} -")) == 1
    two = [f"SH2 MIX C1 5 @ {PALLET} -", "SH2 MIX C1 5 @ 059991234500000029 -"]
    assert take(transaction, "shipments", two[0]) == take(transaction, "shipments", two[1]) == 1


@pytest.mark.parametrize(("kilograms", "said"), [("40", "40 kg"), ("-", "an unknown amount")])
def test_a_link_corrected_only_in_its_time_is_no_second_link(transaction, kilograms, said) -> None:
    """40 kg at another hour may be the same tub; the source says so with the first, or by a key."""
    early, late = f"RAW MIX {kilograms} @ -", f"RAW MIX {kilograms} @@ -"
    assert take(transaction, "genealogy", early) == 1

    ((line, column, reason),) = refused(transaction, "genealogy", late)
    assert (line, column) == (2, "happened_at")
    assert reason.startswith(f"link RAW → MIX is in the record with {said}, 2026-03-09 06:30")
    assert "void that one on its lot's page first" in reason
    assert standing(transaction, "genealogy") == 1
    assert take(transaction, "genealogy", early, late) == 1


def test_equal_links_of_two_keys_at_two_times_are_two(transaction) -> None:
    assert take(transaction, "genealogy", "RAW MIX 5 @ K1") == 1
    assert take(transaction, "genealogy", "RAW MIX 5 @@ K2") == 1


def test_0_kg_is_no_movement_and_nothing_is_unknown(transaction, by) -> None:
    for stem, row in (("genealogy", "RAW MIX 0 @ -"), ("shipments", "S MIX C1 0.000 @ - -")):
        ((_line, column, reason),) = refused(transaction, stem, row)
        assert column == "quantity_kg" and "0 kg: nothing moved" in reason
    assert take(transaction, "genealogy", "RAW MIX - @ -") == 1
    with pytest.raises(BadValue, match="nothing moved"):
        link_lots(transaction, by=by, parent_lot_code="RAW", child_lot_code="MIX", quantity_kg="0")
    with pytest.raises(BadValue, match="nothing moved"):
        ship(transaction, by, 0)


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        (
            "insert into facts.lot_genealogy"
            " (parent_lot_id, child_lot_id, quantity_kg, happened_at)"
            " select min(lot_id), max(lot_id), 0, now() from lots",
            "link_moves_more_than_0_kg",
        ),
        (
            "insert into facts.shipments (shipment_code, lot_id, customer_id, quantity_kg,"
            " happened_at) select 'S', min(lot_id), 1, 0, now() from lots",
            "shipment_moves_more_than_0_kg",
        ),
    ],
)
def test_the_record_itself_takes_no_movement_of_0_kg(transaction, statement, rule) -> None:
    """Whoever writes it, and by whichever road."""
    with pytest.raises(psycopg.errors.CheckViolation) as broken:
        ask(transaction, statement)

    assert broken.value.diag.constraint_name == rule


def test_the_file_of_a_voided_lot_comes_in_again_and_nothing_new_about_the_lot(
    transaction, by
) -> None:
    register_lot(transaction, by=by, lot_code="GONE")
    void_lot(transaction, by=by, lot_code="GONE", reason=WHY)

    ((_line, column, reason),) = refused(transaction, "genealogy", "GONE MIX 1 @ -")
    assert column == "parent_lot_code" and "was voided in the record" in reason


def ship(transaction, by, kg, code="XH-SH1", customer="C1", sscc=None, confirmed=()) -> int:
    return record_shipment(
        transaction,
        by=by,
        shipment_code=code,
        lot_code="MIX",
        customer_code=customer,
        quantity_kg=kg,
        sscc=sscc,
        confirmed=confirmed,
    )


def test_a_shipment_typed_again_is_asked_about_and_can_be_insisted_on(transaction, by) -> None:
    ship(transaction, by, 40)

    with pytest.raises(ToConfirm) as question:
        ship(transaction, by, 40)
    assert str(question.value) == "Shipment XH-SH1 has lot MIX with 40 kg already."
    assert standing(transaction, "shipments") == 1
    with pytest.raises(ToConfirm):
        ship(transaction, by, 40, confirmed=["Shipment XH-SH1 has lot RAW with 40 kg already."])

    ship(transaction, by, 40, confirmed=[str(question.value)])
    assert standing(transaction, "shipments") == 2


def test_a_shipment_typed_for_another_customer_is_refused(transaction, by) -> None:
    ship(transaction, by, 40)

    with pytest.raises(ShipmentRefused, match=r"XH-SH1 goes to Shop C1 \(C1\)"):
        ship(transaction, by, 1, customer="C2")


def test_a_pallets_code_has_18_digits_and_a_wrong_check_digit_is_asked_about(
    transaction, by
) -> None:
    for number, wrong in enumerate(("1234", PALLET[:-1], f"{PALLET[:-1]}O", f"{PALLET}0")):
        with pytest.raises(BadValue, match="18 digits"):
            ship(transaction, by, 1, code=f"W{number}", sscc=wrong)
    misread = f"{PALLET[:-1]}8"
    with pytest.raises(ToConfirm, match=f"check digit of pallet {misread} is wrong") as question:
        ship(transaction, by, 1, code="M", sscc=misread)
    ship(transaction, by, 1, code="M", sscc=misread, confirmed=[str(question.value)])
    for number, right in enumerate(
        (PALLET, f"(00){PALLET}", f"00{PALLET}", f" {PALLET[:9]} {PALLET[9:]}")
    ):
        ship(transaction, by, 1, code=f"R{number}", sscc=right)
    kept = ask(transaction, "select distinct sscc from shipments where shipment_code like 'R%'")
    assert kept.fetchall() == [(PALLET,)]


RETURNS = "lot_code kind quantity_kg happened_at reason partner_code shipment_code source_key"


def take_movements(transaction, *rows, shipments=(), **more):
    """Import rows of `movements.csv`, and lines of shipments with them."""
    HEADERS["movements"], kept = RETURNS, HEADERS["movements"]
    try:
        frames = {"movements": frame("movements", *rows)}
    finally:
        HEADERS["movements"] = kept
    if shipments:
        frames["shipments"] = frame("shipments", *shipments)
    return import_frames(transaction, frames, by=None, **more)


def test_returns_come_in_with_the_lines_they_are_of(transaction) -> None:
    lines = ["SH1 MIX C1 20 @ - k1", f"SH1 MIX C1 30 @ {PALLET} k2", "SH2 RAW C1 5 @ - -"]
    back = ["MIX RETURNED 25 @@ - - SH1 r1", "MIX RETURNED 20 @@ - - SH1 r2"]
    found = [*back, "MIX COUNTED 0 @@ - - - c1", "RAW DESTROYED - @@ - - - -"]
    added = take_movements(transaction, *found, shipments=lines)
    assert (added["shipments"], added["movements"]) == (3, 4)
    assert take_movements(transaction, *found, shipments=lines)["movements"] == 0
    of_lines = ask(
        transaction,
        "select shipments.source_key, movements.quantity_kg from movements "
        "inner join shipments using (shipment_id) order by 1",
    ).fetchall()
    assert of_lines == [("k1", 20), ("k2", 25)]
    # A line under a return stays what it is until the return is voided.
    with pytest.raises(ImportRejected, match="of which something came back"):
        take(transaction, "shipments", "SH1 MIX C1 21 @ - k1", corrects=True)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("MIX RETURNED 5 @ - - - -", "shipment_code", "with RETURNED"),
        ("MIX WASTE 5 @ - - SH1 -", "shipment_code", "with RETURNED"),
        ("MIX RETURNED 5 @ - - SH7 -", "shipment_code", "has no line of MIX"),
        ("MIX WASTE 5 @ - C1 - -", "partner_code", "goes with DONATED and SENT_BACK"),
        ("MIX COUNTED - @ - - - -", "quantity_kg", "a count says what was found"),
        ("MIX WASTE 0 @ - - - -", "quantity_kg", "nothing moved"),
        ("MIX WASTE -15 @ - - - -", "quantity_kg", "0 to"),
        ("MIX SOLD 5 @ - - - -", "kind", "WASTE"),
        ("NONE WASTE 5 @ - - - -", "lot_code", "neither in the record"),
    ],
)
def test_a_movement_that_can_not_be_is_named_by_its_cell(transaction, row, column, reason) -> None:
    with pytest.raises(ImportRejected) as refusal:
        take_movements(transaction, row)
    assert [(one.column, reason in one.reason) for one in refusal.value.rejections] == [
        (column, True)
    ]
