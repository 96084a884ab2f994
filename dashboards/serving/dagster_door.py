"""Dagster's pages under the app's own address, for people who are signed in.

Everybody who is signed in may look; who may ask for a pipeline run may act. Dagster itself listens
on a socket that only our account may open, and is told for each request whether its person may act:
its own buttons follow, and its own checks stand behind ours. Who acts is noted in the record's
trail before the act is passed on: what can't be noted isn't done.
"""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from dashboards.commands.authority import Action, Person
from dashboards.commands.pipeline_runs import note_act
from dashboards.serving.carrying import NOT_ALLOWED, carry
from dashboards.serving.dagster_questions import (
    LARGEST_QUESTION_BYTES,
    NotUnderstood,
    Question,
    read_frame,
    read_question,
)
from dashboards.serving.pages import DAGSTER_AWAY, SIGN_IN_FIRST, page
from dashboards.serving.passing_on import NobodyThere, PassingOn
from dashboards.serving.requests import body_up_to, is_asked_by_own_page, is_navigation
from dashboards.serving.visitors import visitor
from dashboards.sessions import connections
from sql.errors import RecordUnavailable

PREFIX = "/dagster"
QUESTIONS = f"{PREFIX}/graphql"
MAY_ACT = "x-lotline-may-act"
READERS_ASK = "You may look at Dagster's pages. Managers and administrators may act there."


def is_dagsters(path: str) -> bool:
    """Tell whether a path belongs to Dagster's pages."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


class DagsterDoor:
    """Answers what belongs to Dagster's pages and passes everything else on."""

    def __init__(self, app: ASGIApp, socket: Path) -> None:
        """Wrap an application.

        Args:
            app: Everything that isn't Dagster's.
            socket: Where Dagster's pages listen.
        """
        self._app = app
        self._socket = socket
        self._pages = PassingOn(socket)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        if scope["type"] == "lifespan" or not is_dagsters(scope["path"]):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._carry(WebSocket(scope, receive, send))
        else:
            request = Request(scope, receive)
            try:
                answer = await self._answer(request)
            except NobodyThere:
                is_question = request.url.path == QUESTIONS
                away = _no(503, DAGSTER_AWAY, "UNAVAILABLE")
                answer = away if is_question else page(DAGSTER_AWAY, 503)
            except RecordUnavailable as down:
                answer = _no(503, down.words, "UNAVAILABLE")
            except ClientDisconnect:
                return
            await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        """Answer one request, or refuse it."""
        path, method = request.url.path, request.method
        if not is_asked_by_own_page(request.headers, method):
            return _no(403, "Another site's page may not ask this.", "ORIGIN")
        if ".." in path:
            return _no(404, "Not found", "NOT_FOUND")
        if method not in (("POST",) if path == QUESTIONS else ("GET", "HEAD")):
            return _no(405, "Dagster is asked by POST, and only at its one address.", "METHOD")
        if path != QUESTIONS:
            person = await visitor(request.scope, is_use=is_navigation(request.headers))
            if person is None:
                return page(SIGN_IN_FIRST, 401)
            if path == PREFIX:
                return RedirectResponse(f"{PREFIX}/", 307)
            return await self._pages.answer(request, _given(person))
        return await self._ask(request)

    async def _ask(self, request: Request) -> Response:
        """Answer a question, where the person may ask it."""
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _no(415, "Dagster is asked in JSON.", "CONTENT_TYPE")
        person = await visitor(request.scope, is_use=False)
        if person is None:
            return _no(401, "Sign in to Lotline first.", "SIGNED_OUT")
        try:
            question = read_question(await body_up_to(request, LARGEST_QUESTION_BYTES))
        except NotUnderstood as unclear:
            return _no(400, str(unclear), "QUESTION")
        if question.acts:
            # Looked up again: acting is use, and keeps the session alive.
            person = await visitor(request.scope, is_use=True)
            if person is None or not person.may(Action.RUN_PIPELINE):
                return _no(403, READERS_ASK, "ROLE")
            await run_in_threadpool(_note, person, question)
        return await self._pages.answer(request, _given(person), question.body)

    async def _carry(self, socket: WebSocket) -> None:
        """Carry a page's subscriptions, while its person's session lives."""
        try:
            person = await visitor(socket.scope, is_use=False)
            if person is None or socket.url.path != QUESTIONS:
                await socket.close(NOT_ALLOWED)
                return

            async def may_stay() -> bool:
                return await visitor(socket.scope, is_use=False) == person

            await carry(
                socket, self._socket, given=_given(person), read=read_frame, may_stay=may_stay
            )
        except (NobodyThere, RecordUnavailable):
            await socket.close(1013)


def _note(person: Person, question: Question) -> None:
    """Note who is about to act, before Dagster hears of it; it knows no people."""
    with connections.record().transaction() as transaction:
        note_act(transaction, by=person, acts=question.acts, asked=question.body)


def _given(person: Person) -> dict[str, str]:
    """Say for whom Dagster answers."""
    return {MAY_ACT: "yes" if person.may(Action.RUN_PIPELINE) else "no"}


def _no(status: int, detail: str, code: str) -> Response:
    """Write a refusal as the API does, and as Dagster's pages read one."""
    said = {"detail": detail, "code": code, "data": None, "errors": [{"message": detail}]}
    return JSONResponse(said, status)
