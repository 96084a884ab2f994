"""What a whole export has no more: masters go out of use, packings are undone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.import_plan import Plan
from dashboards.commands.master_kinds import Master
from dashboards.commands.masters import change_master, known_master, register_master
from dashboards.commands.packing import pack_lot
from dashboards.imports.csv_folder import import_folder
from dashboards.imports.reading import Reading
from tests.engines import ask

AT, LATER = "2026-11-02T06:30:00Z", "2026-11-03T06:30:00Z"
U1, U2, P1 = "340123450000000017", "340123450000000024", "340123450000000031"
HEADERS = {
    "products": "product_code,name",
    "partners": "partner_code,name,role",
    "production_runs": "run_code",
    "lots": "lot_code,lot_type,product_code,weight_kg,happened_at,supplier_code,run_code,"
    "source_key",
    "shipments": "shipment_code,lot_code,customer_code,quantity_kg,happened_at,sscc,source_key",
    "packings": "sscc,lot_code,inner_sscc,quantity_kg,happened_at,kind,source_key",
}
MASTERS = {
    "products": ["P1,Rods", "P2,Old rods"],
    "partners": ["S1,Meat,SUPPLIER", "S2,More meat,SUPPLIER", "C1,Shop,CUSTOMER"],
    "production_runs": ["R1", "R2", "R3"],
    "lots": [f"A,RAW,P2,100,{AT},S2,R2,a", f"B,RAW,P1,100,{AT},S1,R1,b"],
}
LEFT = {
    "products": ["P1,Rods"],
    "partners": ["S1,Meat,SUPPLIER", "C1,Shop,CUSTOMER"],
    "production_runs": ["R1"],
}
STANDING = {
    "products": "select product_code from products where not is_retired order by 1",
    "partners": "select partner_code from partners where not is_retired order by 1",
    "runs": "select run_code || ' ' || status from production_runs order by 1",
}
PACKED = (
    "select sscc, kind, coalesce(lot_code, inner_sscc) from packings left join lots using (lot_id)"
)
PACKED += " order by packing_id"
EVERY_DAY = {"corrects": True, "is_whole": True, "sets_aside": True}


@pytest.fixture
def bring(record, tmp_path):
    """Return a function that imports files of these rows in a transaction of its own."""

    def take(files, header=None, **how):
        for file in tmp_path.iterdir():
            file.unlink()
        for stem, rows in files.items():
            text = "\n".join([(HEADERS | (header or {}))[stem], *rows, ""])
            (tmp_path / f"{stem}.csv").write_text(text, encoding="utf-8")
        with record.transaction() as transaction:
            return import_folder(
                transaction, [tmp_path], by=None, reading=Reading(ZoneInfo("UTC")), **how
            )

    return take


@pytest.fixture
def rows(record):
    """Return a function that asks the record, now or as of a moment."""

    def found(query, as_of=None):
        with record.snapshot(as_of=as_of) as snapshot:
            asked = ask(snapshot, query).fetchall()
        return [row[0] if len(row) == 1 else tuple(row) for row in asked]

    return found


def test_products_partners_and_runs_that_vanished_are_listed_then_retired_or_closed(
    bring, rows
) -> None:
    bring(MASTERS)
    before = datetime.now(UTC)
    with pytest.raises(ImportRejected) as asked:
        bring(LEFT, is_whole=True)

    told = {(one.file, one.value): one for one in asked.value.rejections}
    assert set(told) == {
        ("products.csv", "P2"),
        ("partners.csv", "S2"),
        ("production_runs.csv", "R2"),
        ("production_runs.csv", "R3"),
    }
    assert all(one.is_change and one.line == 0 for one in told.values())
    said = told["products.csv", "P2"].reason
    assert said.startswith("product P2 is in the record and no longer in products.csv.")
    assert "retire it" in said
    assert "as completed" in told["production_runs.csv", "R2"].reason
    assert "as cancelled: no lot" in told["production_runs.csv", "R3"].reason
    assert rows(STANDING["products"]) == ["P1", "P2"]

    plan = Plan()
    bring(LEFT, is_whole=True, corrects=True, plan=plan)
    assert plan.voided == {"products": 1, "partners": 1, "production_runs": 2}
    assert rows(STANDING["products"]) == ["P1"]
    assert rows(STANDING["partners"]) == ["C1", "S1"]
    assert rows(STANDING["runs"]) == ["R1 ACTIVE", "R2 COMPLETED", "R3 CANCELLED"]
    assert rows("select reason from facts.product_revisions") == ["no longer in products.csv"]
    assert rows("select lot_code from lots order by 1") == ["A", "B"]
    assert rows(STANDING["products"], before) == ["P1", "P2"]
    assert rows(STANDING["partners"], before) == ["C1", "S1", "S2"]
    assert rows(STANDING["runs"], before) == ["R1 ACTIVE", "R2 ACTIVE", "R3 ACTIVE"]

    assert sum(bring(LEFT, is_whole=True, corrects=True).values()) == 0
    assert len(rows("select 1 from facts.run_revisions")) == 2


def test_what_is_back_in_a_whole_export_is_taken_back_and_in_a_part_of_one_is_not(
    bring, rows
) -> None:
    bring(MASTERS)
    bring(LEFT, **EVERY_DAY)
    bring(MASTERS, corrects=True)
    assert rows(STANDING["products"]) == ["P1"]

    bring(MASTERS, **EVERY_DAY)
    assert rows(STANDING["products"]) == ["P1", "P2"]
    assert rows(STANDING["partners"]) == ["C1", "S1", "S2"]
    assert rows(STANDING["runs"]) == ["R1 ACTIVE", "R2 ACTIVE", "R3 ACTIVE"]


def test_what_people_entered_or_took_back_themselves_does_not_vanish(
    bring, rows, record, people
) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_master(
            transaction, by=by, master=Master.PRODUCT, code="HAND", said={"name": "By hand"}
        )
    bring(MASTERS)
    bring(LEFT, **EVERY_DAY)
    with record.transaction() as transaction:
        held = known_master(transaction, Master.PRODUCT, "P2")
        change_master(
            transaction,
            by=by,
            master=Master.PRODUCT,
            code="P2",
            said={"name": "Old rods", "is_retired": False},
            reason="we still make them",
            based_on=held["revision_id"],
        )
    bring(LEFT, **EVERY_DAY)

    assert rows(STANDING["products"]) == ["HAND", "P1", "P2"]


@pytest.mark.parametrize("stem", ["products", "partners", "production_runs"])
def test_a_file_of_masters_that_was_cut_off_behind_its_headings_retires_nothing(
    bring, rows, stem
) -> None:
    bring(MASTERS)
    with pytest.raises(ImportRejected, match="The file has no row"):
        bring(MASTERS | {stem: []}, **EVERY_DAY)

    assert rows(STANDING["products"]) == ["P1", "P2"]
    assert rows("select count(*) from production_runs where status = 'ACTIVE'") == [3]


def test_a_row_that_is_set_aside_keeps_its_product(bring, rows) -> None:
    bring(MASTERS)
    bring({"products": ["P1,Rods", "P2,"]}, **EVERY_DAY)

    assert rows(STANDING["products"]) == ["P1", "P2"]
    assert rows("select table_name from rows_set_aside") == ["products"]


def test_what_is_retired_is_offered_no_more_and_exported_where_something_names_it(
    bring, record
) -> None:
    bring(MASTERS | {"products": [*MASTERS["products"], "P3,Never made"]})
    bring(LEFT, **EVERY_DAY)
    with record.snapshot() as snapshot:
        offered = [row["product_code"] for row in snapshot.all("products_known")]
        suppliers = [row["partner_code"] for row in snapshot.all("suppliers_known")]
        exported = [row["product_code"] for row in snapshot.all("export_products")]
        supplied = [row["partner_code"] for row in snapshot.all("export_partners")]

    assert (offered, suppliers) == (["P1"], ["S1"])
    assert (exported, supplied) == (["P1", "P2"], ["S1", "S2", "C1"])


def packing(sscc: str, what: str, kg: int | str = "", kind: str = "PACKED", at: str = AT) -> str:
    lot, inner = ("", what) if what.isdigit() else (what, "")
    return f"{sscc},{lot},{inner},{kg},{at},{kind},"


def test_a_packing_that_vanished_is_listed_then_voided_and_its_lot_is_loose(bring, rows) -> None:
    both = [packing(U1, "A", 40), packing(U2, "B", 5), packing(P1, U1)]
    bring(MASTERS | {"packings": both})
    before = datetime.now(UTC)
    with pytest.raises(ImportRejected) as asked:
        bring({"packings": both[:1]}, is_whole=True)
    told = [one.reason for one in asked.value.rejections]
    assert len(told) == 2
    assert told[0].startswith(f"lot B, PACKED in {U2}, is in the record with 5 kg and no longer in")
    assert told[1].startswith(f"unit {U1}, PACKED in {P1}, is in the record and no longer in")

    bring({"packings": both[:1]}, **EVERY_DAY)
    assert rows(PACKED) == [(U1, "PACKED", "A")]
    assert rows("select lot_code from packed inner join lots using (lot_id)") == ["A"]
    assert rows("select distinct reason from facts.packing_voids") == ["no longer in packings.csv"]
    assert len(rows(PACKED, before)) == 3

    bring({"packings": both}, **EVERY_DAY)
    assert len(rows(PACKED)) == 3


def test_a_lot_that_moved_to_another_unit_in_the_export_stands_there(bring, rows) -> None:
    bring(MASTERS | {"packings": [packing(U1, "A", 100)]})
    bring({"packings": [packing(U2, "A", 100)]}, **EVERY_DAY)

    assert rows(PACKED) == [(U2, "PACKED", "A")]
    assert rows("select 1 from rows_set_aside") == []


def test_a_packing_of_which_something_was_taken_out_since_stays_and_is_told(bring, rows) -> None:
    out = packing(U1, "A", 10, "UNPACKED", LATER)
    bring(MASTERS | {"packings": [packing(U1, "A", 40), packing(U2, "B", 5), out]})
    bring({"packings": [packing(U2, "B", 5), out]}, **EVERY_DAY)

    assert len(rows(PACKED)) == 3
    assert "would not follow" in rows("select reason from rows_set_aside")[0]


def test_a_packing_of_a_unit_that_left_goes_with_its_shipment_alone(bring, rows) -> None:
    packed = [packing(U1, "A", 40), packing(U2, "B", 5)]
    shipped = [f"S1,A,C1,40,{LATER},{U1},s1", f"S2,B,C1,2,{LATER},,s2"]
    bring(MASTERS | {"packings": packed, "shipments": shipped})
    bring({"packings": packed[1:], "shipments": shipped}, **EVERY_DAY)
    assert len(rows(PACKED)) == 2
    assert "left with shipment S1" in rows("select reason from rows_set_aside")[0]

    bring({"packings": packed[1:], "shipments": shipped[1:]}, **EVERY_DAY)
    assert rows(PACKED) == [(U2, "PACKED", "B")]
    assert rows("select 1 from rows_set_aside") == []


def test_a_lot_goes_with_its_packing_and_stays_with_one_that_people_made(
    bring, rows, record, people
) -> None:
    bring(MASTERS | {"packings": [packing(U1, "A", 40), packing(U2, "B", 5)]})
    with record.transaction() as transaction:
        pack_lot(transaction, by=people["MANAGER"], sscc=U2, lot_code="B", quantity_kg=1)
    bring(
        MASTERS
        | {
            "lots": [MASTERS["lots"][1].replace("B,", "C,").replace(",b", ",c")],
            "packings": [packing(U2, "C", 1, at=LATER)],
        },
        **EVERY_DAY,
    )

    assert rows("select lot_code from lots order by 1") == ["B", "C"]
    assert rows("select lot_code from rows_set_aside") == [None]
