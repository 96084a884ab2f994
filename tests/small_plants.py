"""Small plants for values worked out by hand: a few short literals become copied tables.

Lots, gates and partners go by the codes and numbers people know; ids are given out here. A test
writes its plant down whole, beside the arithmetic of what it expects. The one place that knows how
tables are filled and models are built for such tests.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sql.warehouse.working_file import Warehouse
from tests import plants

Decided = tuple[str, float | None, str, str]
Linked = tuple[str, str, float | None]
Shipped = tuple[str, str, float | None]
SITE = ZoneInfo("Europe/Budapest")


def at(text: str) -> datetime:
    """Read a time in UTC, such as `2026-03-29 00:59`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def stretch(text: str) -> dict[str, datetime | None]:
    """Read when something happened: a time in UTC, or a day or month of the site's (Budapest)."""
    if len(text) > len("2026-03-29"):
        return {"happened_at": at(text), "happened_until": None}
    first = date.fromisoformat(text if len(text) == len("2026-03-29") else f"{text}-01")
    after = first + timedelta(days=1 if text == str(first) else 31)
    if text != str(first):
        after = after.replace(day=1)
    begins, ends = (datetime.combine(day, time(), SITE).astimezone(UTC) for day in (first, after))
    return {"happened_at": begins, "happened_until": ends}


def kg(value: float | None) -> Decimal | None:
    """Read kilograms; None stays unknown."""
    return None if value is None else Decimal(str(value))


def gate_id(number: float) -> int:
    """Return the id of a gate; never its number, so that the two can't be mixed up."""
    return 100 + int(number * 10)


def build(
    warehouse: Warehouse,
    *,
    lots: Mapping[str, Mapping[str, Any]],
    links: Sequence[Linked] = (),
    decisions: Sequence[Decided] = (),
    shipments: Sequence[Shipped] = (),
    copied_at: str = "2026-01-15 08:00",
    models: Sequence[str] = (),
    **tables: Sequence[dict[str, Any]],
) -> Warehouse:
    """Write a plant into a working file, as `write` does, and build models from it.

    Args:
        warehouse: See `write`, as all that is not named here.
        models: Those to build, each after what it reads; empty: every one.
    """
    write(
        warehouse,
        lots=lots,
        links=links,
        decisions=decisions,
        shipments=shipments,
        copied_at=copied_at,
        **tables,
    )
    if models:
        plants.build(warehouse, *models)
    else:
        plants.build_all(warehouse)
    return warehouse


def write(
    warehouse: Warehouse,
    *,
    lots: Mapping[str, Mapping[str, Any]],
    links: Sequence[Linked] = (),
    decisions: Sequence[Decided] = (),
    shipments: Sequence[Shipped] = (),
    copied_at: str = "2026-01-15 08:00",
    **tables: Sequence[dict[str, Any]],
) -> None:
    """Write a plant into a working file.

    Args:
        warehouse: The working file, its copied tables empty.
        lots: By code, what is known of each; `kg` is its weight, `at` when it was made (UTC).
        links: Parent, child, and kilograms.
        decisions: Lot, gate number (None: about the lot as such), word, and when (UTC).
        shipments: Lot, customer's name, and kilograms.
        copied_at: The moment (UTC) that the copies are of.
        tables: Rows of copied tables, as `plants.fill` takes them; in place of those above.
    """
    ids = {code: n for n, code in enumerate(lots, start=1)}
    rows = {
        "lots": [_lot(ids[code], code, facts) for code, facts in lots.items()],
        "lot_genealogy": [
            {"link_id": n, "parent_lot_id": ids[a], "child_lot_id": ids[b], "quantity_kg": kg(q)}
            for n, (a, b, q) in enumerate(links, start=1)
        ],
        "qc_decisions": [
            {
                "decision_id": n,
                "lot_id": ids[code],
                "gate_id": None if gate is None else gate_id(gate),
                "decision": word,
                **stretch(when),
            }
            for n, (code, gate, word, when) in enumerate(decisions, start=1)
        ],
        **plants.gates(
            *_gates({gate for _lot, gate, _word, _when in decisions if gate is not None})
        ),
        **_shipped(ids, shipments),
        **tables,
    }
    for table, written in rows.items():
        plants.fill(warehouse, table, written)
    warehouse.describe_edition({"record_as_of": at(copied_at)})


def _lot(number: int, code: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"lot_id": number, "lot_code": code, "weight_kg": kg(facts.get("kg"))}
    if "at" in facts:
        row["happened_at"] = at(facts["at"])
    return row | {name: value for name, value in facts.items() if name not in ("kg", "at")}


def _gates(numbers: Iterable[float]) -> list[dict[str, Any]]:
    return [
        {
            "gate_id": gate_id(number),
            "gate_number": Decimal(str(number)),
            "phase_id": 1,
            "name_en": f"Gate named {number:g}",
            "name_hu": "",
            "gate_type": "CHECKPOINT",
            "is_ccp": False,
        }
        for number in sorted(numbers)
    ]


def _shipped(ids: Mapping[str, int], shipments: Sequence[Shipped]) -> dict[str, list[dict]]:
    names = list(dict.fromkeys(customer for _lot, customer, _kg in shipments))
    customers = {name: 500 + n for n, name in enumerate(names)}
    return {
        "partners": [
            {"partner_id": n, "partner_code": name, "name": name, "role": "CUSTOMER"}
            for name, n in customers.items()
        ],
        "shipments": [
            {
                "shipment_id": n,
                "shipment_code": f"S{n}",
                "lot_id": ids[code],
                "customer_id": customers[customer],
                "quantity_kg": kg(quantity),
            }
            for n, (code, customer, quantity) in enumerate(shipments, start=1)
        ],
    }
