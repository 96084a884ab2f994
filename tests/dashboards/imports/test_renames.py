"""A lot that its source renames, in a file whose other rows name it by its new code."""

from zoneinfo import ZoneInfo

import pytest

from dashboards.imports.csv_folder import import_folder
from dashboards.imports.reading import Reading
from tests.engines import ask

AT, DAY, LATER = "2026-11-02T06:30:00Z", "2026-11-02", "2026-11-04T06:30:00Z"
HEADERS = {
    "partners": "partner_code,name,role",
    "places": "place_code,name",
    "lots": "lot_code,lot_type,product_code,weight_kg,quantity,unit,happened_at,source_key",
    "genealogy": "parent_lot_code,child_lot_code,quantity_kg,happened_at,source_key",
    "readings": "lot_code,characteristic,value,unit,happened_at,source_key",
    "qc_decisions": "lot_code,decision,happened_at,notes,source_key",
    "shipments": "shipment_code,lot_code,customer_code,quantity_kg,happened_at,source_key",
    "movements": "lot_code,kind,quantity_kg,happened_at,reason,source_key",
    "moves": "lot_code,place_code,quantity_kg,happened_at,source_key",
    "packings": "sscc,lot_code,quantity_kg,happened_at,source_key",
    "productions": "production_code,happened_at,waste_kg",
    "production_inputs": "production_code,lot_code,quantity_kg",
    "production_outputs": "production_code,lot_code,quantity_kg",
}
NOW = {
    "lots": "select lot_code from lots",
    "links": "select parents.lot_code || '>' || children.lot_code || ' ' || quantity_kg::integer "
    "from lot_genealogy as links inner join lots as parents on parent_lot_id = parents.lot_id "
    "inner join lots as children on child_lot_id = children.lot_id",
    "shipments": "select lot_code || ' ' || quantity_kg::integer from shipments "
    "inner join lots using (lot_id)",
    "movements": "select kind || ' ' || lot_code || ' ' || quantity_kg::integer from movements "
    "inner join lots using (lot_id)",
    "moves": "select lot_code || ' ' || quantity_kg::integer from moves "
    "inner join lots using (lot_id)",
    "readings": "select lot_code || ' ' || value::integer from readings "
    "inner join lots using (lot_id)",
    "decisions": "select lot_code || ' ' || decision from qc_decisions "
    "inner join lots using (lot_id)",
}


def files(code: str, *, time: str, keyed: bool, shipped: int = 9) -> dict[str, list[str]]:
    """Return an export in which one lot has this code, in every table."""

    def key(name: str) -> str:
        return name if keyed else ""

    return {
        "partners": ["C1,Shop,CUSTOMER"],
        "places": ["STORE,Cold store"],
        "lots": [
            f"{code},RAW,,500,50,pcs,{AT},a",
            f"B,MIX,,500,,,{AT},b",
            f"C,MIX,,500,,,{AT},c",
        ],
        "genealogy": [f"{code},B,40,{time},{key('g')}"],
        "readings": [f"{code},ph,6,pH,{time},{key('r')}"],
        "qc_decisions": [f"{code},PASS,{time},seen,{key('d')}"],
        "shipments": [f"S1,{code},C1,{shipped},{time},{key('s')}"],
        "movements": [
            f"{code},WASTE,3,{time},,{key('w')}",
            f"{code},COUNTED,300,{LATER},,{key('n')}",
        ],
        "moves": [f"{code},STORE,20,{time},{key('m')}"],
        "productions": [f"P,{time},0"],
        "production_inputs": [f"P,{code},7"],
        "production_outputs": ["P,C,7"],
    }


@pytest.fixture
def bring(record, tmp_path):
    """Return a function that imports files of these rows in a transaction of its own."""

    def take(tables, **how):
        for file in tmp_path.iterdir():
            file.unlink()
        for stem, rows in tables.items():
            text = "\n".join([HEADERS[stem], *rows, ""])
            (tmp_path / f"{stem}.csv").write_text(text, encoding="utf-8")
        with record.transaction() as transaction:
            return import_folder(
                transaction, [tmp_path], by=None, reading=Reading(ZoneInfo("UTC")), **how
            )

    return take


@pytest.fixture
def now(record):
    """Return a function that says what the record holds."""

    def said():
        with record.snapshot() as snapshot:
            return {
                name: sorted(row[0] for row in ask(snapshot, query).fetchall())
                for name, query in NOW.items()
            }

    return said


def expected(code: str, shipped: int = 9) -> dict[str, list[str]]:
    """Return what the record must hold of such an export."""
    return {
        "lots": sorted([code, "B", "C"]),
        "links": sorted([f"{code}>B 40", f"{code}>C 7"]),
        "shipments": [f"{code} {shipped}"],
        "movements": [f"COUNTED {code} 300", f"WASTE {code} 3"],
        "moves": [f"{code} 20"],
        "readings": [f"{code} 6"],
        "decisions": [f"{code} PASS"],
    }


EVERY_DAY = {"corrects": True, "is_whole": True, "sets_aside": True}


@pytest.mark.parametrize("how", [EVERY_DAY, {"corrects": True}], ids=["every day", "corrects"])
@pytest.mark.parametrize("time", [AT, DAY], ids=["minute", "day"])
@pytest.mark.parametrize("keyed", [True, False], ids=["keys", "no keys"])
def test_a_renamed_lot_is_named_by_its_new_code_in_every_table_of_the_same_file(
    bring, now, time, keyed, how
) -> None:
    bring(files("A", time=time, keyed=keyed), **how)
    assert now() == expected("A")

    again = files("A/2", time=time, keyed=keyed)
    bring(again, **how)
    assert now() == expected("A/2")
    added = bring(again, **how)
    assert (now(), sum(added.values())) == (expected("A/2"), 0)


def test_a_renamed_lot_may_be_said_otherwise_in_the_same_file(bring, now) -> None:
    bring(files("A", time=DAY, keyed=True), **EVERY_DAY)
    bring(files("A/2", time=DAY, keyed=True, shipped=11), **EVERY_DAY)

    assert now() == expected("A/2", shipped=11)


def test_a_whole_export_twice_keeps_the_links_of_its_productions(bring, now) -> None:
    again = files("A", time=AT, keyed=True)
    bring(again, **EVERY_DAY)
    bring(again, **EVERY_DAY)

    assert now() == expected("A")
