"""Files whose new rows name a product or partner that people retired."""

from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.master_kinds import Master
from dashboards.commands.masters import change_master
from dashboards.imports.csv_folder import import_folder
from dashboards.imports.reading import Reading
from tests.engines import ask

BEFORE, AHEAD = "2026-11-02T06:30:00Z", "2026-11-03"
PRODUCTS = ["product_code,name", "ROD,Rod"]
PARTNERS = ["partner_code,name,role", "CUS,Shop,SUPPLIER;CUSTOMER"]
LOTS = "lot_code,lot_type,product_code,supplier_code,weight_kg,happened_at"
SHIPPED = "shipment_code,lot_code,customer_code,quantity_kg,happened_at"
MOVED = "lot_code,kind,quantity_kg,happened_at,partner_code,reason"


@pytest.fixture
def bring(record, tmp_path):
    """Return a function that imports files of these lines in a transaction of its own."""

    def take(files, **how):
        for file in tmp_path.iterdir():
            file.unlink()
        for stem, lines in files.items():
            (tmp_path / f"{stem}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
        with record.transaction() as transaction:
            return import_folder(
                transaction, [tmp_path], by=None, reading=Reading(ZoneInfo("UTC")), **how
            )

    return take


def ask_now(record) -> str:
    """Return the present as files say it."""
    with record.snapshot() as snapshot:
        said = "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
        return ask(snapshot, said).fetchall()[0][0]


@pytest.fixture
def retired(bring, record, people):
    """Bring a lot of ROD from CUS, then retire both by hand."""
    bring(
        {"products": PRODUCTS, "partners": PARTNERS, "lots": [LOTS, f"L,RAW,ROD,CUS,100,{BEFORE}"]}
    )
    for master, code in ((Master.PRODUCT, "ROD"), (Master.PARTNER, "CUS")):
        with record.transaction() as transaction:
            (held,) = transaction.all(f"known_{master}", codes=[code])
            said = {"name": held["name"], "is_retired": True}
            change_master(
                transaction,
                by=people["MANAGER"],
                master=master,
                code=code,
                said=said | ({"role": held["role"]} if master == Master.PARTNER else {}),
                reason="not made here any more",
                based_on=held["revision_id"],
            )


def test_what_happened_before_is_history(bring, retired, record) -> None:
    added = bring(
        {
            "products": PRODUCTS,
            "lots": [LOTS, f"L,RAW,ROD,CUS,100,{BEFORE}", f"OLD,RAW,ROD,CUS,100,{AHEAD}"],
            "shipments": [SHIPPED, f"S,L,CUS,1,{BEFORE}"],
        }
    )
    assert (added["lots"], added["shipments"]) == (1, 1)


def test_new_rows_of_what_is_retired_are_refused_or_set_aside(bring, retired, record) -> None:
    at = ask_now(record)
    files = {
        "products": PRODUCTS,
        "lots": [LOTS, f"L,RAW,ROD,CUS,100,{BEFORE}", f"NEW,RAW,ROD,CUS,100,{at}"],
        "shipments": [SHIPPED, f"S,L,CUS,1,{at}"],
        "movements": [
            MOVED,
            f"L,DONATED,1,{at},CUS,close to its last day",
            f"L,SENT_BACK,1,{at},CUS,too warm on arrival",
        ],
    }
    with pytest.raises(ImportRejected) as refused:
        bring(files)
    assert [(one.file, one.line, one.column) for one in refused.value.rejections] == [
        ("lots.csv", 3, "product_code"),
        ("lots.csv", 3, "supplier_code"),
        ("shipments.csv", 2, "customer_code"),
        ("movements.csv", 2, "partner_code"),
    ]
    assert "is retired since" in refused.value.rejections[0].reason

    assert bring(files, sets_aside=True)["movements"] == 1
    with record.snapshot() as snapshot:
        aside = ask(snapshot, "select table_name from rows_set_aside order by row_id").fetchall()
    assert sorted(row[0] for row in aside) == ["lots", "movements", "shipments"]
