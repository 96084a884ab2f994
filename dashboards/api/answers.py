"""How a refusal or a fault is said over HTTP.

Refused bodies are `{"detail", "code", "request_id"}`, with `field` where one is meant; a value
that can't be taken is a 422 whose detail is a list of `{type, loc, msg, input}`.
"""

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from dashboards.api.json_values import SECRET, SECRET_FIELDS, echo
from dashboards.commands.refusals import (
    BadValue,
    NotFound,
    NotPermitted,
    Refusal,
    SignatureNeeded,
    WrongCredentials,
)

LOT_NOT_FOUND = "Lot not found"
# What the commands call a field, where the HTTP contract calls it otherwise.
FIELD_NAMES = {"gate_id": "qc_gate_id", "run_id": "production_run_id", "parent_lot_code": "parents"}


class NotSignedIn(Exception):
    """No valid token came with the request."""


class LotUnknown(Exception):
    """The lot that the request is about is not in the record, or not under that code any more."""

    def __init__(self, renamed_to: str | None = None) -> None:
        """Keep what the lot is called since; None: nobody renamed it."""
        super().__init__(renamed_to)
        self.renamed_to = renamed_to


def answer(
    request: Request,
    status: int,
    detail: Any,
    *,
    code: str,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """Answer with a refused body and its request's id."""
    request_id = getattr(request.state, "request_id", None)
    body = {"detail": detail, "code": code} | more | {"request_id": request_id}
    return JSONResponse(body, status_code=status, headers=headers)


def refused(request: Request, refusal: Refusal) -> JSONResponse:
    """Say a refusal of the commands."""
    code, field = refusal.code, FIELD_NAMES.get(refusal.field or "", refusal.field)
    more: dict[str, Any] = {"field": field} if field else {}
    if isinstance(refusal, NotPermitted):
        headers = {"X-Required-Roles": ", ".join(refusal.roles)}
        return answer(request, 403, refusal.short, code=code, headers=headers)
    if isinstance(refusal, WrongCredentials):
        # Byte for byte the same each time: the request's id stands in the header alone.
        return JSONResponse(
            {"detail": str(refusal), "code": code}, 401, {"WWW-Authenticate": "Bearer"}
        )
    if isinstance(refusal, NotFound) and refusal.field == "lot_id":
        return answer(request, 404, LOT_NOT_FOUND, code=code, **more)
    if isinstance(refusal, BadValue | NotFound):
        asked = getattr(request.state, "asked", {})
        item = {
            "type": code.lower(),
            "loc": _place(field),
            "msg": str(refusal),
            "input": echo(asked.get(field)),
        }
        return answer(request, 422, [item], code=code, **more)
    if isinstance(refusal, SignatureNeeded) or code == "FOUR_EYES":
        return answer(request, 403, str(refusal), code=code, **more)
    return answer(request, 409, str(refusal), code=code, **more)


def _place(field: str | None) -> list[str]:
    """Say where in a request a field stands."""
    if field == "Idempotency-Key":
        return ["header", field]
    return ["body", field] if field else ["body"]


def malformed(request: Request, invalid: RequestValidationError) -> JSONResponse:
    """Say which fields of a body can't be read, echoing them in JSON's own means."""
    items = []
    for error in invalid.errors():
        is_secret = bool(SECRET_FIELDS.intersection(map(str, error["loc"])))
        items.append(
            {
                "type": error["type"],
                "loc": [part if isinstance(part, int) else echo(part) for part in error["loc"]],
                "msg": echo(error["msg"]),
                "input": SECRET if is_secret else echo(error.get("input")),
            }
        )
    named = [part for part in items[0]["loc"][1:] if isinstance(part, str)] if items else []
    more: dict[str, Any] = {"field": named[0]} if named else {}
    return answer(request, 422, items, code="VALIDATION", **more)
