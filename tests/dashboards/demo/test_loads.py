"""The demo plant goes through the same commands and guards as any plant's data."""

from sqlalchemy import text

from dashboards.demo.load import load_demo
from sql.record.engine import DatabaseRole, Record
from sql.trail.audit import verify
from tests.engines import engine_of


def test_the_demo_loads_once_and_its_trail_is_whole(settings, database) -> None:
    said: list[str] = []

    assert load_demo(settings, said.append)
    assert not load_demo(settings, said.append)
    owner = Record(database, DatabaseRole.OWNER)
    with owner.snapshot() as snapshot:
        units = snapshot.all("units_newest", search=None, newest=4)
        found = verify(snapshot, sees_passwords=True)
    with engine_of(owner).connect() as connection:
        overdrawn = connection.execute(
            text(
                "select count(*) from lots cross join lateral lot_balance(lot_id, weight_kg)"
                " where overdrawn_kg > 0 or overdrawn_at_least_kg > 0"
            )
        ).scalar()
    owner.close()
    assert found.breaks == [] and found.length > 60_000
    # The incident worth finding: history is taken as it was.
    assert overdrawn == 1
    # On the first pallet stands a case; what left before them left whole.
    assert [(unit["lots_count"], unit["shipment_code"] is None) for unit in units] == [
        (10, True),
        (8, True),
        (2, True),
        (units[3]["lots_count"], False),
    ]
