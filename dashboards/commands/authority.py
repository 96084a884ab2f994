"""Who may do what: the role matrix of the plant, and the person who acts.

Decided here and nowhere else; a face only hides what its person may not do. The matrix is the one
of `sql/domain.md, Roles`.
"""

from dataclasses import dataclass
from enum import StrEnum

from dashboards.commands.refusals import NotPermitted
from sql.vocabulary import Role


class Action(StrEnum):
    """What a command may ask authority for."""

    READ = "read"
    WRITE_LOTS = "register and link lots, ship"
    DECIDE = "decide about lots"
    LIFT_HOLD = "lift a hold"
    CORRECT = "void, correct, withdraw a decision, settle a finding, keep master data"
    IMPORT = "import"
    CHANGE_PROCESS = "change the plant's process"
    RUN_PIPELINE = "ask for a pipeline run"
    READ_AUDIT = "read and verify the audit trail"
    MANAGE_USERS = "manage users"


_EVERYONE = frozenset(Role)
_MANAGERS = frozenset({Role.ADMIN, Role.MANAGER})

PERMITTED: dict[Action, frozenset[Role]] = {
    Action.READ: _EVERYONE,
    Action.WRITE_LOTS: _MANAGERS | {Role.OPERATOR},
    Action.DECIDE: _EVERYONE - {Role.VIEWER},
    Action.LIFT_HOLD: _MANAGERS,
    Action.CORRECT: _MANAGERS,
    Action.IMPORT: _MANAGERS,
    Action.CHANGE_PROCESS: _MANAGERS,
    Action.RUN_PIPELINE: _MANAGERS,
    Action.READ_AUDIT: frozenset({Role.ADMIN, Role.AUDITOR}),
    Action.MANAGE_USERS: frozenset({Role.ADMIN}),
}


class Face(StrEnum):
    """Through which face of the house somebody acts; kept in the audit trail."""

    SCREEN = "screen"
    API = "api"
    TERMINAL = "terminal"


@dataclass(frozen=True)
class Origin:
    """Where a request came from, as far as the face knows it."""

    face: Face
    address: str | None = None
    request_id: str | None = None


TERMINAL = Origin(Face.TERMINAL)


@dataclass(frozen=True)
class Person:
    """The signed-in person who acts; comes from the session or token, never from input."""

    user_id: int
    email: str
    full_name: str
    role: Role
    origin: Origin = TERMINAL

    def may(self, action: Action) -> bool:
        """Tell whether the person's role permits the action."""
        return self.role in PERMITTED[action]


def require(person: Person, action: Action, text: str | None = None) -> None:
    """Refuse unless the person's role permits the action.

    Args:
        person: Who acts.
        action: What is asked for.
        text: What to tell them then; None: which roles may.

    Raises:
        NotPermitted: It does not; the refusal names the roles that may.
    """
    if not person.may(action):
        permitted = PERMITTED[action]
        raise NotPermitted([role.value for role in Role if role in permitted], text)
