"""Which answer each refusal and each fault is given, for the whole API."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from dashboards.api.answers import (
    LOT_NOT_FOUND,
    LotUnknown,
    NotSignedIn,
    answer,
    malformed,
    refused,
)
from dashboards.api.strict_json import BadBody
from dashboards.commands.refusals import (
    Refusal,
)
from dashboards.sessions.limits import TooOften
from sql.errors import EmbeddedFailed, RecordUnavailable, RecordUnsuitable, TextNotKept

RETRY_SECONDS = 5
UNAVAILABLE = "The record can't be reached. Try again shortly."
FAULT = "Something went wrong on the server. Quote the request_id to your administrator."


def install(api: FastAPI) -> None:
    """Teach an application to say every refusal and fault."""

    def not_signed_in(request: Request, _fault: NotSignedIn) -> JSONResponse:
        return answer(
            request,
            401,
            "Not authenticated",
            code="NOT_AUTHENTICATED",
            headers={"WWW-Authenticate": "Bearer"},
        )

    def lot_unknown(request: Request, fault: LotUnknown) -> JSONResponse:
        if fault.renamed_to is None:
            return answer(request, 404, LOT_NOT_FOUND, code="NOT_FOUND")
        return answer(request, 404, LOT_NOT_FOUND, code="RENAMED", renamed_to=fault.renamed_to)

    def bad_body(request: Request, fault: BadBody) -> JSONResponse:
        refusal = fault.refusal
        detail: Any = refusal.detail
        if refusal.status == 422:
            detail = [{"type": refusal.code.lower(), "loc": ["body"], "msg": detail, "input": None}]
        return answer(request, refusal.status, detail, code=refusal.code)

    def too_often(request: Request, fault: TooOften) -> JSONResponse:
        return answer(
            request,
            429,
            str(fault),
            code="TOO_OFTEN",
            headers={"Retry-After": str(fault.wait_seconds)},
        )

    def unavailable(request: Request, _fault: Exception) -> JSONResponse:
        return answer(
            request,
            503,
            UNAVAILABLE,
            code="UNAVAILABLE",
            headers={"Retry-After": str(RETRY_SECONDS)},
        )

    def plain(request: Request, fault: HTTPException) -> JSONResponse:
        return answer(
            request,
            fault.status_code,
            fault.detail,
            code=f"HTTP_{fault.status_code}",
            headers=dict(fault.headers or {}),
        )

    def faulty(request: Request, _fault: Exception) -> JSONResponse:
        return answer(request, 500, FAULT, code="FAULT")

    def not_kept(request: Request, fault: Exception) -> JSONResponse:
        return answer(request, 422, str(fault), code="CHARACTERS")

    handlers = {
        Refusal: refused,
        RequestValidationError: malformed,
        NotSignedIn: not_signed_in,
        LotUnknown: lot_unknown,
        BadBody: bad_body,
        TooOften: too_often,
        TextNotKept: not_kept,
        RecordUnavailable: unavailable,
        RecordUnsuitable: unavailable,
        EmbeddedFailed: unavailable,
        HTTPException: plain,
        Exception: faulty,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
