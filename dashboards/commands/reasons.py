"""The reason a person gives: long enough to say something."""

from dashboards.commands import values
from dashboards.commands.refusals import BadValue

SHORTEST_REASON = 10


def reason_given(reason: str | None, asked: str = "what was wrong") -> str:
    """Return the reason trimmed, or refuse one that is too short to say `asked`."""
    said = values.free_text(reason, "reason")
    if said is None or values.letter_count(said) < SHORTEST_REASON:
        raise BadValue(
            f"reason needs at least {SHORTEST_REASON} characters: say {asked}.",
            field="reason",
            code="REASON_REQUIRED",
        )
    return said
