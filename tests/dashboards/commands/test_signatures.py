"""Signed decisions: which ask for the password, what is kept, the hash computed anew by hand."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from dashboards.commands.authority import Face, Origin
from dashboards.commands.decisions import decide
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import SignatureNeeded
from dashboards.commands.sign_in import confirm_password
from dashboards.commands.signatures import Confirmation
from dashboards.commands.withdrawals import withdraw_decision
from dashboards.sessions.password_check import confirmed
from sql.record.transactions import Row
from tests.conftest import PASSWORD
from tests.plants import gate_id_of, just_confirmed

WHY = "found it warm — árvíztűrő 🙂"


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture
def lot(record, people) -> str:
    code = f"L-{uuid4()}"
    with record.transaction() as transaction:
        register_lot(
            transaction, by=people["OPERATOR"], lot_code=code
        )  # of no type: any gate will do
    return code


def say(record, by, lot, word, gate=None, confirmation=None, **facts) -> Row:
    """Decide in a transaction of its own, as a face does."""
    with record.transaction() as transaction:
        gate_id = gate and gate_id_of(transaction, gate)
        return decide(
            transaction,
            by=by,
            lot_code=lot,
            decision=word,
            gate_id=gate_id,
            notes=WHY,
            confirmation=confirmation,
            **facts,
        )


def rows(record, statement) -> list[dict]:
    with record.transaction() as transaction:
        return transaction.connection.execute(statement).fetchall()


def decisions(record, lot) -> list[dict]:
    return rows(
        record,
        "select decision_id, lot_id, gate_id, decision, notes, temperature_c, happened_at "
        "from facts.qc_decisions "
        f"where lot_id = (select lot_id from facts.lots where lot_code = '{lot}')",
    )


def signatures(record, lot) -> list[dict]:
    """Read the signatures under the lot's decisions and under their withdrawals."""
    ids = ", ".join(str(one["decision_id"]) for one in decisions(record, lot)) or "0"
    return rows(
        record,
        "select signatures.* from facts.decision_signatures as signatures "
        "left join facts.decision_withdrawals as withdrawals using (withdrawal_id) "
        f"where signatures.decision_id in ({ids}) or withdrawals.decision_id in ({ids}) "
        "order by signature_id",
    )


@pytest.mark.parametrize(
    ("before", "word", "gate", "meaning"),
    [
        (None, "PASS", None, None),
        (None, "PASS", 5, None),
        (None, "HOLD", None, None),
        (None, "HOLD", 8, None),
        (None, "PASS", 8, "RELEASE"),
        (None, "FAIL", None, "REJECT"),
        (None, "FAIL", 8, "REJECT"),
        (None, "FAIL", 5, "REJECT"),
        ("HOLD", "PASS", None, "LIFT"),
        ("FAIL", "PASS", None, "LIFT"),
        ("HOLD", "HOLD", None, None),
        ("PASS", "PASS", None, None),
        ("HOLD", "PASS", 5, "LIFT"),
        ("HOLD", "PASS", 8, "LIFT"),
    ],
)
def test_releasing_lifting_and_failing_are_signed_and_nothing_else(
    record, by, lot, before, word, gate, meaning
) -> None:
    if before is not None:
        say(record, by, lot, before, gate, just_confirmed(by))
    had = len(signatures(record, lot))
    if meaning is not None:
        with pytest.raises(SignatureNeeded, match="type your password again"):
            say(record, by, lot, word, gate)
        assert len(decisions(record, lot)) == (before is not None)
    decision = say(record, by, lot, word, gate, just_confirmed(by) if meaning else None)

    assert decision["meaning"] == meaning
    kept = signatures(record, lot)[had:]
    assert [(one["meaning"], one["decision_id"]) for one in kept] == (
        [(meaning, decision["decision_id"])] if meaning else []
    )


def test_a_signature_keeps_who_as_what_when_and_how(record, people, by, lot) -> None:
    started, auditor = datetime.now(UTC), people["AUDITOR"]
    say(record, auditor, lot, "FAIL", confirmation=just_confirmed(auditor))
    with record.transaction() as transaction:
        transaction.run("change_user", user_id=auditor.user_id, role="VIEWER", is_active=True)

    (kept,) = signatures(record, lot)
    assert (kept["user_id"], kept["signed_name"], kept["signed_role"], kept["method"]) == (
        auditor.user_id,
        "Auditor",
        "AUDITOR",
        "PASSWORD",
    )
    assert started < kept["recorded_at"] < datetime.now(UTC)


@pytest.mark.parametrize("seconds", [61, 3600])
def test_a_password_given_more_than_a_minute_ago_signs_nothing(record, by, lot, seconds) -> None:
    old = Confirmation(by.user_id, datetime.now(UTC) - timedelta(seconds=seconds))
    with pytest.raises(SignatureNeeded):
        say(record, by, lot, "FAIL", confirmation=old)
    assert decisions(record, lot) == []
    recent = Confirmation(by.user_id, datetime.now(UTC) - timedelta(seconds=50))
    say(record, by, lot, "FAIL", confirmation=recent)


