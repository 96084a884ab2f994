"""Refusals of a decision, correction or shipment that a rule of the plant forbids."""

from dashboards.commands.refusals.base import Refusal


class DecisionRefused(Refusal):
    """A decision would break a rule of quality."""

    code = "DECISION"


class CorrectionRefused(Refusal):
    """A void, correction or withdrawal can't be made."""

    code = "CORRECTION"


class FindingNotSettled(Refusal):
    """A finding of a check can't be settled."""

    code = "FINDING"


class ShipmentRefused(Refusal):
    """A shipment would break a rule."""

    code = "SHIPMENT"


class MovementRefused(Refusal):
    """A movement would break a rule."""

    code = "MOVEMENT"


class PackingRefused(Refusal):
    """Something can't be packed, unpacked, or leave on its unit."""

    code = "PACKING"


class ShipmentStopped(ShipmentRefused):
    """An ancestor of the lot is on HOLD or was rejected, and no manager has assessed that."""

    code = "STOPPED"

    def __init__(self, text: str) -> None:
        """Keep the text, which names the lots that stop it."""
        super().__init__(text, field="lot_code")


class ShipmentExpired(ShipmentRefused):
    """The lot has expired, and no manager said why it leaves all the same."""

    code = "EXPIRED"

    def __init__(self, text: str) -> None:
        """Keep the text, which names the lot and its last day."""
        super().__init__(text, field="lot_code")
