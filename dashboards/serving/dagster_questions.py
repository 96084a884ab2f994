"""What a question to Dagster asks for: read by a parser, and written anew before it is passed on.

Dagster runs a change that comes in an address, in a batch's first place or under any content type.
Here one question of one shape is understood; what is passed on is what was understood, so nothing
that this module and Dagster might read differently gets through.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
)

LARGEST_QUESTION_BYTES = 1_000_000
MOST_TOKENS = 20_000
TYPES_WITHOUT_QUESTION = frozenset({"connection_init", "connection_terminate", "stop"})


class NotUnderstood(ValueError):
    """It is no single question that Dagster's own pages would ask; the text says why."""


@dataclass(frozen=True)
class Question:
    """One question, understood.

    Attributes:
        acts: What it would have Dagster do, by Dagster's names; empty: it only asks.
        body: The question as JSON, with nothing else in it.
    """

    acts: tuple[str, ...]
    body: str


def read_question(body: bytes) -> Question:
    """Understand the body of a request.

    Raises:
        NotUnderstood: It is no JSON object with one text of GraphQL in it, is for a socket, or
            would change something and doesn't say what.
    """
    asked = _question_of(_object_of(body))
    document = _document(asked["query"])
    if OperationType.SUBSCRIPTION in _kinds(document):
        raise NotUnderstood("A subscription needs a socket.")
    return Question(_acts(document), json.dumps(asked))


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
    if _kinds(_document(asked["query"])) != {OperationType.SUBSCRIPTION}:
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


def _document(query: str) -> DocumentNode:
    """Parse a text of GraphQL."""
    try:
        document = parse(query, max_tokens=MOST_TOKENS, no_location=True)
    except (GraphQLError, RecursionError) as wrong:
        raise NotUnderstood("The question is no GraphQL.") from wrong
    if not _operations(document):
        raise NotUnderstood("There is no question in it.")
    return document


def _operations(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]


def _kinds(document: DocumentNode) -> set[OperationType]:
    return {one.operation for one in _operations(document)}


def _acts(document: DocumentNode) -> tuple[str, ...]:
    """Name what a text would change: the first fields of its mutations, in fragments too."""
    fragments = {
        one.name.value: one.selection_set
        for one in document.definitions
        if isinstance(one, FragmentDefinitionNode)
    }
    parts = reversed(_operations(document))
    open_ = [one.selection_set for one in parts if one.operation is OperationType.MUTATION]
    named: list[str] = []
    while open_:
        inside: list[SelectionSetNode] = []
        for one in open_.pop().selections:
            if isinstance(one, FieldNode):
                named.append(one.name.value)
            elif isinstance(one, InlineFragmentNode):
                inside.append(one.selection_set)
            elif isinstance(one, FragmentSpreadNode):
                # Taken out: a fragment in itself would never end.
                inside += filter(None, [fragments.pop(one.name.value, None)])
        open_ += reversed(inside)
    if not named and OperationType.MUTATION in _kinds(document):
        raise NotUnderstood("It isn't said what it would change.")
    return tuple(named)
