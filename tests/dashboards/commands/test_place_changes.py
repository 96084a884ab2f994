"""A place is renamed, retired where nothing stands, and taken into use again."""

from datetime import UTC, datetime
from typing import Any

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.lots import register_lot
from dashboards.commands.place_changes import change_place
from dashboards.commands.places import move_lot, register_place
from dashboards.commands.refusals import BadValue, CorrectionRefused, NotFound, NotPermitted
from dashboards.imports.csv_folder import import_folder
from sql.genealogy.standing_places import standing_places

WHY = "the signs were changed"


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture
def plant(record, by) -> int:
    """Put 100 kg of a lot into one of two places; returns its id."""
    with record.transaction() as transaction:
        register_place(transaction, by=by, place_code="OLD", name="Old hall", kind="hall")
        register_place(transaction, by=by, place_code="NEW", name="New hall")
        given = {"lot_code": "L", "weight_kg": 100, "place_code": "OLD"}
        return register_lot(transaction, by=by, **given)["lot_id"]


def change(record, by, **said):
    with record.transaction() as transaction:
        held = transaction.one("place_named", place_code="OLD")
        wanted: dict[str, Any] = {
            "place_code": "OLD",
            **{name: held[name] for name in ("name", "kind", "is_retired")},
            "reason": WHY,
            "based_on": held["revision_id"],
            "by": by,
            **said,
        }
        return change_place(transaction, **wanted)


def test_a_renamed_place_is_called_so_from_then_on(record, by, plant) -> None:
    before = datetime.now(UTC)
    change(record, by, name="North hall", kind=None)

    with record.transaction() as now, record.transaction(as_of=before) as then:
        assert [str(place) for place in standing_places(now, [plant])[plant]] == ["OLD North hall"]
        assert [str(place) for place in standing_places(then, [plant])[plant]] == ["OLD Old hall"]
        place = now.one("place_named", place_code="OLD")
        history = now.all("history_of_place", place_id=place["place_id"])
    names = [(row["name"], row["place_kind"], row["reason"]) for row in history]
    assert names == [("Old hall", "hall", None), ("North hall", None, WHY)]


def test_a_place_where_a_lot_stands_is_not_retired(record, by, plant) -> None:
    with pytest.raises(CorrectionRefused, match=r"L may stand there\. Move them") as refused:
        change(record, by, is_retired=True)
    assert refused.value.code == "LOTS_THERE"

    with record.transaction() as transaction:
        move_lot(transaction, by=by, lot_code="L", to_place_code="NEW")
    change(record, by, is_retired=True)
    with pytest.raises(BadValue, match="OLD is retired") as bad, record.transaction() as writing:
        move_lot(writing, by=by, lot_code="L", to_place_code="OLD")
    assert bad.value.field == "to_place_code"
    with pytest.raises(BadValue, match="OLD is retired"), record.transaction() as writing:
        register_lot(writing, by=by, lot_code="M", place_code="OLD")

    change(record, by, is_retired=False)
    with record.transaction() as writing:
        move_lot(writing, by=by, lot_code="L", to_place_code="OLD")


def test_what_can_not_be_changed_is_refused(record, by, plant, people) -> None:
    for kind, said in (
        (BadValue, {"name": " "}),
        (BadValue, {"reason": "short"}),
        (BadValue, {}),
        (NotFound, {"place_code": "NOWHERE"}),
        (NotPermitted, {"by": people["OPERATOR"]}),
    ):
        with pytest.raises(kind):
            change(record, said.pop("by", by), **said)
    change(record, by, name="North hall")
    with pytest.raises(CorrectionRefused, match="changed meanwhile"):
        change(record, by, name="South hall", based_on=None)


def test_files_from_before_the_place_was_renamed_stay_good(record, by, plant, tmp_path) -> None:
    change(record, by, name="North hall")

    def bring(name):
        (tmp_path / "places.csv").write_text(f"place_code,name,kind\nOLD,{name},hall\n")
        with record.transaction() as transaction:
            return import_folder(transaction, [tmp_path], by=by)

    assert sum(bring("Old hall").values()) == sum(bring("North hall").values()) == 0
    with pytest.raises(ImportRejected, match="OLD is in the record with"):
        bring("East hall")


def test_files_say_which_places_are_retired_and_those_from_before_stay_good(
    record, by, plant, tmp_path
) -> None:
    def bring(*rows):
        lines = ["place_code,name,kind,is_retired", *rows]
        (tmp_path / "places.csv").write_text("\n".join(lines))
        with record.transaction() as transaction:
            return import_folder(transaction, [tmp_path], by=by)

    assert bring("GONE,Gone hall,,yes", "USED,Used hall,,no")["places"] == 2
    with record.snapshot() as snapshot:
        retired = {row["place_code"]: row["is_retired"] for row in snapshot.all("places_known")}
    assert retired["GONE"] and not retired["USED"]
    assert sum(bring("GONE,Gone hall,,no").values()) == sum(bring("GONE,Gone hall,,").values()) == 0
    with pytest.raises(ImportRejected, match="USED is in the record with no"):
        bring("USED,Used hall,,yes")
    with pytest.raises(ImportRejected, match="line 2 is_retired .*must be yes or no"):
        bring("ODD,Odd hall,,perhaps")
