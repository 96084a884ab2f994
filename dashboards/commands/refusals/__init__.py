"""Why a person's request was refused.

Refusal
├── NotPermitted            the person's role may not do this
├── WrongCredentials        sign-in failed; never says why
├── SignedOut               nobody is signed in on the screen any more
├── ToConfirm               a question; the person may insist
├── BadValue                a field's value can't be taken
├── NotFound                no such lot, gate, product, partner, run or user
├── PrintedOnly             the code is no lot's own; labels show it
├── Voided                  the lot was voided
├── Taken                   the code or address is in use
├── LinkRefused             a link would break the genealogy
│   ├── SelfLink
│   ├── Cycle
│   ├── NotEnough
│   ├── ParentNotUsable
│   ├── ParentExpired
│   └── ParentStopped
├── DecisionRefused         a decision would break a rule of quality
├── SignatureNeeded         the password must be given again, or was wrong
├── CorrectionRefused       a void, correction or withdrawal can't be made
├── FindingNotSettled       a finding of a check can't be settled
├── MovementRefused         a movement would break a rule
├── PackingRefused          something can't be packed, unpacked, or leave on its unit
└── ShipmentRefused         a shipment would break a rule
    ├── ShipmentExpired
    └── ShipmentStopped

A refusal is the plant's rules saying no. Its text is shown as it is: it names the lot, the rule
and the way out. `code` is stable for programs, `field` names the input. Anything else that is
raised is a fault.
"""

from dashboards.commands.refusals.base import (
    BadValue,
    NotFound,
    PrintedOnly,
    Refusal,
    Taken,
    ToConfirm,
    Voided,
)
from dashboards.commands.refusals.links import (
    Cycle,
    LinkRefused,
    NotEnough,
    ParentExpired,
    ParentNotUsable,
    ParentStopped,
    SelfLink,
)
from dashboards.commands.refusals.people import (
    NotPermitted,
    SignatureNeeded,
    SignedOut,
    WrongCredentials,
)
from dashboards.commands.refusals.quality import (
    CorrectionRefused,
    DecisionRefused,
    FindingNotSettled,
    MovementRefused,
    PackingRefused,
    ShipmentExpired,
    ShipmentRefused,
    ShipmentStopped,
)

__all__ = [
    "BadValue",
    "CorrectionRefused",
    "Cycle",
    "DecisionRefused",
    "FindingNotSettled",
    "LinkRefused",
    "MovementRefused",
    "NotEnough",
    "NotFound",
    "NotPermitted",
    "PackingRefused",
    "ParentExpired",
    "ParentNotUsable",
    "ParentStopped",
    "PrintedOnly",
    "Refusal",
    "SelfLink",
    "ShipmentExpired",
    "ShipmentRefused",
    "ShipmentStopped",
    "SignatureNeeded",
    "SignedOut",
    "Taken",
    "ToConfirm",
    "Voided",
    "WrongCredentials",
]
