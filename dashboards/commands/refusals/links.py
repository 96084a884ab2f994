"""Refusals of a link that would break the genealogy."""

from decimal import Decimal

from dashboards.commands.refusals.base import Refusal
from dashboards.commands.wording import kilograms, stopped


class LinkRefused(Refusal):
    """A link would break the genealogy."""

    code = "LINK"


class SelfLink(LinkRefused):
    """A lot was named as its own parent."""

    code = "SELF_LINK"

    def __init__(self, lot_code: str) -> None:
        """Name the lot."""
        super().__init__(
            f"Lot {lot_code} can't be its own parent. Choose the lot the material came from.",
            field="parent_lot_code",
        )


class Cycle(LinkRefused):
    """The parent descends from the child."""

    code = "CYCLE"

    def __init__(self, parent_lot_code: str, child_lot_code: str) -> None:
        """Name both lots."""
        super().__init__(
            f"Lot {parent_lot_code} was itself made from {child_lot_code}, so it can't go into it. "
            "For rework, register a new lot.",
            field="parent_lot_code",
        )


class NotEnough(LinkRefused):
    """More was asked of a lot than it still has."""

    code = "NOT_ENOUGH"

    def __init__(
        self,
        lot_code: str,
        asked_kg: Decimal,
        left_kg: Decimal,
        field: str,
        last_taken: str = "",
        *,
        is_at_most: bool = False,
    ) -> None:
        """Name the lot, what was asked and what is left, in kilograms, and who took last.

        Args:
            lot_code: The lot.
            asked_kg: What was asked.
            left_kg: What is left.
            field: Where it was asked.
            last_taken: A sentence about who took last.
            is_at_most: Some of what left the lot is of unknown weight, so it has at most that much.
        """
        left = f"{'at most ' if is_at_most else ''}{kilograms(left_kg)} left"
        why = "Some of what was taken from it is of unknown weight. " if is_at_most else ""
        super().__init__(
            f"Lot {lot_code} has {left}; {kilograms(asked_kg)} is too much. {why}{last_taken}"
            "Take at most what is left, or choose another lot.",
            field=field,
        )
        self.left_kg = left_kg


class ParentNotUsable(LinkRefused):
    """The parent is on HOLD or was rejected."""

    code = "PARENT_NOT_USABLE"

    def __init__(self, lot_code: str, disposition: str, since: str = "") -> None:
        """Name the lot and what quality decided, since when and by whom."""
        way_out = "A manager can lift the hold." if disposition == "hold" else "Choose another lot."
        super().__init__(
            f"Lot {lot_code} is {stopped(disposition)}{since} and may not be used. {way_out}",
            field="parent_lot_code",
        )


class ParentStopped(LinkRefused):
    """An ancestor of the parent is on HOLD or was rejected, and no manager has assessed that."""

    code = "PARENT_STOPPED"

    def __init__(self, text: str) -> None:
        """Keep the text, which names the lots that stop it."""
        super().__init__(text, field="parent_lot_code")


class ParentExpired(LinkRefused):
    """The parent has expired, and no manager said why it is used all the same."""

    code = "PARENT_EXPIRED"

    def __init__(self, text: str) -> None:
        """Keep the text, which names the lot and its last day."""
        super().__init__(text, field="parent_lot_code")
