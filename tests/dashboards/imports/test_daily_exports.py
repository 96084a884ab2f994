"""An export that comes every day, whole: thirty of them are as good as the last one alone."""

from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from dashboards.imports.csv_folder import import_folder
from dashboards.imports.reading import Reading
from sql.record.engine import DatabaseRole, Record
from tests.daily_plant import DAYS, DailyPlant
from tests.databases import BARE
from tests.engines import ask

QUERIES = {
    "lots": "select lot_code from lots",
    "weights": "select lot_code, weight_kg from lots where lot_code not like 'untracked:%'",
    "kinds": "select lot_code, lot_type from lots where lot_code not like 'untracked:%'",
    "named": "select lot_code, coalesce(product_code, ''), coalesce(partner_code, ''), "
    "coalesce(run_code, '') from lots left join products using (product_id) "
    "left join partners on lots.supplier_id = partners.partner_id "
    "left join production_runs using (run_id) where lot_code not like 'untracked:%'",
    "masters": "select product_code from products where not is_retired union all "
    "select partner_code from partners where not is_retired and role = 'SUPPLIER' union all "
    "select run_code from production_runs where status = 'ACTIVE' and run_code <> 'RX'",
    "packed": "select sscc, lot_code, quantity_kg from packings inner join lots using (lot_id)",
    "links": "select parents.lot_code, children.lot_code, links.quantity_kg "
    "from lot_genealogy as links "
    "inner join lots as parents on links.parent_lot_id = parents.lot_id "
    "inner join lots as children on links.child_lot_id = children.lot_id "
    "where links.production_id is null",
    "made": "select parents.lot_code, children.lot_code from lot_genealogy as links "
    "inner join lots as parents on links.parent_lot_id = parents.lot_id "
    "inner join lots as children on links.child_lot_id = children.lot_id "
    "where links.production_id is not null",
    "shipments": "select shipment_code, lot_code, quantity_kg from shipments "
    "inner join lots using (lot_id)",
    "readings": "select lot_code, value from readings inner join lots using (lot_id)",
    "inputs": "select production_code, lot_code, quantity_kg from production_inputs "
    "inner join productions using (production_id) inner join lots using (lot_id)",
}


def state(record: Record, as_of: datetime | None = None) -> dict[str, list]:
    with record.snapshot(as_of=as_of) as reading:
        found = {name: ask(reading, query).fetchall() for name, query in QUERIES.items()}
    return {
        name: sorted(row[0] if name == "lots" else tuple(row) for row in rows)
        for name, rows in found.items()
    }


def bring(record: Record, folder, files: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for stem, text in files.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    with record.transaction() as transaction:
        import_folder(
            transaction,
            [folder],
            by=None,
            reading=Reading(ZoneInfo("UTC")),
            corrects=True,
            is_whole=True,
            sets_aside=True,
        )


@pytest.mark.parametrize("seed", [2])
def test_thirty_daily_exports_are_as_good_as_the_last_alone(
    record, databases, tmp_path, seed
) -> None:
    plant = DailyPlant(Random(seed))
    days = []
    files: dict[str, str] = {}
    for _ in range(DAYS):
        plant.live_a_day()
        files = plant.files()
        bring(record, tmp_path / "all", files)
        now = state(record)
        said = plant.expected()
        for name in QUERIES:
            more = [row for row in now[name] if row not in said[name]]
            less = [row for row in said[name] if row not in now[name]]
            assert (more, less) == ([], []), (plant.day, name)
        assert now == said, plant.day
        days.append((datetime.now(UTC), now))

    with databases.copied(BARE) as address:
        alone = Record(address, DatabaseRole.APP)
        bring(alone, tmp_path / "last", files)
        assert state(alone) == state(record)
        with alone.snapshot() as one, record.snapshot() as other:
            aside = "select table_name, said from rows_set_aside order by 1, 2"
            assert ask(one, aside).fetchall() == ask(other, aside).fetchall()
        alone.close()
    for moment, then in days:
        assert state(record, moment) == then
