"""A lot is received at a place: on every face, once, and corrected where a file says otherwise."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.lots import register_lot
from dashboards.commands.places import move_lot, register_place
from dashboards.commands.refusals import NotFound
from dashboards.commands.voids import Voidable, void_fact
from dashboards.imports.csv_folder import import_folder
from sql.genealogy.standing_places import standing_places
from sql.stretches import Stretch
from tests.engines import ask

MADE = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=9)
DOCK, COLD = "DOCK The dock", "COLD The cold store"


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture
def places(transaction, by) -> None:
    register_place(transaction, by=by, place_code="DOCK", name="The dock")
    register_place(transaction, by=by, place_code="COLD", name="The cold store")


def stands(transaction, code="L", **when) -> dict:
    lot_id = known_lot(transaction, code, "lot_code")["lot_id"]
    found = standing_places(transaction, [lot_id], **when).get(lot_id, {})
    return {place and place.label: amount.least_kg for place, amount in found.items()}


def test_all_of_a_lot_stands_where_it_was_received_since_then(transaction, by, places) -> None:
    register_lot(
        transaction, by=by, lot_code="L", weight_kg=100, happened_at=MADE, place_code="DOCK"
    )

    assert stands(transaction) == stands(transaction, at=MADE) == {DOCK: D(100)}
    assert stands(transaction, at=MADE - timedelta(seconds=1)) == {}


def test_a_receipt_is_known_as_well_as_the_lots_own_time(transaction, by, places) -> None:
    month = Stretch(MADE - timedelta(days=31), MADE)
    register_lot(transaction, by=by, lot_code="L", happened_at=month, place_code="DOCK")

    told = "select happened_at, happened_until from moves"
    assert ask(transaction, told).fetchall() == [(month.begins_at, month.ends_at)]


def test_an_unknown_place_refuses_the_lot(transaction, by, places) -> None:
    with pytest.raises(NotFound, match="Place NOWHERE") as refused:
        register_lot(transaction, by=by, lot_code="L", place_code="NOWHERE")

    assert refused.value.field == "place_code"
    assert ask(transaction, "select count(*) from lots").fetchone() == (0,)


@pytest.fixture
def bring(transaction, by, tmp_path):
    """Import lots.csv and what else is given, by its name."""

    def bring(*lots, **how):
        files = {name: how.pop(name) for name in ("places", "moves") if name in how}
        (tmp_path / "lots.csv").write_text(
            "lot_code,lot_type,product_code,weight_kg,happened_at,place_code\n"
            + "".join(f"{code},,,{kg},{MADE.isoformat()},{place}\n" for code, kg, place in lots)
        )
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text)
        return import_folder(transaction, [tmp_path], by=by, **how)

    return bring


def test_an_import_receives_lots_at_their_places_once(transaction, places, bring) -> None:
    new = "place_code,name\nNEW,New store\n"
    added = bring(("L", 100, "DOCK"), ("M", 50, ""), ("N", 20, "NEW"), places=new)

    assert (added["lots"], added["moves"]) == (3, 0)
    assert stands(transaction) == {DOCK: D(100)}
    assert stands(transaction, "M") == {}
    assert stands(transaction, "N") == {"NEW New store": D(20)}
    assert sum(bring(("L", 100, "DOCK"), ("M", 50, ""), ("N", 20, "NEW")).values()) == 0
    assert ask(transaction, "select count(*) from moves").fetchone() == (2,)


def test_a_place_that_nobody_knows_refuses_its_row_of_lots(places, bring) -> None:
    with pytest.raises(ImportRejected) as refused:
        bring(("L", 100, "DOCK"), ("M", 50, "NOWHERE"))

    assert [(one.file, one.line, one.column) for one in refused.value.rejections] == [
        ("lots.csv", 3, "place_code")
    ]


def test_another_place_of_a_known_lot_is_a_correction_to_confirm(transaction, places, bring):
    bring(("L", 100, ""))
    with pytest.raises(ImportRejected, match="L is in the record with nothing there"):
        bring(("L", 100, "DOCK"))
    bring(("L", 100, "DOCK"), corrects=True)
    assert stands(transaction) == {DOCK: D(100)}

    with pytest.raises(ImportRejected, match="L is in the record with DOCK"):
        bring(("L", 90, "COLD"))
    bring(("L", 90, "COLD"), corrects=True)
    assert stands(transaction) == {COLD: D(90)}
    assert sum(bring(("L", 90, "COLD")).values()) == 0
    with pytest.raises(ImportRejected, match="L is in the record with COLD"):
        bring(("L", 90, "DOCK"))


def test_a_receipt_that_people_voided_is_not_brought_again(transaction, by, places, bring):
    bring(("L", 100, "DOCK"))
    ((move,),) = ask(transaction, "select move_id from moves").fetchall()
    reason = "it never stood at the dock"
    void_fact(transaction, by=by, kind=Voidable.MOVE, fact_id=move, reason=reason)

    assert sum(bring(("L", 100, "DOCK")).values()) == 0
    assert stands(transaction) == {}


def test_a_whole_export_keeps_the_receipts_that_its_lots_tell(transaction, by, places, bring):
    moves = "lot_code,place_code,quantity_kg,happened_at\n"
    later = f"L,COLD,40,{(MADE + timedelta(hours=1)).isoformat()}\n"
    whole = {"is_whole": True, "corrects": True}
    bring(("L", 100, "DOCK"), moves=moves + later, **whole)
    assert stands(transaction) == {DOCK: D(60), COLD: D(40)}

    bring(("L", 100, "DOCK"), moves=moves + later, **whole)
    assert stands(transaction) == {DOCK: D(60), COLD: D(40)}
    # Where lots.csv says no place any more, moves.csv is all there is to say.
    bring(("L", 100, ""), moves=moves + later, **whole)
    assert stands(transaction) == {None: D(60), COLD: D(40)}


def test_a_lot_received_at_a_place_moves_on_from_there(transaction, by, places, bring) -> None:
    bring(("L", 100, "DOCK"))
    move_lot(transaction, by=by, lot_code="L", to_place_code="COLD", quantity_kg=30)

    assert stands(transaction) == {DOCK: D(70), COLD: D(30)}
