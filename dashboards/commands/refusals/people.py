"""Refusals about who asks: role, sign-in, session, signature."""

from dashboards.commands.refusals.base import Refusal


class NotPermitted(Refusal):
    """The person's role may not do this."""

    code = "NOT_PERMITTED"

    def __init__(self, roles: list[str], text: str | None = None) -> None:
        """Name the roles that may; for people in the words given, which name rule and way out."""
        self.short = f"Requires one of: {', '.join(roles)}"
        super().__init__(self.short if text is None else text)
        self.roles = roles


class WrongCredentials(Refusal):
    """Sign-in failed; the same words whatever the reason."""

    code = "LOGIN"

    def __init__(self) -> None:
        """Say no more than that it failed."""
        super().__init__("Invalid credentials")


class SignedOut(Refusal):
    """Nobody is signed in on the screen any more: signed out, idle, or given another role."""

    code = "SIGNED_OUT"

    def __init__(self) -> None:
        """Say that nothing was saved, and the way out."""
        super().__init__(
            "You were signed out, or your role was changed. Nothing was saved. "
            "Sign in, then do it again."
        )


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


_SIGNING = {
    "RELEASE": "Releasing a lot",
    "PASS": "Passing a lot at a blocking gate",
    "LIFT": "Lifting a HOLD or FAIL",
    "REJECT": "Rejecting a lot (FAIL)",
    "HOLD": "Holding what is here",
    "WITHDRAW": "Withdrawing a decision",
    "ASSESS": "Letting a lot go in spite of its origin",
    "DESTROY": "Destroying a rejected lot",
    "REWORK": "Using a stopped lot",
    "RENAME": "Correcting a lot's code",
}
