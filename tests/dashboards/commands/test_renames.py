"""A lot's own code is corrected: the lot goes on with all about it, the old code is told as old."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest

from dashboards.commands.assessments import assess_origin
from dashboards.commands.corrections import Corrected
from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.packing import pack_lot
from dashboards.commands.readings import record_reading
from dashboards.commands.refusals import (
    BadValue,
    CorrectionRefused,
    NotPermitted,
    Refusal,
    SignatureNeeded,
    Taken,
    Voided,
)
from dashboards.commands.renames import rename_lot
from dashboards.commands.shipments import record_shipment
from dashboards.commands.voids import void_lot
from sql.genealogy.lot_choice import lot_meant
from sql.genealogy.trace import trace
from sql.record.engine import DatabaseRole, Record
from sql.trail.audit import verify
from sql.vocabulary import Direction, Meaning
from tests.engines import ask
from tests.plants import correct_as_known, just_confirmed
from tests.reference_plant import register_reference

WHY = "a letter was mistyped"


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture
def rename(record, by):
    """Return a function that renames a lot in a transaction of its own."""

    def renamed(old, new, *, person=by, reason=WHY, **how):
        with record.transaction() as transaction:
            return rename_lot(
                transaction,
                by=person,
                lot_code=old,
                new_lot_code=new,
                reason=reason,
                **{"confirmation": just_confirmed(person)} | how,
            )

    return renamed


@pytest.fixture
def rows(record):
    def asked(statement):
        with record.snapshot() as snapshot:
            return ask(snapshot, statement).fetchall()

    return asked


@pytest.fixture
def lots(record, by):
    with record.transaction() as transaction:
        for code, lot_type in (("MIX-1O", "MIX"), ("ROD", "SKW"), ("BEEF", "RAW")):
            register_lot(transaction, by=by, lot_code=code, lot_type=lot_type, weight_kg=100)


def test_the_lot_goes_on_under_its_new_code_with_what_went_in_and_out(
    record, by, lots, rename, rows
) -> None:
    with record.transaction() as transaction:
        for parent, child in (("BEEF", "MIX-1O"), ("MIX-1O", "ROD")):
            link_lots(
                transaction, by=by, parent_lot_code=parent, child_lot_code=child, quantity_kg=60
            )
        record_reading(
            transaction, by=by, lot_code="MIX-1O", characteristic="ph", value=6, unit="pH"
        )
    assert rename("MIX-1O", " MIX-10 ") == "MIX-10"

    with record.snapshot() as snapshot:
        found = trace(snapshot, "MIX-10", Direction.BOTH)
    assert found is not None
    assert {row["lot_code"] for row in found.lots} == {"BEEF", "MIX-10", "ROD"}
    assert rows("select lot_code from lots order by 1") == [("BEEF",), ("MIX-10",), ("ROD",)]
    assert rows("select lot_code, value::integer from readings join lots using (lot_id)") == [
        ("MIX-10", 6)
    ]
    assert rows("select reason from facts.lot_voids") == [
        (f"renamed from MIX-1O to MIX-10: {WHY}",)
    ]


def test_what_was_known_before_is_told_by_the_old_code(record, lots, rename) -> None:
    before = datetime.now(UTC)
    rename("MIX-1O", "MIX-10")

    with record.snapshot(as_of=before) as then:
        assert then.one("lot_shown", lot_code="MIX-10") is None
        assert then.one("lot_shown", lot_code="MIX-1O") is not None
        assert lot_meant(then, "MIX-1O").lot_code == "MIX-1O"
        assert lot_meant(then, "MIX-1O").voided == []


def test_a_search_that_meets_the_old_code_offers_the_lot_and_chooses_nothing(
    record, lots, rename
) -> None:
    rename("MIX-1O", "MIX-11")
    rename("MIX-11", "MIX-10")

    with record.snapshot() as snapshot:
        meant = {typed: lot_meant(snapshot, typed) for typed in ("MIX-1O", "mix 11", "lot MIX-1O")}
        part = lot_meant(snapshot, "IX-1O")
    for one in (meant["MIX-1O"], meant["mix 11"]):
        assert (one.lot_code, one.codes) == (None, ["MIX-10"])
        assert one.found.lots[0]["matched_by"] == "former_lot_code"
        assert [lot["renamed_to"] for lot in one.voided] == ["MIX-10"]
    assert [row["lot_code"] for row in meant["lot MIX-1O"].found.lots] == ["MIX-10"]
    assert (part.lot_code, part.codes) == (None, ["MIX-10"])


def test_a_label_from_before_offers_the_lot_and_a_scan_of_the_old_code_does(
    record, lots, rename
) -> None:
    with record.snapshot() as snapshot:
        label = snapshot.one("lot_shown", lot_code="ROD")["label_code"]
    rename("ROD", "ROD-1")

    with record.snapshot() as snapshot:
        found = [lot_meant(snapshot, one) for one in (label, "]C110ROD")]
        other = lot_meant(snapshot, label[:-1] + ("2" if label[-1] != "2" else "3"))
    assert [(one.lot_code, one.codes) for one in found] == [(None, ["ROD-1"])] * 2
    assert other.found.lots == []


def test_what_people_signed_and_packed_goes_on_and_is_signed_as_taken_over(
    record, people, by, lots, rename, rows
) -> None:
    with record.transaction() as transaction:
        decide(
            transaction,
            by=people["AUDITOR"],
            lot_code="MIX-1O",
            decision="FAIL",
            notes="smells of soap",
            confirmation=just_confirmed(people["AUDITOR"]),
        )
        register_lot(transaction, by=by, lot_code="PIE", lot_type="FG", weight_kg=50)
        pack_lot(transaction, by=by, sscc="340123450000000017", lot_code="PIE", quantity_kg=20)
    rename("MIX-1O", "MIX-10")
    rename("PIE", "PIE-1")

    assert rows(
        "select lot_code, decision, full_name from qc_decisions as d join lots using (lot_id) "
        "join users on d.operator_id = user_id"
    ) == [("MIX-10", "FAIL", people["AUDITOR"].full_name)]
    assert rows(
        "select meaning, signed_name from facts.decision_signatures order by signature_id"
    ) == [
        (Meaning.REJECT, people["AUDITOR"].full_name),
        *[(Meaning.RENAME, by.full_name)] * 3,
    ]
    assert rows("select lot_code, quantity_kg::integer from packed join lots using (lot_id)") == [
        ("PIE-1", 20)
    ]
    with record.snapshot() as snapshot:
        assert snapshot.one("lot_shown", lot_code="MIX-10")["disposition"] == "rejected"


def test_what_was_shipped_and_came_back_stays_one_line(record, by, lots, rename, rows) -> None:
    with record.transaction() as transaction:
        ask(
            transaction,
            "insert into facts.partners (partner_code, name, role) "
            "values ('C', 'Shop', 'CUSTOMER')",
        )
        for code, kg in (("S1", 10), ("S2", 20)):
            record_shipment(
                transaction,
                by=by,
                lot_code="BEEF",
                shipment_code=code,
                customer_code="C",
                quantity_kg=kg,
            )
        register_movement(
            transaction,
            by=by,
            lot_code="BEEF",
            kind="RETURNED",
            quantity_kg=15,
            shipment_code="S2",
            reason="too warm on arrival",
        )
    rename("BEEF", "BEEF-1")

    assert rows(
        "select shipment_code, movements.quantity_kg::integer, lot_code from movements "
        "join shipments using (shipment_id) join lots on movements.lot_id = lots.lot_id"
    ) == [("S2", 15, "BEEF-1")]


def test_an_assessment_of_a_descendant_goes_on_over_the_rename_of_what_stopped_it(
    record, people, by, lots, rename
) -> None:
    with record.transaction() as transaction:
        link_lots(transaction, by=by, parent_lot_code="BEEF", child_lot_code="ROD", quantity_kg=9)
        decide(transaction, by=by, lot_code="BEEF", decision="HOLD", notes="waits for the lab")
    with record.transaction() as transaction:
        held = transaction.all("standing_decisions", lot_id=lot_id(transaction, "BEEF"))
        assess_origin(
            transaction,
            by=by,
            lot_code="ROD",
            reason="the lab says it is sound",
            decision_ids=[row["decision_id"] for row in held],
            confirmation=just_confirmed(by),
        )
    rename("BEEF", "BEEF-1")

    with record.snapshot() as snapshot:
        assert snapshot.one("lot_shown", lot_code="ROD")["disposition"] != "stopped"
        assert snapshot.one("lot_shown", lot_code="BEEF-1")["disposition"] == "hold"


def lot_id(transaction, code):
    return transaction.value("lot_id_by_code", lot_code=code)


def test_an_order_that_only_the_times_of_entry_tell_is_not_lost(
    record, by, lots, rename, rows
) -> None:
    day = f"{datetime.now(UTC):%Y-%m-%d} 00:00+00"
    with record.transaction() as transaction:
        ask(
            transaction,
            "insert into facts.qc_decisions (lot_id, decision, happened_at, happened_until) "
            f"select lot_id, 'PASS', '{day}', timestamptz '{day}' + interval '1 day' "
            "from lots where lot_code = 'ROD'",
        )
    with record.transaction() as transaction:
        decide(transaction, by=by, lot_code="ROD", decision="HOLD", notes="waits for the lab")

    with pytest.raises(CorrectionRefused, match="only when they were entered tells"):
        rename("ROD", "ROD-1")
    assert ("ROD",) in rows("select lot_code from lots")


@pytest.mark.parametrize(
    ("new", "kind", "said"),
    [
        ("ROD", Taken, "ROD exists already"),
        ("rod", Taken, "looks like lot ROD"),
        ("R\N{CYRILLIC CAPITAL LETTER O}D", Taken, "looks like lot ROD"),
        ("GONE", Voided, "GONE was voided"),
        ("  ", BadValue, "Lot code"),
        ("X" * 251, BadValue, "250"),
        ("(01)09506000134352(10)AB", BadValue, "whole label"),
        ("MIX-1O", BadValue, "is called that already"),
        ("mix-1o", Taken, "which this lot is called"),
    ],
)
def test_a_code_that_would_name_another_lot_or_none_is_refused(
    record, by, lots, rename, rows, new, kind, said
) -> None:
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="GONE")
        void_lot(transaction, by=by, lot_code="GONE", reason="never was there")

    with pytest.raises(kind, match=said):
        rename("MIX-1O", new)
    assert ("MIX-1O",) in rows("select lot_code from lots")
    assert rows("select count(*) from facts.lot_voids where renamed_id is not null") == [(0,)]


def test_the_old_code_is_given_to_no_lot_and_says_what_to_use(record, by, lots, rename) -> None:
    rename("MIX-1O", "MIX-10")

    with record.transaction() as transaction:
        with pytest.raises(Voided, match="MIX-1O is called MIX-10 since .* use MIX-10") as refused:
            register_lot(transaction, by=by, lot_code="MIX-1O")
        assert refused.value.code == "RENAMED"
    with pytest.raises(Voided, match="MIX-1O is called MIX-10"):
        rename("MIX-1O", "MIX-12")
    with pytest.raises(Voided, match="MIX-1O is called MIX-10"):
        rename("MIX-10", "MIX-1O")


def test_a_code_that_differs_by_a_space_for_a_separator_is_a_correction(lots, rename) -> None:
    assert rename("MIX-1O", "MIX 1O") == "MIX 1O"


def test_it_takes_a_manager_a_reason_and_the_password(people, lots, rename, rows) -> None:
    with pytest.raises(NotPermitted):
        rename("ROD", "ROD-1", person=people["OPERATOR"])
    with pytest.raises(BadValue, match="at least 10 characters"):
        rename("ROD", "ROD-1", reason="typo")
    with pytest.raises(SignatureNeeded, match="Correcting a lot's code is signed"):
        rename("ROD", "ROD-1", confirmation=None)
    assert ("ROD",) in rows("select lot_code from lots")


def test_of_two_who_rename_to_one_code_the_second_is_told(lots, rename, rows) -> None:
    said, start = [], Barrier(2)

    def try_it(old):
        start.wait()
        try:
            said.append(rename(old, "SAME"))
        except Refusal as refusal:
            said.append(str(refusal))

    threads = [Thread(target=try_it, args=(old,)) for old in ("ROD", "BEEF")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(one == "SAME" for one in said) == [False, True]
    assert any("SAME exists already" in one for one in said)
    assert rows("select count(*) from lots where lot_code = 'SAME'") == [(1,)]


def test_the_trail_stays_whole_and_says_who_and_why(record, database, by, lots, rename) -> None:
    rename("ROD", "ROD-1")

    said = f"renamed from ROD to ROD-1: {WHY}"
    owner = Record(database, DatabaseRole.OWNER)
    with owner.snapshot() as snapshot:
        entries = ask(
            snapshot,
            "select distinct user_id, reason from audit.entries where table_name = 'lot_voids'",
        ).fetchall()
        breaks = verify(snapshot).breaks
    owner.close()
    assert (entries, breaks) == ([(by.user_id, said)], [])
    with record.snapshot() as snapshot:
        former = snapshot.all("former_codes_of_lot", lot_id=lot_id(snapshot, "ROD-1"))
    assert [(row["former_code"], row["renamed_by"], row["signed_name"]) for row in former] == [
        ("ROD", by.full_name, by.full_name)
    ]
    assert former[0]["reason"] == said


def test_a_count_and_what_left_at_the_same_minute_keep_their_order(
    record, by, lots, rename, rows
) -> None:
    at = datetime.now(UTC)
    with record.transaction() as transaction:
        register_movement(
            transaction, by=by, lot_code="ROD", kind="COUNTED", quantity_kg=80, happened_at=at
        )
    with record.transaction() as transaction:
        link_lots(
            transaction,
            by=by,
            parent_lot_code="ROD",
            child_lot_code="MIX-1O",
            quantity_kg=30,
            happened_at=at,
        )
    left = on_hand(record, "ROD")
    with pytest.raises(CorrectionRefused, match="only when they were entered tells"):
        rename("ROD", "ROD-1")

    assert on_hand(record, "ROD") == left == 50


def on_hand(record, code):
    with record.snapshot() as snapshot:
        return snapshot.one("lot_to_act_on", lot_code=code)["on_hand_kg"]


def test_nothing_came_late_since_a_lot_was_renamed(record, database, by, lots, rename) -> None:
    owner = Record(database, DatabaseRole.OWNER)
    with owner.transaction() as transaction:
        for code in ("OLD", "OLDER"):
            ask(
                transaction,
                "insert into facts.lots (lot_code, happened_at, recorded_at, operator_id) "
                f"values ('{code}', now() - interval '9 days', now() - interval '9 days', 1)",
            )
        ask(
            transaction,
            "insert into facts.lot_genealogy (parent_lot_id, child_lot_id, quantity_kg, "
            "happened_at, recorded_at, operator_id) select parents.lot_id, children.lot_id, 5, "
            "now() - interval '9 days', now() - interval '9 days', 1 from lots as parents, "
            "lots as children where parents.lot_code = 'OLDER' and children.lot_code = 'OLD'",
        )
    owner.close()
    rename("OLDER", "OLDEST")
    rename("OLDEST", "THE OLDEST")

    with record.snapshot() as snapshot:
        found = trace(snapshot, "OLD", Direction.BACK)
        parents = snapshot.all("parents_of_lot", lot_id=lot_id(snapshot, "OLD"))
        lot = snapshot.one("lot_shown", lot_code="THE OLDEST")
    assert found is not None
    assert [link["is_late"] for link in found.links] == [False]
    assert ([row["entered_at"] for row in parents], lot["entered_at"]) == ([None], None)


def test_the_history_of_values_goes_on_over_a_rename(record, by, lots, rename) -> None:
    with record.transaction() as transaction:
        lot = transaction.one("lot_shown", lot_code="ROD")
        correct_as_known(
            transaction,
            by=by,
            lot_code="ROD",
            corrected=Corrected(None, 90, None, None, lot["happened_at"]),
            reason="weighed the wrong pallet",
        )
    rename("ROD", "ROD-1")

    with record.snapshot() as snapshot:
        versions = snapshot.all("corrections_of_lot", lot_id=lot_id(snapshot, "ROD-1"))
    assert [(int(row["weight_kg"]), row["reason"]) for row in versions] == [
        (100, None),
        (90, "weighed the wrong pallet"),
        (90, f"renamed from ROD to ROD-1: {WHY}"),
    ]


def test_a_trace_says_the_same_of_every_lot_but_the_code(record, people, rename) -> None:
    """The reference plant: beef and spice in a mix, the mix in a finished lot."""
    with record.transaction() as transaction:
        register_reference(transaction, people["OPERATOR"])

    def traced(code):
        with record.snapshot() as snapshot:
            found = trace(snapshot, code, Direction.BOTH)
        assert found is not None
        left_out = {"lot_id", "recorded_at"}
        return [
            {name: value for name, value in row.items() if name not in left_out}
            for row in sorted(found.lots, key=lambda row: row["lot_code"])
        ], [gap.kind for gap in found.verdict.gaps]

    before, gaps = traced("FG-DONER-X1")
    rename("MIX-BATCH-88", "MIX-BATCH-89")
    rename("RAW-BEEF-001", "RAW-BEEF-010")
    after, then = traced("FG-DONER-X1")

    new = {"MIX-BATCH-88": "MIX-BATCH-89", "RAW-BEEF-001": "RAW-BEEF-010"}
    assert after == [
        row | {"lot_code": new.get(row["lot_code"], row["lot_code"])} for row in before
    ]
    assert len(before) == 4
    assert then == gaps
