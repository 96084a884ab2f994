"""Whether a lot may be said to be of another type: what was decided and used must allow it."""

from dashboards.commands.corrected_origins import Kept
from dashboards.commands.plausible import guard_type
from dashboards.commands.refusals import CorrectionRefused
from sql.record.transactions import Row, Transaction

# What each rule says, of what went into which lot.
RULES = {
    "ONE_PRODUCT": "only one product goes into {child}, and {parents} are of several",
    "ONE_SPECIES": "only one species goes into {child}, and {parents} is of another",
    "SAME_DAY": "{parents} must be used on the day it was made, and went into {child} later",
    "LONGEST_WAIT": "{parents} waits at most {hours} h before it is used, and waited longer for "
    "{child}",
}
# And of what stands on which pallet, or left on it.
OF_PALLETS = {
    "PALLET_OF_ONE_PRODUCT": "pallet {child} is to be of one product, and {parents} are of several",
    "PALLET_OF_ONE_CUSTOMER": "pallet {child} is to be one customer's, and it left with {parents} "
    "for several",
}
MOST_SAID = 3


def type_given(transaction: Transaction, lot: Row, lot_type: str | None | Kept) -> str | None:
    """Return the type that a lot should be of, or refuse it; `AS_IT_READS`: the one it has.

    Raises:
        BadValue: The process has no such type.
        CorrectionRefused: A decision was made at a gate that doesn't serve the new type, or a rule
            of the process would be broken; names them.
    """
    if isinstance(lot_type, Kept) or lot_type == lot["lot_type"]:
        return lot["lot_type"]
    guard_type(transaction, lot_type)
    if why := why_not_of_type(transaction, lot, lot_type):
        raise CorrectionRefused(why, field="lot_type")
    return lot_type


def why_not_of_type(
    transaction: Transaction, lot: Row, lot_type: str | None, *, is_history: bool = False
) -> str | None:
    """Say why a lot can't be of a type that the process has; None: it can.

    Args:
        transaction: Open transaction or snapshot.
        lot: Its lot_id and lot_code.
        lot_type: The type it should be of; None: nobody knows, and nothing speaks against it.
        is_history: Whether an import says so: rules refuse no history, checks find it.
    """
    if lot_type is None:
        return None
    gates = transaction.all("decided_at_gates_without", lot_id=lot["lot_id"], lot_type=lot_type)
    if gates:
        named = ", ".join(f"{row['gate_number']} {row['name_en']}" for row in gates)
        return (
            f"Lot {lot['lot_code']} can't be of type {lot_type}: it was decided about at gate "
            f"{named}, which doesn't serve that type. Withdraw these decisions first, or add the "
            "type to the gate on the Plant screen."
        )
    if is_history:
        return None
    asked = {"lot_id": lot["lot_id"], "lot_type": lot_type}
    links = transaction.all("rules_broken_as", **asked)
    pallets = transaction.all("pallet_rules_broken_as", **asked)
    if links or pallets:
        wrong = "link" if links else "packing or shipment"
        return (
            f"Lot {lot['lot_code']} can't be of type {lot_type}: {_said([*links, *pallets])}. Void "
            f"the {wrong} that is wrong first, or change the rule on the Plant screen."
        )
    return None


def _said(broken: list[Row]) -> str:
    """Say which rules would be broken, at which lots."""
    said = [
        (RULES | OF_PALLETS)[row["rule"]].format(
            parents=row["parent_lot_codes"], child=row["child_lot_code"], hours=row["hours"]
        )
        for row in broken[:MOST_SAID]
    ]
    more = len(broken) - MOST_SAID
    return "; ".join([*said, *([f"and {more} more"] if more > 0 else [])])
