"""A client's own key for a request, and the mark on an answer that was given before."""

from typing import Annotated, Any

from fastapi import Header, Response

from dashboards.commands.repeats import Answer

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Of your choice; asking again with it gives the same answer and writes "
        "nothing.",
    ),
]
REPLAYED = "Idempotent-Replayed"


def replayed(written: Answer, response: Response) -> dict[str, Any]:
    """Return an answer's body, and mark one that was given before."""
    if written.is_repeat:
        response.headers[REPLAYED] = "true"
    return written.body
