"""As of a past moment, the record answers only from what had been committed by then."""

import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.readings import record_reading
from sql.errors import MomentAhead
from sql.genealogy.trace import trace
from sql.record.engine import DatabaseRole, Record
from sql.record.transactions import Transaction
from sql.vocabulary import Direction
from tests.engines import ask

FACTS = {
    "lots",
    "lot_genealogy",
    "readings",
    "qc_decisions",
    "shipments",
    "link_voids",
    "lot_corrections",
    "decision_withdrawals",
    "decision_signatures",
}


def rows(transaction: Transaction, statement: str) -> list[tuple]:
    return ask(transaction, statement).fetchall()


def now(record) -> datetime:
    """Read the database's clock."""
    with record.transaction() as transaction:
        return rows(transaction, "select clock_timestamp()")[0][0]


def known(record, moment: datetime | None = None) -> set[str]:
    """Name the lots that were known at a moment."""
    with record.snapshot(as_of=moment) as snapshot:
        return {code for (code,) in rows(snapshot, "select lot_code from lots")}


def import_lots(transaction: Transaction, codes, moment: datetime) -> None:
    transaction.copy("facts.lots", ["lot_code", "happened_at"], [(code, moment) for code in codes])


def test_what_is_committed_together_is_known_together(record) -> None:
    codes = [f"L{n}" for n in range(3000)]
    moments = [now(record)]
    with record.transaction() as importing:
        import_lots(importing, codes[:1000], moments[0])
        moments.append(now(record))
        import_lots(importing, codes[1000:], moments[0])
        moments.append(now(record))
        importing.run("lot_id_by_code", lot_code="L1")
        moments.append(now(record))
    after = now(record)

    first, last = _recorded(record)
    halfway = first + (last - first) / 2
    assert 0 < sum(written <= halfway for written in _all_recorded(record)) < 3000
    assert [len(known(record, moment)) for moment in [*moments, first, halfway, last]] == [0] * 7
    assert known(record, after) == known(record) == set(codes)


def _all_recorded(record) -> list[datetime]:
    with record.snapshot() as snapshot:
        return [at for (at,) in rows(snapshot, "select recorded_at from facts.lots order by 1")]


def _recorded(record) -> tuple[datetime, datetime]:
    written = _all_recorded(record)
    return written[0], written[-1]


def test_a_lot_is_known_with_its_parents_or_not_at_all(record, people) -> None:
    by = people["OPERATOR"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="BEEF", weight_kg=100)
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="MIX", weight_kg=90, parents=[Parent("BEEF", 90)])
        before = now(record)

    with record.snapshot(as_of=before) as snapshot:
        found = trace(snapshot, "BEEF", Direction.BOTH)
        assert found is not None and [lot["lot_code"] for lot in found.lots] == ["BEEF"]
        assert found.lot["on_hand_kg"] == 100
        assert trace(snapshot, "MIX", Direction.BOTH) is None


def test_what_others_committed_before_stays_known_while_one_writes(record, people) -> None:
    by, seen = people["OPERATOR"], []
    for code in ("A", "B", "C"):
        with record.transaction() as transaction:
            register_lot(transaction, by=by, lot_code=code, weight_kg=10)
            seen.append((now(record), known(record)))
        seen.append((now(record), known(record)))

    assert [len(codes) for _moment, codes in seen] == [0, 1, 1, 2, 2, 3]
    for moment, codes in seen:
        assert known(record, moment) == codes


def test_who_waits_for_a_turn_records_after_it(record, people) -> None:
    """Else a reading would carry a time at which the import before it was still under way."""
    by = people["OPERATOR"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="A", weight_kg=10)

    def measure() -> None:
        with record.transaction() as transaction:
            record_reading(
                transaction, by=by, lot_code="A", characteristic="pH", value=6, unit="pH"
            )

    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="B", weight_kg=10)
        waiting = threading.Thread(target=measure)
        waiting.start()
        while not _somebody_waits(record):
            pass
        let_go = now(record)
    waiting.join()

    with record.snapshot() as snapshot:
        [(recorded_at,)] = rows(snapshot, "select recorded_at from readings")
    assert recorded_at > let_go
    with record.snapshot(as_of=let_go) as snapshot:
        assert rows(snapshot, "select 1 from readings") == []


def _somebody_waits(record) -> bool:
    with record.snapshot() as snapshot:
        return bool(rows(snapshot, "select 1 from pg_locks where not granted"))


