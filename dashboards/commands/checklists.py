"""The checklist of a gate, as it is kept with a decision: each point in words, ticked or not.

The words are kept, not their places: a checklist may be worded anew later, and what somebody ticked
then must not change with it. Who ticked them is who decided.
"""

import json
from collections.abc import Sequence
from typing import Any

from dashboards.commands.refusals import BadValue, DecisionRefused
from sql.record.transactions import Row
from sql.vocabulary import Decision


def checklist_kept(gate: Row | None, decision: str, ticked: Sequence[bool] | None) -> str | None:
    """Return the checklist as the record keeps it, as JSON; None: nobody was asked.

    Args:
        gate: Where it is decided, with its `checklist`; None: at none.
        decision: PASS, HOLD or FAIL.
        ticked: Which points were ticked, in the checklist's order.

    Raises:
        BadValue: There are more or fewer points than were ticked or left: the list was changed.
        DecisionRefused: A PASS with a point left unticked; names the first.
    """
    if gate is None or ticked is None:
        return None
    points = [item["en"] for item in gate["checklist"]]
    if len(points) != len(ticked):
        raise BadValue(
            f"The checklist of gate {gate['name_en']} was changed meanwhile. Nothing was saved. "
            "Read it again, then decide.",
            field="checklist",
        )
    kept = [
        {"point": point, "is_ticked": bool(tick)}
        for point, tick in zip(points, ticked, strict=True)
    ]
    left = [one["point"] for one in kept if not one["is_ticked"]]
    if decision == Decision.PASS and left:
        raise DecisionRefused(
            f"PASS needs every point of the checklist ticked, and this one is not: {left[0]}. Tick "
            "it, or decide HOLD.",
            field="checklist",
            code="CHECKLIST",
        )
    return written_out(kept)


def written_out(checklist: Any) -> str:
    """Write a kept checklist out in the one way that is stored and signed."""
    return json.dumps(checklist, ensure_ascii=False, sort_keys=True)
