"""Settle a breach of a rule: say, as a fact with person and reason, why it may stand."""

import json
from collections.abc import Mapping
from typing import Any

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.reasons import reason_given
from dashboards.commands.refusals import BadValue, FindingNotSettled
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction
from sql.vocabulary import SettlementKind
from sql.warehouse.checks import all_checks
from sql.warehouse.findings import breach_id
from sql.warehouse.rules import Severity


def settle_finding(
    transaction: Transaction,
    *,
    by: Person,
    table: str,
    rule: str,
    row: Mapping[str, Any],
    kind: str,
    reason: str,
) -> int:
    """Settle one breach, or open a settled one again; return the settlement's id.

    It counts for this very breach: one that changes in any value, or breaks another rule, is open.
    One that a later fact disproves ends by itself, settled or not.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        table: The table that the rule speaks about.
        rule: The rule's name.
        row: The breach, as its check told it.
        kind: `ACKNOWLEDGED`, `EXPLAINED` or `REOPENED`.
        reason: Why, 10 characters or more.

    Raises:
        NotPermitted: The role may not settle findings.
        BadValue: The kind is unknown, or the reason too short.
        FindingNotSettled: No such rule, or one that blocks, which can only be mended; or an open
            breach is to be opened.
    """
    require(by, Action.CORRECT)
    if kind not in set(SettlementKind):
        known = ", ".join(SettlementKind)
        raise BadValue(f"kind is {kind}; it must be one of {known}.", field="kind")
    why = reason_given(reason, "what you know of it")
    _guard_rule(table, rule)
    breach = breach_id(table, rule, row)
    begin_writing(transaction, by=by)
    stands = bool(transaction.all("settlements_of", breach_ids=[breach]))
    if kind == SettlementKind.REOPENED and not stands:
        raise FindingNotSettled(
            "This finding is open: nobody has settled it, or somebody opened it again.",
            field="kind",
        )
    return transaction.value(
        "write_settlement",
        breach_id=breach,
        rule_name=f"{table} {rule}",
        breach=json.dumps(row, default=str, ensure_ascii=False),
        kind=kind,
        reason=why,
        operator_id=by.user_id,
    )


def _guard_rule(table: str, rule: str) -> None:
    """Refuse a rule that isn't there, and one whose breach no word makes good."""
    check = all_checks().get(f"{table} {rule}")
    if check is None:
        raise FindingNotSettled(
            f"There is no rule “{rule.replace('_', ' ')}” about {table}.", field="rule"
        )
    if check.severity is Severity.BLOCKS:
        raise FindingNotSettled(
            f"“{rule.replace('_', ' ')}” keeps editions from being published: it can't be "
            "settled, only mended.",
            field="rule",
        )
