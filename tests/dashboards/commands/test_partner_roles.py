"""A partner may be several things to the plant, and goods go between sites of a plant."""

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import BadValue, NotFound
from dashboards.commands.shipments import record_shipment
from dashboards.imports.csv_folder import import_folder

PARTNERS = "partner_code,name,role\nXU-B,Toll Packer Ltd,{roles}\nXU-SITE,Our second site,SITE\n"
LOTS = (
    "lot_code,lot_type,product_code,weight_kg,happened_at,supplier_code\n"
    "XU-1,RAW,,25,2026-11-02T06:30:00+01:00,XU-B\n"
    "XU-2,FG,,25,2026-11-02T06:30:00+01:00,XU-SITE\n"
)
SHIPMENTS = (
    "shipment_code,lot_code,customer_code,quantity_kg,happened_at\n"
    "XU-S1,XU-1,XU-B,10,2026-11-02T06:30:00+01:00\n"
    "XU-S2,XU-1,XU-SITE,10,2026-11-02T06:30:00+01:00\n"
)


def imported(transaction, folder, **files):
    for stem, text in files.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    return import_folder(transaction, [folder], by=None)


def roles_of(transaction):
    rows = transaction.all("known_partners", codes=["XU-B", "XU-SITE"])
    return {row["partner_code"]: row["role"] for row in rows}


@pytest.mark.parametrize(
    "roles", ["SUPPLIER;CUSTOMER", "CUSTOMER; SUPPLIER", "SUPPLIER\nXU-B,Toll Packer Ltd,CUSTOMER"]
)
def test_a_toll_packer_delivers_and_receives_and_a_site_does_both(transaction, tmp_path, roles):
    partners = PARTNERS.format(roles=roles)

    added = imported(transaction, tmp_path, partners=partners, lots=LOTS, shipments=SHIPMENTS)

    assert (added["partners"], added["lots"], added["shipments"]) == (2, 2, 2)
    assert roles_of(transaction) == {"XU-B": "SUPPLIER;CUSTOMER", "XU-SITE": "SITE"}
    assert imported(transaction, tmp_path)["partners"] == 0  # the same folder adds nothing


def test_a_partner_without_the_role_is_refused_with_the_way_out(transaction, tmp_path):
    partners = PARTNERS.format(roles="SUPPLIER")

    with pytest.raises(ImportRejected) as refusal:
        imported(transaction, tmp_path, partners=partners, lots=LOTS, shipments=SHIPMENTS)

    (one,) = refusal.value.rejections
    assert (one.file, one.line, one.column) == ("shipments.csv", 2, "customer_code")
    assert "is a SUPPLIER; a CUSTOMER or SITE is needed here" in one.reason
    assert "SUPPLIER;CUSTOMER" in one.reason


@pytest.mark.parametrize(
    ("roles", "column"),
    [
        ("SUPPLIER;FRIEND", "role"),
        ("SUPPLIER;", "role"),
        ("SUPPLIER\nXU-B,Another Ltd,CUSTOMER", "partner_code"),
    ],
)
def test_a_wrong_role_and_lines_that_contradict_one_another_are_refused(
    transaction, tmp_path, roles, column
):
    with pytest.raises(ImportRejected) as refusal:
        imported(transaction, tmp_path, partners=PARTNERS.format(roles=roles))

    assert [one.column for one in refusal.value.rejections] == [column]


def test_on_the_floor_goods_go_to_a_site_and_not_to_a_supplier(transaction, people):
    by = people["MANAGER"]
    transaction.copy(
        "facts.partners",
        ["partner_code", "name", "role"],
        [("XU-B", "Farm", "SUPPLIER"), ("XU-SITE", "Our second site", "SITE")],
    )
    register_lot(
        transaction, by=by, lot_code="L", lot_type="RAW", weight_kg=9, supplier_code="XU-SITE"
    )

    def ship(code: str, customer: str) -> int:
        return record_shipment(
            transaction,
            by=by,
            shipment_code=code,
            lot_code="L",
            customer_code=customer,
            quantity_kg=1,
        )

    assert ship("S-1", "XU-SITE") > 0
    with pytest.raises(BadValue, match="is a SUPPLIER; a CUSTOMER or SITE is needed here"):
        ship("S-2", "XU-B")
    with pytest.raises(NotFound, match="Customer NOBODY is not in the record"):
        ship("S-3", "NOBODY")
    offered = {row["partner_code"] for row in transaction.all("customers_known")}
    assert offered == {"XU-SITE"}