def test_what_is_rolled_back_hides_nothing(record, people) -> None:
    by = people["OPERATOR"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="A", weight_kg=10)
    with ExitStack() as abandoned:
        abandoned.enter_context(pytest.raises(RuntimeError))
        transaction = abandoned.enter_context(record.transaction())
        register_lot(transaction, by=by, lot_code="B", weight_kg=10)
        during = now(record)
        raise RuntimeError

    assert known(record, during) == {"A"}


def test_every_table_of_facts_is_written_in_turns(database) -> None:
    owner = Record(database, DatabaseRole.OWNER)
    with owner.snapshot() as snapshot:
        in_turns = rows(
            snapshot,
            "select tables.relname from pg_class as tables "
            "inner join pg_trigger on tables.oid = tgrelid and tgname = 'take_turn' "
            "where tables.relnamespace = 'facts'::regnamespace",
        )
        facts = rows(
            snapshot,
            "select relname from pg_class "
            "where relkind = 'r' and relnamespace = 'facts'::regnamespace",
        )
    owner.close()

    assert {name for (name,) in facts} >= FACTS
    assert set(in_turns) == set(facts)


def test_a_moment_ahead_is_refused(record) -> None:
    ahead = datetime.now(UTC) + timedelta(minutes=5)

    with pytest.raises(MomentAhead), record.snapshot(as_of=ahead):
        pass


def test_a_moment_has_one_answer_though_its_turn_is_not_committed_yet(record, people) -> None:
    """Between the end of a turn and its commit lie a few milliseconds; here they are longer."""
    answers: list[set[str]] = []
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="A", weight_kg=10)
        ask(transaction, "set constraints all immediate")  # all that a commit does, but be seen
        moment = now(record)
        asking = threading.Thread(target=lambda: answers.append(known(record, moment)))
        asking.start()
        while asking.is_alive() and not _somebody_waits(record):
            pass
    asking.join()

    assert answers == [known(record, moment)] == [{"A"}]


def test_a_writer_under_way_keeps_nobody_from_asking(record, people) -> None:
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="A", weight_kg=10)

        assert known(record, now(record)) == set()


def test_who_asks_keeps_nobody_from_writing(record, people) -> None:
    moment = now(record)
    with record.snapshot(as_of=moment):
        with record.transaction() as transaction:
            register_lot(transaction, by=people["OPERATOR"], lot_code="A", weight_kg=10)

        assert known(record) == {"A"}


def test_a_clock_set_back_puts_no_fact_before_an_earlier_one(record, people, database) -> None:
    """What was committed first is known first, at whichever moment one asks, and stays so."""
    owner, ahead = Record(database, DatabaseRole.OWNER), timedelta(milliseconds=300)
    with owner.transaction() as transaction:  # the clock is ahead here, and set right afterwards
        ask(
            transaction,
            "insert into facts.lots (lot_code, happened_at, recorded_at) values "
            "('A', now(), clock_timestamp() + :ahead), ('B', now(), clock_timestamp() + :ahead)",
            ahead=ahead,
        )
    owner.close()
    seen = [(now(record), known(record, now(record)))]
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="C", weight_kg=10)
    seen.append((now(record), known(record, now(record))))
    written = _all_recorded(record)
    while now(record) <= written[-1]:
        pass

    with record.snapshot() as snapshot:
        ordered = rows(snapshot, "select lot_code from facts.lots order by recorded_at, lot_id")
        told = rows(snapshot, "select began_at, ended_at from audit.turns order by began_at")
    assert [code for (code,) in ordered] == ["A", "B", "C"]
    assert all(ended < began for (_, ended), (began, _) in pairwise(told))
    around = [at + n * timedelta(microseconds=1) for at in written for n in (-1, 0, 1)]
    assert {frozenset(known(record, moment)) for moment in around} <= {
        frozenset(),
        frozenset("AB"),
        frozenset("ABC"),
    }
    for moment, codes in seen:
        assert known(record, moment) == codes


def test_the_trail_is_no_older_than_what_it_tells_of(record, people, database) -> None:
    owner = Record(database, DatabaseRole.OWNER)
    with owner.transaction() as transaction:
        ask(
            transaction,
            "insert into facts.lots (lot_code, happened_at, recorded_at) "
            "values ('A', now(), clock_timestamp() + interval '1 hour')",
        )
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="B", weight_kg=10)

    with owner.snapshot() as snapshot:
        entries = rows(snapshot, "select recorded_at from audit.entries order by entry_id")
        facts = rows(snapshot, "select recorded_at from facts.lots order by lot_id")
    owner.close()
    assert entries == sorted(entries)
    assert entries[-2] >= facts[0] and entries[-1] >= facts[1] > facts[0]
