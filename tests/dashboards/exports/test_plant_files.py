"""A plant taken out as files comes in again as it was: exported, imported, exported, equal."""

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.corrections import Corrected
from dashboards.commands.import_tables import TABLES
from dashboards.commands.refusals import Taken
from dashboards.commands.voids import Voidable, void_fact
from dashboards.exports.plant_files import export_plant, plant_archive
from dashboards.imports.columns import FILES
from dashboards.imports.csv_folder import import_folder
from sql.record.engine import DatabaseRole, Record
from tests.dashboards.imports.workbooks import parts_of
from tests.edition_rows import edition_rows
from tests.engines import ask
from tests.plants import correct_as_known
from tests.reference_plant import register_reference

ZONE = ZoneInfo("Europe/Budapest")
WHY = "another lot was meant"
CASE, PALLET = "059012345000000012", "059012345000000036"
MORE = {
    "partners": 'partner_code,name,role,phone\nC-1,"\'=Shop; =1+1",CUSTOMER,+36 1 234 5678\n'
    "C-2,-Minus Kft.,CUSTOMER;SUPPLIER,\n"
    "C-3,Second site,SITE,\n",
    "products": "product_code,name,gtin,unit,kg_per_unit,storage_class\n"
    "P-1,Őrölt,5991234000018,,,AMBIENT\n"
    "P-2,Jar,,jar,0.35,\nP-3,Milk,,l,,\n",
    "production_runs": "run_code,status,daily_target_kg,started_at,ended_at\n"
    "RUN-1,COMPLETED,1234.5,2026-01-12T06:00+01:00,2026-01-12T18:00:00.123456+01:00\n",
    "places": "place_code,name,kind,site_code,is_retired\nRAW,Raw cold store,cold store,,\n"
    "FRZ,Freezer store,,C-3,no\nOLD,Old hall,,,yes\n",
    "lots": "lot_code,lot_type,product_code,weight_kg,happened_at,run_code,expires_on,metadata,"
    "quantity,unit\n"
    'L-1,RAW,P-1,1.234,2026-01-12T06:30+01:00,RUN-1,2026-12-31,"{""a"": [1, -2, ""=x""]}",,\n'
    "L-2,RAW,,,2026-01-12T06:30+01:00,,,,,\nL-3,MIX,,,2026-01-12T09:00+01:00,,,,,\n"
    "L-4,MIX,,,2026-01-12T09:00+01:00,,,,,\nL-5,MIX,P-2,7,2026-01-12T09:00+01:00,,,,20,jar\n"
    "L-6,MIX,P-3,,2026-01-12T09:00+01:00,,,,1.5,l\nL-7,RAW,,5,2026-03-29,,,,,\n"
    "L-8,RAW,,5,2025-10,,,,,\n",
    "genealogy": "parent_lot_code,child_lot_code,quantity_kg,happened_at,source_key,quantity,unit\n"
    "L-1,L-2,,2026-01-12T07:00+01:00,k-1,,\nL-1,L-2,0.5,2026-01-12T07:00+01:00,,,\n"
    "L-1,L-2,0.5,2026-01-12T07:00+01:00,,,\nL-5,L-6,,2026-01-12T09:00+01:00,,3,jar\n"
    "L-7,L-6,1,2026-03-29,,,\n",
    "productions": "production_code,happened_at,run_code,place,waste_kg\n"
    "E-1,2026-01-12T09:00+01:00,RUN-1,Vat 2,0.25\nE-2,2026-03,,,\n",
    "production_inputs": "production_code,lot_code,quantity_kg,quantity,unit\nE-1,L-1,0.125,,\n"
    "E-1,L-2,,,\nE-1,L-5,,3,jar\nE-1,L-6,,0.125,l\nE-2,L-7,1,,\n",
    "production_outputs": "production_code,lot_code,quantity_kg,kind,quantity,unit\n"
    "E-1,L-3,1.5,MAIN,40,pcs\nE-1,L-4,0.000125,BY_PRODUCT,,\nE-2,L-4,1,MAIN,,\n",
    "readings": "lot_code,characteristic,value,unit,happened_at,gate_number\n"
    "L-1,cfu,<10,1/g,2026-01-12T07:00+01:00,1\nL-1,listeria,not detected,in 25 g,"
    "2026-01-12T07:00+01:00,\nL-1,ph,6.123456789,pH,2026-01-12T07:00+01:00,\n"
    "L-1,core_temperature,-21.1,C,2026-01-12T07:00+01:00,\nL-7,ph,6.1,pH,2026-03-30,\n",
    "qc_decisions": "lot_code,decision,happened_at,gate_number,notes,decided_by\n"
    'L-1,HOLD,2026-01-12T07:00+01:00,1,"two\nlines",Éva\nL-1,PASS,2026-01-12T07:00+01:00,1,,Éva\n'
    "L-7,PASS,2026-03-30,1,,Éva\n",
    "shipments": "shipment_code,lot_code,customer_code,quantity_kg,happened_at,document\n"
    "S-1,L-2,C-1,3,2026-01-13T07:00+01:00,D-1\nS-1,L-2,C-1,4,2026-01-13T07:00+01:00,D-2\n"
    "S-2,L-7,C-1,1,2026-04,\n",
    "movements": "lot_code,kind,quantity_kg,happened_at,reason,partner_code,shipment_code,"
    "quantity,unit\n"
    "L-2,RETURNED,4,2026-01-14T07:00+01:00,seal was broken,,S-1,,\n"
    "L-1,DONATED,,2026-01-14T07:00+01:00,for the village fair,C-1,,,\n"
    "L-1,COUNTED,0,2026-01-14T08:00+01:00,,,,,\nL-8,WASTE,1,2025-10-26,,,,,\n"
    "L-5,WASTE,,2026-01-13T07:00+01:00,,,,2,jar\nL-5,COUNTED,5.5,2026-01-14T07:00+01:00,,,,14,jar\n"
    "L-6,COUNTED,,2026-01-14T07:00+01:00,,,,1.25,l\n",
    "moves": "lot_code,place_code,from_place_code,quantity_kg,quantity,unit,happened_at,reason,"
    "source_key\n"
    "L-1,RAW,,,,,2026-01-12T07:00+01:00,,m-1\n"
    "L-1,FRZ,RAW,0.5,,,2026-01-12T08:00+01:00,no room,\n"
    "L-8,RAW,,,,,2025-10-26,,\nL-5,RAW,,,2,jar,2026-01-13T08:00+01:00,,\n",
    "packings": "sscc,kind,lot_code,inner_sscc,quantity_kg,happened_at,source_key,quantity,unit\n"
    f"{CASE},PACKED,L-2,,1.5,2026-01-12T10:00+01:00,,,\n"
    f"{CASE},PACKED,L-2,,1.5,2026-01-12T10:00+01:00,,,\n"
    f"{CASE},UNPACKED,L-2,,0.25,2026-01-12T11:00+01:00,p-3,,\n"
    f"{PALLET},PACKED,L-3,,,2026-01-12T11:00+01:00,,,\n"
    f"{PALLET},UNPACKED,L-3,,,2026-01-12T11:10+01:00,,,\n"
    f"{PALLET},PACKED,,{CASE},,2026-01-12T11:20+01:00,,,\n"
    f"{PALLET},PACKED,L-4,,,2026-01-12T11:30+01:00,,,\n"
    f"{PALLET},PACKED,L-5,,,2026-01-14T11:30+01:00,,4,jar\n",
}


