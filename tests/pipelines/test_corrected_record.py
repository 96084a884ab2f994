"""What a run makes of corrections, and the anchor it leaves in the edition."""

from datetime import UTC, datetime
from decimal import Decimal as D

import pytest
from sqlalchemy import text

from dashboards.commands.corrections import Corrected
from dashboards.commands.decisions import decide
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.voids import Voidable, void_fact
from dashboards.commands.withdrawals import withdraw_decision
from pipelines.schedules import _what_changed
from sql.record.engine import DatabaseRole, Record
from sql.trail.audit import verify
from sql.trail.kept_anchors import all_anchors
from sql.warehouse.editions import current_edition
from tests.engines import engine_of
from tests.plants import correct_as_known, gate_id_of, just_confirmed, link_ids_into

WHY = "typed at the wrong terminal"


def test_an_edition_holds_what_is_current_and_a_correction_asks_for_a_run(
    run, record, people, settings
) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="BEEF", weight_kg=500)
        register_lot(transaction, by=by, lot_code="PORK", weight_kg=500)
        register_lot(
            transaction,
            by=by,
            lot_code="MIX",
            weight_kg=90,
            parents=[Parent("BEEF", 60), Parent("PORK", 30)],
        )
        decided = decide(transaction, by=by, lot_code="BEEF", decision="HOLD", notes=WHY)
    assert run().success
    assert _what_changed() is None

    with record.transaction() as transaction:
        link_id = link_ids_into(transaction, 3)[1]
        void_fact(transaction, by=by, kind=Voidable.LINK, fact_id=link_id, reason=WHY)
        corrected = Corrected(None, D("480.5"), None, None, datetime.now(UTC))
        correct_as_known(transaction, by=by, lot_code="BEEF", reason=WHY, corrected=corrected)
        withdraw_decision(
            transaction,
            by=by,
            decision_id=decided["decision_id"],
            reason=WHY,
            confirmation=just_confirmed(by),
        )
    assert _what_changed() is not None
    assert run().success

    edition = current_edition(settings.home)
    assert edition.select(
        "select ancestor_lot_code, share from genealogy.closure_by_code"
    ).rows() == [("BEEF", 1.0)]
    assert edition.select("select weight_kg from raw.lots where lot_code = 'BEEF'").item() == D(
        "480.5"
    )
    assert edition.select("select * from raw.qc_decisions").is_empty()
    assert _what_changed() is None


def test_a_withdrawn_decision_counts_nowhere(run, record, people, settings) -> None:
    """Held, then passed by mistake: with the PASS withdrawn, the hold is open since its HOLD."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="BEEF", lot_type="RAW", weight_kg=500)
        gate_id = gate_id_of(transaction, 1)
        facts = {"by": by, "lot_code": "BEEF", "gate_id": gate_id, "temperature_c": 2}
        held = decide(transaction, decision="HOLD", notes=WHY, **facts)
        passed = decide(
            transaction, decision="PASS", notes=WHY, confirmation=just_confirmed(by), **facts
        )
    assert run().success
    released = current_edition(settings.home)
    assert released.named("holds_ended")["ended_by"].to_list() == ["PASS"]
    assert released.named("dispositions_by_type").rows() == [("RAW", 1, "released", 1)]

    with record.transaction() as transaction:
        withdraw_decision(
            transaction,
            by=by,
            decision_id=passed["decision_id"],
            reason=WHY,
            confirmation=just_confirmed(by),
        )
    assert run().success
    edition = current_edition(settings.home)

    assert edition.named("holds_ended").is_empty()
    assert edition.named("dispositions_by_type").rows() == [("RAW", 1, "hold", 1)]
    daily = edition.named("gate_decisions_by_day", days=1)
    assert daily.select("decision", "decisions_count").rows() == [("HOLD", 1)]
    (hold,) = edition.named("holds_open").to_dicts()
    age = edition.about["record_as_of"] - held["happened_at"]
    assert hold["held_at"] == held["happened_at"]
    assert hold["hours"] == pytest.approx(age.total_seconds() / 3600)


def test_every_edition_is_an_anchor(run, record, people, settings, database) -> None:
    """Cut the trail behind the last edition, facts and all: the edition remembers."""
    with record.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="BEEF")
    assert run().success
    anchors = all_anchors(settings)

    owner = Record(database, DatabaseRole.OWNER)
    with owner.snapshot() as snapshot:
        assert verify(snapshot, anchors).breaks == []
    with engine_of(owner).begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("delete from facts.lots"))
        connection.execute(text("delete from audit.entries where table_name = 'lots'"))
    with owner.snapshot() as snapshot:
        found = verify(snapshot, anchors).breaks
    owner.close()
    assert len(anchors) == 1
    assert "The tail is cut" in found[0].text and "edition" in found[0].text
