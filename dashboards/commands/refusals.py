"""Why a person's request was refused.

Refusal
├── NotPermitted            the person's role may not do this
├── WrongCredentials        sign-in failed; never says why
├── SignedOut               nobody is signed in on the screen any more
├── BadValue                a field's value can't be taken
├── NotFound                no such lot, gate, product, partner, run or user
├── Taken                   the code or address is in use
├── LinkRefused             a link would break the genealogy
│   ├── SelfLink
│   ├── Cycle
│   ├── NotEnough
│   └── ParentNotUsable
├── DecisionRefused         a decision would break a rule of quality
├── SignatureNeeded         the password must be given again, or was wrong
├── CorrectionRefused       a void, correction or withdrawal can't be
└── ShipmentRefused         a shipment would break a rule

A refusal is the plant's rules saying no. Its text is shown as it is: it names the lot, the rule
and the way out. `code` is stable for programs, `field` names the input. Anything else that is
raised is a fault.
"""

from decimal import Decimal


class Refusal(Exception):
    """The plant's rules say no to a person."""

    code = "REFUSED"

    def __init__(self, text: str, *, field: str | None = None, code: str | None = None) -> None:
        """Keep the text for the person, and for programs the field and the code."""
        super().__init__(text)
        self.field = field
        if code is not None:
            self.code = code


class NotPermitted(Refusal):
    """The person's role may not do this."""

    code = "NOT_PERMITTED"

    def __init__(self, roles: list[str]) -> None:
        """Name the roles that may."""
        super().__init__(f"Requires one of: {', '.join(roles)}")
        self.roles = roles


class WrongCredentials(Refusal):
    """Sign-in failed; the same words whatever the reason."""

    code = "LOGIN"

    def __init__(self) -> None:
        """Say no more than that it failed."""
        super().__init__("Invalid credentials")


class SignedOut(Refusal):
    """Whoever was signed in on the screen is so no more: signed out, idle, or another role."""

    code = "SIGNED_OUT"

    def __init__(self) -> None:
        """Say that nothing was saved, and the way out."""
        super().__init__(
            "You were signed out, or your role was changed. Nothing was saved. "
            "Sign in, then do it again."
        )


class BadValue(Refusal):
    """A field's value can't be taken."""

    code = "VALUE"


class NotFound(Refusal):
    """What the person named is not in the record."""

    code = "NOT_FOUND"

    def __init__(self, thing: str, value: object, *, field: str) -> None:
        """Name what was looked for, e.g. `Lot`, and by which value."""
        super().__init__(
            f"{thing} {value} is not in the record. Check it, or enter it first.", field=field
        )
        self.thing = thing


class Taken(Refusal):
    """The code or address is in use already."""

    code = "TAKEN"


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
        self, lot_code: str, asked_kg: Decimal, left_kg: Decimal, field: str, last_taken: str = ""
    ) -> None:
        """Name the lot, what was asked and what is left, in kilograms, and who took last."""
        super().__init__(
            f"Lot {lot_code} has {left_kg:f} kg left; {asked_kg:f} kg is too much. {last_taken}"
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
            f"Lot {lot_code} is {_said(disposition)}{since} and may not be used. {way_out}",
            field="parent_lot_code",
        )


class DecisionRefused(Refusal):
    """A decision would break a rule of quality."""

    code = "DECISION"


class SignatureNeeded(Refusal):
    """The act is signed with the password, which was not given, or was wrong."""

    code = "SIGNATURE_NEEDED"

    def __init__(self, meaning: str | None = None) -> None:
        """Say what for; with no meaning, that the password given was wrong."""
        super().__init__(
            "The password is wrong; nothing was saved. Type your own password again."
            if meaning is None
            else f"{_SIGNING[meaning]} is signed: type your password again.",
            field="password",
        )


class CorrectionRefused(Refusal):
    """A void, correction or withdrawal can't be."""

    code = "CORRECTION"


class ShipmentRefused(Refusal):
    """A shipment would break a rule."""

    code = "SHIPMENT"


_SIGNING = {
    "RELEASE": "Releasing a lot",
    "LIFT": "Lifting a HOLD or FAIL",
    "REJECT": "Rejecting a lot (FAIL)",
    "WITHDRAW": "Withdrawing a decision",
}


def _said(disposition: str) -> str:
    """Say a disposition as people say it."""
    return {"hold": "on HOLD", "rejected": "rejected (FAIL)"}.get(disposition, disposition)
