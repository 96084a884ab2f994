"""Writes what no command would: a link that closes a circle, by the owner with the guards off."""

from sqlalchemy import text

from sql.record.engine import DatabaseRole, Record
from tests.engines import engine_of

GUARDS_OFF = "alter table facts.lot_genealogy disable trigger guard_cycles"
LINK = (
    "insert into facts.lot_genealogy (parent_lot_id, child_lot_id, happened_at) "
    "select p.lot_id, c.lot_id, now() from lots p, lots c "
    "where p.lot_code = :parent and c.lot_code = :child"
)


def write_a_circle(database: str, *, parent: str, child: str) -> None:
    """Link a lot into one that it was made from."""
    owner = Record(database, DatabaseRole.OWNER)
    with engine_of(owner).begin() as connection:
        connection.execute(text(GUARDS_OFF))
        connection.execute(text(LINK), {"parent": parent, "child": child})
    owner.close()
