"""The answer of a trace: what `sql.genealogy.trace` finds, and every face and file shows.

Nothing is read or computed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sql.genealogy.gaps import Verdict
from sql.record.transactions import Row


@dataclass(frozen=True)
class Trace:
    """What one lot touches, or several together.

    Attributes:
        asked: The lots asked about, in the order asked, with the columns of `lots`.
        lots: One mapping a lot and direction: lot_id, lot_code, lot_type, type_position (the
            type's place in the plant's order), product_code,
            product_name, gtin, expires_on (use-by, None: not known), direction (`self`, `back`,
            `forward`), steps (fewest links from any lot
            asked about), share (0 to 1, None: unknown; forward: of its mass, what came from any
            lot asked about; back: of their weight together, what came from it), suspects (codes of
            the lots asked about that it comes from, or went into), suspect_kg (forward: share of
            its weight; back: what of it is in the lots asked about), weight_kg, into_children_kg,
            shipped_kg, returned_kg (by customers), away_kg (shipped and not returned), moved_out_kg
            (waste, samples, destroyed, sent back, donated), given_out_kg (all that left less what
            came back), on_hand_kg, overdrawn_kg (given out beyond what was there), is_counted,
            counted_difference_kg, accounted_ratio (given out and what was counted, of the weight),
            disposition, supplier_code, supplier_name, supplier_lot_code, printed_code,
            happened_at and recorded_at (UTC). Not those back: suspect_shipped_kg (with customers)
            and suspect_on_hand_kg, what these lots hold of the lots asked about
            (`sql.genealogy.suspect_kilograms`). A kilogram counts once, however many of them it
            comes from. Kilograms that aren't known exactly are None; a bound that is known stands
            beside them (`sql.amounts`). A lot that has an amount in a unit of its own tells it in
            quantity, unit, given_out_quantity, on_hand_quantity, on_hand_at_most_quantity and
            overdrawn_quantity, and in suspect_quantity and so on what it holds of the lots asked
            about (`sql.genealogy.suspect_quantities`).
        links: One mapping a link among those lots: link_id, parent_lot_id, child_lot_id,
            parent_lot_code, child_lot_code, parent_product_code and child_product_code (None: not
            known), quantity_kg (None: unknown), happened_at, recorded_at
            (UTC), happened_until (of a time known by the day or month, its end, here and of all
            else; None: known to the minute), is_late (see `sql.genealogy.verdicts.are_late`). Equal
            links stay apart.
        shipments: What of the lots asked about and of the descendants traced left the plant, to
            whom; suspects as in `lots`, and what a customer knows the goods by: product_code,
            product_name, gtin, expires_on; returned_kg and away_kg, what came back and what didn't;
            of what left in a unit returned_quantity and away_quantity.
        verdict: Whether the list is whole and its kilograms known, and what else is on record.
        movements: What else happened to the same lots: kind, quantity_kg (None: unknown; of a count
            what was found), happened_at, shipment_code and partner_name where there are such,
            reason; and suspects, product and so on as in `shipments`.
    """

    asked: Sequence[Row]
    lots: list[dict[str, Any]]
    links: Sequence[dict[str, Any]]
    shipments: Sequence[Row]
    verdict: Verdict
    movements: Sequence[Row] = ()

    @property
    def lot(self) -> Row:
        """The one lot asked about; of a trace of several this is a fault."""
        (lot,) = self.asked
        return lot
