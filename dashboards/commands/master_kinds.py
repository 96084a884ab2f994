"""What a product, a partner and a run are made of: their code, what may change, and how it is read.

Nothing is asked of the record here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from dashboards.commands import values
from dashboards.commands.identifiers import gln, gtin
from dashboards.commands.process.cells import storage_class
from dashboards.commands.quantities import unit_given
from dashboards.commands.refusals import BadValue
from dashboards.commands.unit_weights import LARGEST_TARGET_KG, kg_per_unit, refuse_unit_weight
from sql.vocabulary import ROLES_BETWEEN, SETS_OF_ROLES, PartnerRole, RunStatus, roles_together

Reader = Callable[[Any, str], Any]


class Master(StrEnum):
    """What the plant's facts hang on, by the name of its file."""

    PRODUCT = "products"
    PARTNER = "partners"
    RUN = "production_runs"


@dataclass(frozen=True)
class Kind:
    """How people call one of these, by which column it is known, and what may change of it."""

    word: str
    code: str
    readers: Mapping[str, Reader]

    def read(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Read every value that may change; one that is left out is unknown.

        Raises:
            BadValue: One can't be taken, or a run ends before it starts.
        """
        read = {name: reader(said.get(name), name) for name, reader in self.readers.items()}
        if read.get("kg_per_unit") is not None:
            refuse_unit_weight(read["unit"])
        begin, end = read.get("started_at"), read.get("ended_at")
        if begin is not None and end is not None and end < begin:
            raise BadValue(
                "ended_at lies before started_at. Enter a later end, or mend the start.",
                field="ended_at",
                code="TIME",
            )
        return read


def roles(value: str, field: str) -> str:
    """Read one or several roles of a partner, with semicolons between, in the record's order."""
    named = [part.strip() for part in (value or "").split(ROLES_BETWEEN)]
    if not set(named) <= set(PartnerRole):
        raise BadValue(
            f"{field} must be one of {' '.join(PartnerRole)}, or several with {ROLES_BETWEEN} "
            f"between, such as {SETS_OF_ROLES[len(PartnerRole)]}.",
            field=field,
        )
    return roles_together(map(PartnerRole, named))


def _name(value: str | None, field: str) -> str:
    kept = values.free_text(value, field)
    if kept is None:
        raise BadValue(f"{field} must not be empty.", field=field, code="EMPTY")
    return kept


def _status(value: str | None, field: str) -> str:
    if value not in set(RunStatus):
        raise BadValue(f"{field} must be one of {' '.join(RunStatus)}.", field=field)
    return str(value)


def target_kg(value: Decimal | str | None, field: str) -> Decimal | None:
    """Read how many kilograms a run is to make in a day; None: none is set."""
    return values.number(value, field, lowest=Decimal(0), highest=LARGEST_TARGET_KG)


def _yes(value: Any, _field: str) -> bool:
    return bool(value)


def _moment(value: datetime | None, field: str) -> datetime | None:
    return None if value is None else values.moment(value, field)


KINDS: dict[Master, Kind] = {
    Master.PRODUCT: Kind(
        "Product",
        "product_code",
        {
            "name": _name,
            "gtin": gtin,
            "unit": unit_given,
            "kg_per_unit": kg_per_unit,
            "storage_class": storage_class,
            "is_retired": _yes,
        },
    ),
    Master.PARTNER: Kind(
        "Partner",
        "partner_code",
        {
            "name": _name,
            "role": roles,
            "gln": gln,
            "address": values.free_text,
            "phone": values.free_text,
            "email": values.free_text,
            "is_retired": _yes,
        },
    ),
    Master.RUN: Kind(
        "Production run",
        "run_code",
        {
            "status": _status,
            "daily_target_kg": target_kg,
            "started_at": _moment,
            "ended_at": _moment,
        },
    ),
}
