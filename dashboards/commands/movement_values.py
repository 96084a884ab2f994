"""What the fields of a movement must look like before a rule looks at them, by its kind."""

from datetime import datetime

from dashboards.commands.quantities import Quantity, Typed, quantity_given
from dashboards.commands.refusals import BadValue
from sql.movements import MovementKind

# Of these it is said why; of what is trimmed off, sampled and counted it may be.
REASONED = frozenset(MovementKind) - {
    MovementKind.WASTE,
    MovementKind.SAMPLE,
    MovementKind.COUNTED,
}
GOT_BY_PARTNER = frozenset({MovementKind.SENT_BACK, MovementKind.DONATED})
# Neither leaves a place nor comes to one.
STAYS = frozenset({MovementKind.COUNTED, MovementKind.DOWNGRADED})


def kind_of(kind: str) -> MovementKind:
    """Read the kind of movement, or refuse another word."""
    if kind not in set(MovementKind):
        raise BadValue(
            f"kind must be one of {' '.join(MovementKind)}, not {kind[:40]!r}.", field="kind"
        )
    return MovementKind(kind)


def amount_of(
    kind: MovementKind, quantity_kg: Typed, quantity: Typed, unit: str | None
) -> Quantity:
    """Read how much moved, or was found: of a count that is known."""
    is_count = kind == MovementKind.COUNTED
    given = quantity_given(
        quantity_kg, quantity, unit, kg_field="quantity_kg", is_moved=not is_count
    )
    if is_count and given == Quantity(None):
        raise BadValue(
            "quantity_kg is empty: a count says what was found. Where nothing was, count 0.",
            field="quantity_kg",
            code="EMPTY",
        )
    return given


def guard_time(kind: MovementKind, until: datetime | None) -> None:
    """Refuse a count that is known by its day or month: what it takes the place of is not known."""
    if kind == MovementKind.COUNTED and until is not None:
        raise BadValue(
            "A count takes the place of all that was known before it, so it needs its time of day. "
            "Enter the minute, or none for now.",
            field="happened_at",
            code="TIME",
        )


def guard_fields(
    kind: MovementKind,
    partner_code: str | None,
    shipment_code: str | None,
    place_code: str | None = None,
) -> None:
    """Refuse what a kind doesn't have: a partner, shipment or place; a return has a shipment."""
    if place_code and kind in STAYS:
        raise BadValue(
            f"place_code is where something leaves or comes back to, and {kind} does neither. "
            "Leave it empty.",
            field="place_code",
            code="NOT_OF_KIND",
        )
    if partner_code and kind not in GOT_BY_PARTNER:
        raise BadValue(
            f"partner_code goes with {' and '.join(sorted(GOT_BY_PARTNER))} only. Leave it empty.",
            field="partner_code",
            code="NOT_OF_KIND",
        )
    if bool(shipment_code) != (kind == MovementKind.RETURNED):
        raise BadValue(
            "shipment_code names the shipment that something came back of: it goes with RETURNED, "
            "and only with it.",
            field="shipment_code",
            code="NOT_OF_KIND",
        )