@pytest.fixture
def plant(record, people, tmp_path):
    """Write a plant by commands and by files, correct a lot of it and void a shipment."""
    folder = tmp_path / "more"
    folder.mkdir()
    for stem, text in MORE.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    with record.transaction() as transaction:
        register_reference(transaction, people["OPERATOR"])
        import_folder(transaction, [folder], by=people["MANAGER"])
    with record.transaction() as transaction:
        lot = transaction.all("known_lots", codes=["L-1"])[0]
        correct_as_known(
            transaction,
            by=people["MANAGER"],
            lot_code="L-1",
            corrected=Corrected("P-1", "2.5", "-18.5", lot["expires_on"], lot["happened_at"]),
            reason="weighed again today",
        )
        (line,) = ask(
            transaction, "select shipment_id from shipments where quantity_kg = 3"
        ).fetchall()[0]
        void_fact(
            transaction,
            by=people["MANAGER"],
            kind=Voidable.SHIPMENT,
            fact_id=line,
            reason=WHY,
        )
    return record


ARCHIVE = "lotline-export.zip"


def packed_in(transaction) -> list:
    return ask(
        transaction,
        "select sscc, lot_code, inner_sscc, packed.quantity_kg, packed.quantity, packed.unit"
        " from packed left join lots using (lot_id) order by 1, 2",
    ).fetchall()


