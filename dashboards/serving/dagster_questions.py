"""What a question to Dagster asks for: read by a parser, and written anew before it is passed on.

Dagster runs a change that comes in an address, in a batch's first place or under any content type.
Here one question of one shape is understood; what is passed on is what was understood, so nothing
that this module and Dagster might read differently gets through.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, OperationType, parse

LARGEST_QUESTION_BYTES = 1_000_000
MOST_TOKENS = 20_000
TYPES_WITHOUT_QUESTION = frozenset({"connection_init", "connection_terminate", "stop"})


class NotUnderstood(ValueError):
    """It is no single question that Dagster's own pages would ask; the text says why."""


@dataclass(frozen=True)
class Question:
    """One question, understood.

    Attributes:
        kinds: What its operations are: queries, mutations, subscriptions.
        body: The question as JSON, with nothing else in it.
    """

    kinds: frozenset[OperationType]
    body: str

    @property
    def acts(self) -> bool:
        """Tell whether any part of it changes something."""
        return OperationType.MUTATION in self.kinds


def read_question(body: bytes) -> Question:
    """Understand the body of a request.

    Raises:
        NotUnderstood: It is no JSON object with one text of GraphQL in it, or is for a socket.
    """
    asked = _question_of(_object_of(body))
    kinds = _kinds(asked["query"])
    if OperationType.SUBSCRIPTION in kinds:
        raise NotUnderstood("A subscription needs a socket.")
    return Question(kinds, json.dumps(asked))


def read_frame(text: str) -> str:
    """Understand what a page says over its socket, and return it written anew.

    Raises:
        NotUnderstood: It is no word of the protocol, or starts anything but subscriptions.
    """
    said = _object_of(text.encode(errors="replace"))
    kind, about = str(said.get("type")), said.get("id")
    named = {"id": about} if isinstance(about, str) else {}
    if kind in TYPES_WITHOUT_QUESTION:
        return json.dumps({"type": kind, **named})
    if kind != "start" or not named or not isinstance(said.get("payload"), dict):
        raise NotUnderstood("That is no word of the protocol.")
    asked = _question_of(said["payload"])
    if _kinds(asked["query"]) != {OperationType.SUBSCRIPTION}:
        raise NotUnderstood("A socket carries subscriptions only.")
    # Dagster's sockets read the name under a key of their own.
    payload = {**asked, "operation_name": asked["operationName"]}
    return json.dumps({"type": kind, **named, "payload": payload})


def _object_of(body: bytes) -> dict[str, Any]:
    """Read a JSON object; one, not a batch."""
    if len(body) > LARGEST_QUESTION_BYTES:
        raise NotUnderstood("The question is too long.")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise NotUnderstood("The question is no JSON.") from wrong
    if not isinstance(said, dict):
        raise NotUnderstood("Ask one question at a time.")
    return said


def _question_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """Take text, variables and name, and nothing else: no stored question, no extension."""
    query, variables, name = (said.get(key) for key in ("query", "variables", "operationName"))
    if not isinstance(query, str):
        raise NotUnderstood("There is no question in it.")
    if not isinstance(variables, dict | None) or not isinstance(name, str | None):
        raise NotUnderstood("Its variables or its name are of no use.")
    return {"query": query, "variables": variables, "operationName": name}


def _kinds(query: str) -> frozenset[OperationType]:
    """Parse a text and say what its operations are."""
    try:
        document = parse(query, max_tokens=MOST_TOKENS, no_location=True)
    except (GraphQLError, RecursionError) as wrong:
        raise NotUnderstood("The question is no GraphQL.") from wrong
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    if not operations:
        raise NotUnderstood("There is no question in it.")
    return frozenset(one.operation for one in operations)
