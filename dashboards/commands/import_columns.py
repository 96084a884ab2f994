"""An import's columns as the record's tables have them: ids in the place of codes, users by e-mail.

Nothing is checked here and nothing written.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.commands.import_tables import REFERENCES
from dashboards.commands.refusals import BadValue
from dashboards.commands.results import Result, unit_of
from sql.record.transactions import Transaction
from sql.stretches import Stretch, parted

Columns = dict[str, Sequence[Any]]
# The one that is not called after what it names.
ID_COLUMNS = {"site_code": "partner_id"}
# Where a lot was received is a move of it, not a column (`import_receiving`), and that a place is
# retired a revision (`import_retired_places`).
ELSEWHERE = {("lots", "place_code"), ("places", "is_retired")}
Ids = Mapping[str, Mapping[Any, int]]


def with_ids(stem: str, columns: Mapping[str, Sequence[Any]], ids: Ids) -> Columns:
    """Name the columns as the record's table does; an id that isn't known is None."""
    named: Columns = {}
    for column, values in columns.items():
        if (stem, column) in ELSEWHERE:
            continue
        table = REFERENCES.get(stem, {}).get(column)
        if table is None:
            named[column] = values
        else:
            thing = column.removesuffix("_code").removesuffix("_number")
            id_column = ID_COLUMNS.get(column, f"{thing}_id")
            named[id_column] = [ids[table].get(value) for value in values]
    return _with_results(named) if stem == "readings" else named


def with_times_parted(columns: Columns) -> Columns:
    """Part each time into its beginning and, of a day or month, its end, as the record does."""
    if not any(isinstance(one, Stretch) for one in columns.get("happened_at", ())):
        return columns
    parts = [parted(one) for one in columns["happened_at"]]
    return {
        **columns,
        "happened_at": [at for at, _until in parts],
        "happened_until": [until for _at, until in parts],
    }


def _with_results(named: Columns) -> Columns:
    """Part each result into its sign, number and word, and say a word's unit as the record does."""
    results = [one or Result() for one in named.pop("value")]
    named["unit"] = [_unit(one, unit) for one, unit in zip(results, named["unit"], strict=True)]
    for part in ("sign", "value", "word"):
        named[part] = [getattr(one, part) for one in results]
    return named


def _unit(found: Result, unit: str | None) -> str:
    """Return the unit as the record says it; of a row that was rejected nothing is written."""
    try:
        return unit_of(found, unit, "unit")
    except BadValue:
        return ""


def deciders(
    transaction: Transaction, names: Sequence[str | None]
) -> tuple[dict[str, int], list[str | None]]:
    """Find the users among the deciders by e-mail, and write e-mails in the names as kept."""
    emails = {name: name.lower() for name in set(names) if name is not None}
    users = {
        row["email"]: row["id"]
        for row in (transaction.all("known_users", codes=list(emails.values())) if emails else ())
    }
    return users, [
        emails[name] if name is not None and emails[name] in users else name for name in names
    ]