@pytest.mark.parametrize("face", list(Face))
def test_a_password_of_another_person_signs_nothing(record, people, by, lot, face) -> None:
    """Not over the API either, where none at all would do."""
    there = replace(by, origin=Origin(face))
    with pytest.raises(SignatureNeeded):
        say(record, there, lot, "FAIL", confirmation=just_confirmed(people["ADMIN"]))
    assert decisions(record, lot) == []


@pytest.mark.parametrize("face", [Face.SCREEN, Face.TERMINAL])
def test_only_a_programs_token_signs_without_the_password(record, by, lot, face) -> None:
    with pytest.raises(SignatureNeeded):
        say(record, replace(by, origin=Origin(face)), lot, "FAIL")
    say(record, replace(by, origin=Origin(Face.API)), lot, "FAIL")
    assert [one["method"] for one in signatures(record, lot)] == ["TOKEN"]


def test_over_the_api_a_password_given_again_is_kept_as_one(record, by, lot) -> None:
    say(record, replace(by, origin=Origin(Face.API)), lot, "FAIL", confirmation=just_confirmed(by))
    assert [one["method"] for one in signatures(record, lot)] == ["PASSWORD"]


def test_a_wrong_password_saves_nothing_and_counts_as_a_failed_sign_in(record, people, lot) -> None:
    by = people["ADMIN"]
    at = replace(by, origin=Origin(Face.SCREEN, address="10.0.0.9"))
    for _ in range(3):
        with pytest.raises(SignatureNeeded, match="password is wrong; nothing was saved"):
            say(record, at, lot, "FAIL", confirmation=confirmed(record, at, "not the password"))

    assert decisions(record, lot) == []
    failures = rows(record, "select email_hash, address from sign_in_failures")
    assert (
        failures
        == [{"email_hash": hashlib.sha256(by.email.encode()).digest(), "address": "10.0.0.9"}] * 3
    )


def test_the_right_password_confirms_its_own_person_for_a_minute(record, by, lot) -> None:
    proof = confirmed(record, by, PASSWORD)

    assert proof.user_id == by.user_id
    assert timedelta(0) <= datetime.now(UTC) - proof.given_at < timedelta(seconds=30)
    say(record, by, lot, "FAIL", confirmation=proof)


def test_who_was_switched_off_confirms_nothing(transaction, by) -> None:
    transaction.run("change_user", user_id=by.user_id, role="MANAGER", is_active=False)
    assert confirm_password(transaction, by=by, password=PASSWORD) is None


def by_hand(meaning: str, name: str, fields: dict) -> bytes:
    """Write the canonical JSON out and hash it; nothing of the house is used."""
    texts = {key: None if value is None else str(value) for key, value in fields.items()}
    texts |= {"meaning": meaning, "name": name}
    members = ",".join(
        f"{json.dumps(key)}:{json.dumps(texts[key], ensure_ascii=False)}" for key in sorted(texts)
    )
    return hashlib.sha256(("{" + members + "}").encode("utf-8")).digest()


@pytest.mark.parametrize(
    ("word", "gate", "temperature_c"),
    [("FAIL", None, None), ("FAIL", 7, "-17.5"), ("PASS", 8, "0"), ("PASS", 8, Decimal("-18.25"))],
)
def test_the_hash_can_be_computed_anew_from_the_rows_kept(
    record, by, lot, word, gate, temperature_c
) -> None:
    say(record, by, lot, word, gate, just_confirmed(by), temperature_c=temperature_c)
    (kept,) = signatures(record, lot)
    (decision,) = decisions(record, lot)

    assert bytes(kept["signed_hash"]) == by_hand(kept["meaning"], "Manager", decision)
    for name in decision:
        changed = decision | {name: f"{decision[name]}0"}
        assert bytes(kept["signed_hash"]) != by_hand(kept["meaning"], "Manager", changed)


def test_the_hash_of_a_withdrawal_can_be_computed_anew_too(record, by, lot) -> None:
    decision = say(record, by, lot, "HOLD")
    with record.transaction() as transaction:
        withdraw_decision(
            transaction,
            by=by,
            decision_id=decision["decision_id"],
            reason=WHY,
            confirmation=just_confirmed(by),
        )
    (kept,) = signatures(record, lot)
    (row,) = rows(record, "select decision_id, reason, happened_at from facts.decision_withdrawals")

    assert (kept["meaning"], kept["decision_id"]) == ("WITHDRAW", None)
    assert bytes(kept["signed_hash"]) == by_hand("WITHDRAW", "Manager", row)
