"""How an import says what the record holds already, and what it held and voided."""

from dashboards.commands.results import result_words
from dashboards.commands.wording import kilograms, site_minute, site_time
from sql.errors import RuleBroken
from sql.record.transactions import Row

WAY_OUT = (
    "If this row corrects it, void that one on its lot's page first; if it is one more, send both "
    "with a source_key."
)
OF_PACKINGS = WAY_OUT.replace("its lot's page", "*Packing*")
PASSED = "This row is passed over."


_TIME_WANTED = {
    "order_of_decisions_is_known": "which of the unlike decisions about lot {} at a gate came last",
    "order_of_counts_is_known": "whether something left lot {} before it was counted or since",
}


def broken_words(broken: RuleBroken) -> str:
    """Say that a file breaks a rule that only the record knows, and the way out if it is plain."""
    if (unknown := _TIME_WANTED.get(broken.constraint)) is not None:
        return f"doesn't say {unknown.format(broken.detail)}. Write their times of day."
    rule = broken.constraint.replace("_", " ")
    return f"can't be written: one of its rows breaks the record's rule “{rule}”."


def held_words(stem: str, held: Row, differs_in: str | None = None) -> str:
    """Name a held fact and what it says, as the beginning of a sentence; its time where asked."""
    named = f"{_named(stem, held)} is in the record with"
    when = f", {site_time(held['happened_at'])}" if differs_in == "happened_at" else ""
    if stem == "packings":
        return f"{named} {kilograms(held['quantity_kg'])}{when}"
    if stem == "genealogy":
        return f"{named} {kilograms(held['quantity_kg'])}{when}"
    if stem == "shipments":
        return f"{named} {kilograms(held['quantity_kg'])} to {held['customer_code']}"
    if stem in ("movements", "moves"):
        return f"{named} {kilograms(held['quantity_kg'])}"
    if stem == "readings":
        value = f"{result_words(held['sign'], held['value'], held['word'])} {held['unit']}"
        return f"{named} {value}"
    return f"{named} other words"


def gone_words(stem: str, held: Row) -> str:
    """Name a held fact that a whole export has no more, with its kilograms where it has some."""
    if stem == "qc_decisions" or held.get("inner_sscc"):
        return f"{_named(stem, held)} is in the record"
    return held_words(stem, held)


def passed_words(stem: str, held: Row) -> str:
    """Say that a row repeats what was voided or withdrawn, when and why, and the way out."""
    if stem == "qc_decisions":
        ended, way_out = "withdrawn", "Decide about the lot again on its page."
    else:
        ended, way_out = "voided", "Import with --again to record it anew."
    return f"{_named(stem, held)} was {ended}, {ended_words(held)} {way_out}"


def ended_words(held: Row) -> str:
    """Say when and why something was voided, and that a row which repeats it is passed over."""
    return f"{site_minute(held['voided_at'])}: {held['void_reason'].rstrip('. ')}. {PASSED}"


def no_lot_now(renamed_to: str | None) -> str:
    """Say that a code is no lot's any more, and the way out.

    Args:
        renamed_to: What its lot is called since; None: it was voided.
    """
    if renamed_to is None:
        return "was voided in the record. Register the lot under another code."
    return (
        f"is the old code of lot {renamed_to} in the record. Where that lot is meant, write "
        f"{renamed_to}, or give the lot's row the source_key that it has there."
    )


def _named(stem: str, held: Row) -> str:
    """Name a held fact."""
    if stem == "genealogy":
        return f"link {held['parent_lot_code']} → {held['child_lot_code']}"
    if stem == "shipments":
        return f"shipment {held['shipment_code']} of {held['lot_code']}"
    if stem == "readings":
        return f"{held['characteristic']} of {held['lot_code']}"
    if stem == "packings":
        what = f"lot {held['lot_code']}" if held["lot_code"] else f"unit {held['inner_sscc']}"
        return f"{what}, {held['kind']} in {held['sscc']},"
    if stem == "moves":
        return f"the move of {held['lot_code']} to {held['place_code']}"
    if stem == "movements":
        return f"{held['kind']} of {held['lot_code']}"
    return f"the {held['decision']} of {held['lot_code']}"


def unknown_words(table: str) -> str:
    """Say that what is named is known neither to record nor import, and the way out."""
    if table == "qc_gates":
        return (
            "is no gate of this plant. Gates are made on the screen Plant; correct the number, or "
            "make the gate first."
        )
    named = table.replace("_", " ")
    return (
        f"is neither in the record nor among the {named} of this import. Check it, or enter it "
        "first."
    )