def exported(record: Record, folder) -> dict[str, str]:
    with record.snapshot() as snapshot:
        export_plant(snapshot, folder, ZONE)
        packed = plant_archive(snapshot, ZONE)
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert parts_of(packed) == files
    (folder / ARCHIVE).write_bytes(packed)
    return {name: raw.decode() for name, raw in files.items()}


def test_a_plant_exported_imported_and_exported_again_gives_equal_files(
    plant, databases, tmp_path
) -> None:
    first = exported(plant, tmp_path / "first")
    with databases.copied() as address:
        other = Record(address, DatabaseRole.APP)
        with other.transaction() as transaction:
            added = import_folder(transaction, [tmp_path / "first" / ARCHIVE], by=None)
            packed = packed_in(transaction)
        again = exported(other, tmp_path / "again")
        other.close()

    assert again == first
    with plant.snapshot() as snapshot:
        assert packed == packed_in(snapshot)
    assert packed[:3] == [
        (CASE, "L-2", None, Decimal("2.75"), None, None),
        (PALLET, "L-4", None, None, None, None),
        (PALLET, "L-5", None, Decimal("1.4"), 4, "jar"),
    ]
    assert "E-1,L-5,1.05,3,jar,\r\n" in first["production_inputs.csv"]
    assert "E-1,L-6,,0.125,l,\r\n" in first["production_inputs.csv"]
    assert "E-1,L-3,1.5,40,pcs,MAIN\r\n" in first["production_outputs.csv"]
    assert "L-5,WASTE,0.7,2,jar,2026-01-13T07:00:00+01:00,,,,,\r\n" in first["movements.csv"]
    assert "L-6,COUNTED,,1.25,l,2026-01-14T07:00:00+01:00,,,,,\r\n" in first["movements.csv"]
    assert added["lots"] == 12 and added["shipments"] == 2 and added["genealogy"] >= 6
    assert "L-1,RAW,P-1,2.5,,,2026-01-12T06:30:00+01:00" in first["lots.csv"]
    assert "-18.5" in first["lots.csv"] and ",3," not in first["shipments.csv"]
    assert ",-21.1," in first["readings.csv"]
    assert "<10" in first["readings.csv"] and "not detected" in first["readings.csv"]
    assert ",2026-03-29," in first["lots.csv"] and ",2025-10," in first["lots.csv"]
    assert "L-7,L-6,1,,,2026-03-29," in first["genealogy.csv"]
    assert "E-2,2026-03," in first["productions.csv"]
    assert ",2026-04," in first["shipments.csv"] and ",2025-10-26," in first["movements.csv"]
    assert ",2026-03-30," in first["readings.csv"] and ",2026-03-30," in first["qc_decisions.csv"]


def test_an_edition_of_what_came_in_again_says_the_same(
    plant, database, databases, tmp_path
) -> None:
    exported(plant, tmp_path / "first")
    with databases.copied() as address:
        other = Record(address, DatabaseRole.APP)
        with other.transaction() as transaction:
            import_folder(transaction, [tmp_path / "first"], by=None)
        other.close()
        again = edition_rows(address, tmp_path / "again.duckdb", ZONE.key)
    first = edition_rows(database, tmp_path / "first.duckdb", ZONE.key)

    differ = {
        name: (sorted(first[name] - again[name])[:3], sorted(again[name] - first[name])[:3])
        for name in first
        if first[name] != again[name]
    }
    assert differ == {}
    assert sum(len(rows) for rows in first.values()) > 100


def test_no_cell_of_an_export_is_a_formula(plant, tmp_path) -> None:
    partners = exported(plant, tmp_path / "first")["partners.csv"]
    assert "'-Minus Kft." in partners and "+36 1 234 5678" in partners


def test_an_export_has_every_table_and_column_that_an_import_takes(plant) -> None:
    with plant.snapshot() as snapshot:
        columns = {stem: snapshot.stream(f"export_{stem}")[0] for stem in FILES}
    for names in columns.values():
        if "happened_until" in names:  # of a day or month, told in happened_at
            names.remove("happened_until")
    assert columns == {stem: list(names) for stem, names in FILES.items()}
    assert set(FILES) == set(TABLES)


def test_a_folder_that_holds_such_files_is_left_as_it_is(plant, tmp_path) -> None:
    (tmp_path / "lots.csv").write_text("mine")
    with pytest.raises(Taken, match="lots.csv is in"):
        exported(plant, tmp_path)
    assert (tmp_path / "lots.csv").read_text() == "mine"
