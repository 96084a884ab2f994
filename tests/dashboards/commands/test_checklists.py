"""What was ticked of a gate's checklist is kept with the decision, in words."""

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import BadValue, DecisionRefused
from dashboards.commands.signatures import signed_hash
from dashboards.commands.signed_decisions import signed_content
from sql.vocabulary import Meaning
from tests.engines import ask
from tests.plants import gate_id_of, just_confirmed

POINTS = [
    "Label: lot, date, SKU, weight",
    "Seal tight",
    "Metal detector passed",
    "All earlier gates passed",
]


def release(transaction, people, ticked, decision: str = "PASS"):
    register_lot(transaction, by=people["OPERATOR"], lot_code="L", lot_type="FG", weight_kg=30)
    by = people["MANAGER"]
    return decide(
        transaction,
        by=by,
        lot_code="L",
        decision=decision,
        gate_id=gate_id_of(transaction, 8),
        notes="the seal leaks",
        ticked=ticked,
        confirmation=just_confirmed(by),
    )


def test_each_point_is_kept_ticked_or_not(transaction, people) -> None:
    release(transaction, people, [True, False, True, False], "HOLD")

    wanted = [{"point": point, "is_ticked": at in (0, 2)} for at, point in enumerate(POINTS)]
    assert ask(transaction, "select checklist from facts.qc_decisions").fetchone() == (wanted,)


def test_a_pass_with_a_point_left_is_refused_and_names_it(transaction, people) -> None:
    with pytest.raises(DecisionRefused, match="this one is not: Metal detector passed"):
        release(transaction, people, [True, True, False, True])


def test_a_list_that_was_changed_meanwhile_is_refused(transaction, people) -> None:
    with pytest.raises(BadValue, match="changed meanwhile"):
        release(transaction, people, [True])


def test_where_nobody_was_asked_nothing_is_kept(transaction, people) -> None:
    assert release(transaction, people, None)["checklist"] is None


def test_a_signature_covers_the_ticks(transaction, people) -> None:
    written = release(transaction, people, [True] * 4)
    signed = ask(transaction, "select signed_hash from facts.decision_signatures").fetchone()

    assert signed == (signed_hash(Meaning.RELEASE, "Manager", signed_content(written)),)
    untold = signed_content({**written, "checklist": None})
    assert signed != (signed_hash(Meaning.RELEASE, "Manager", untold),)
