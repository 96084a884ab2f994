"""How an import says what the record holds already."""

from dashboards.commands.results import result_words
from dashboards.commands.wording import kilograms, site_minute
from sql.record.transactions import Row

WAY_OUT = (
    "If this row corrects it, void that one on its lot's page first; if it is one more, send both "
    "with a source_key."
)


def held_words(stem: str, held: Row, differs_in: str | None = None) -> str:
    """Name a held fact and what it says, as the beginning of a sentence; its time where asked."""
    if stem == "genealogy":
        named = f"link {held['parent_lot_code']} → {held['child_lot_code']}"
        when = f", {site_minute(held['happened_at'])}" if differs_in == "happened_at" else ""
        return f"{named} is in the record with {kilograms(held['quantity_kg'])}{when}"
    if stem == "shipments":
        named = f"shipment {held['shipment_code']} of {held['lot_code']}"
        return f"{named} is in the record with {kilograms(held['quantity_kg'])}"
    if stem == "readings":
        value = f"{result_words(held['sign'], held['value'], held['word'])} {held['unit']}"
        return f"{held['characteristic']} of {held['lot_code']} is in the record with {value}"
    return f"the {held['decision']} of {held['lot_code']} is in the record with other words"
