"""Words and bounds that Python and SQL share; the record's check constraints hold the same lists.

Only enumerations and single numbers live here; what a word leads to, commands and queries decide.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from itertools import combinations

# What is entered longer after it happened than this is marked as late.
LATE_AFTER = timedelta(hours=1)


class Decision(StrEnum):
    """What a person may decide about a lot at a gate."""

    PASS = "PASS"
    HOLD = "HOLD"
    FAIL = "FAIL"


class ResultWord(StrEnum):
    """A result that is a word: what was looked for, or how something was found to be."""

    DETECTED = "detected"
    NOT_DETECTED = "not detected"
    OK = "ok"
    NOT_OK = "not ok"


class Disposition(StrEnum):
    """What decisions, origin and age make of a lot; of several, the last here holds."""

    RELEASED = "released"
    PENDING = "pending"
    EXPIRED = "expired"
    STOPPED = "stopped"
    HOLD = "hold"
    REJECTED = "rejected"


class Role(StrEnum):
    """What a person is at this plant; one role a person."""

    ADMIN = "ADMIN"
    MANAGER = "MANAGER"
    AUDITOR = "AUDITOR"
    OPERATOR = "OPERATOR"
    VIEWER = "VIEWER"


class GateType(StrEnum):
    """How firmly a gate stands in the way: a BLOCKING one must be passed before shipping."""

    CHECKPOINT = "CHECKPOINT"
    BLOCKING = "BLOCKING"
    INFO = "INFO"


class PartnerRole(StrEnum):
    """What another company is to the plant; SITE is the plant itself, or another place of its."""

    SUPPLIER = "SUPPLIER"
    CUSTOMER = "CUSTOMER"
    SITE = "SITE"


def roles_together(roles: Iterable[PartnerRole]) -> str:
    """Say all roles of one partner as the record keeps them: each once, in their order."""
    every = set(roles)
    return ROLES_BETWEEN.join(role for role in PartnerRole if role in every)


ROLES_BETWEEN = ";"
SETS_OF_ROLES = tuple(
    roles_together(some)
    for count in range(1, len(PartnerRole) + 1)
    for some in combinations(PartnerRole, count)
)


class OutputKind(StrEnum):
    """What a lot that came of a production is to it: meant, made beside it, or left over."""

    MAIN = "MAIN"
    CO_PRODUCT = "CO_PRODUCT"
    BY_PRODUCT = "BY_PRODUCT"


class SettlementKind(StrEnum):
    """What a person may say about a breach of a rule."""

    ACKNOWLEDGED = "ACKNOWLEDGED"
    EXPLAINED = "EXPLAINED"
    REOPENED = "REOPENED"


class RunStatus(StrEnum):
    """Where a production run stands."""

    ACTIVE = "ACTIVE"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


class Meaning(StrEnum):
    """What a signature under a decision says."""

    RELEASE = "RELEASE"
    PASS = "PASS"
    LIFT = "LIFT"
    REJECT = "REJECT"
    HOLD = "HOLD"
    WITHDRAW = "WITHDRAW"
    ASSESS = "ASSESS"
    DESTROY = "DESTROY"
    REWORK = "REWORK"
    RENAME = "RENAME"


class SignatureMethod(StrEnum):
    """How a signer proved to be themselves: the password given again, or a program's token."""

    PASSWORD = "PASSWORD"
    TOKEN = "TOKEN"


class Direction(StrEnum):
    """Which way a trace walks from its lot."""

    BACK = "back"
    FORWARD = "forward"
    BOTH = "both"
