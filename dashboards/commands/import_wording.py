"""How an import says what the record holds already."""

from dashboards.commands.results import result_words
from dashboards.commands.wording import kilograms
from sql.record.transactions import Row

# The column that a row is told by when it differs from a held fact in what was measured.
MEASURED = {
    "genealogy": "quantity_kg",
    "readings": "value",
    "qc_decisions": "decision",
    "shipments": "quantity_kg",
}
WAY_OUT = (
    "If this row corrects it, void that one on its lot's page first; if it is one more, send both "
    "with a source_key."
)


def held_words(stem: str, held: Row) -> str:
    """Name a held fact and what it says, as the beginning of a sentence."""
    if stem == "genealogy":
        named = f"link {held['parent_lot_code']} → {held['child_lot_code']}"
        return f"{named} is in the record with {kilograms(held['quantity_kg'])}"
    if stem == "shipments":
        named = f"shipment {held['shipment_code']} of {held['lot_code']}"
        return f"{named} is in the record with {kilograms(held['quantity_kg'])}"
    if stem == "readings":
        value = f"{result_words(held['sign'], held['value'], held['word'])} {held['unit']}"
        return f"{held['characteristic']} of {held['lot_code']} is in the record with {value}"
    return f"the {held['decision']} of {held['lot_code']} is in the record with other words"
