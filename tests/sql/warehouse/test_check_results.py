"""The book of check results: what stays, what is doubted, and what it leaves open by lot."""

from dataclasses import replace

from sql.warehouse.check_results import Result, State, read_results
from sql.warehouse.checks import all_checks
from sql.warehouse.findings import Finding, breach_id
from sql.warehouse.open_findings import findings_in, open_findings
from sql.warehouse.opening import one_run
from sql.warehouse.result_book import Vouched, begin_run, end_run
from tests.check_results import NOBODYS_RECORD, passed, write_results
from tests.presence import present

OVER = "genealogy.mass_balance no_lot_gives_out_more_than_it_holds"
YIELD = "genealogy.mass_balance every_yield_is_within_tolerance"
ROWS = [{"lot_code": "A", "too_much_kg": "0.351"}, {"lot_code": "B", "too_much_kg": "2.000"}]


def broken(key: str, rows: list[dict], **other) -> Finding:
    return replace(passed(key), **{"breaches_count": len(rows), "rows": rows, **other})


def result(home, key: str) -> Result:
    return next(one for one in present(read_results(home)).checks if one.check.key == key)


def run_some(home, *found: Finding) -> None:
    """Run checks alone, over tables made anew."""
    begin_run(home, "later")
    end_run(home, Vouched(NOBODYS_RECORD, {one.key: (one, "later") for one in found}, False))


def test_before_any_run_there_is_nothing_to_speak_of(tmp_path) -> None:
    assert read_results(tmp_path) is None and open_findings(tmp_path) is None


def test_a_result_stays_until_its_check_runs_again(tmp_path) -> None:
    write_results(tmp_path, broken(OVER, ROWS))
    run_some(tmp_path, passed(YIELD))

    assert result(tmp_path, OVER).state is State.FAILED
    assert not result(tmp_path, OVER).is_current
    assert result(tmp_path, YIELD).state is State.PASSED
    assert present(open_findings(tmp_path)).breaches_by_lot.keys() == {"A", "B"}

    run_some(tmp_path, passed(OVER))
    assert result(tmp_path, OVER).state is State.PASSED
    assert present(open_findings(tmp_path)).breaches_by_lot == {}


def test_what_a_run_did_not_check_is_not_checked(tmp_path) -> None:
    write_results(tmp_path)
    assert present(open_findings(tmp_path)).looked_at is not None
    run_some(tmp_path, passed(YIELD))

    states = {one.check.key: one.state for one in present(read_results(tmp_path)).checks}
    assert [key for key, state in states.items() if state is State.PASSED] == [YIELD]
    assert set(states.values()) == {State.PASSED, State.NOT_CHECKED}
    assert present(open_findings(tmp_path)).looked_at is None


def test_a_run_that_changed_nothing_leaves_everything_as_it_was(tmp_path) -> None:
    write_results(tmp_path)
    begin_run(tmp_path, "no step ran")
    end_run(tmp_path, None)

    assert {one.state for one in present(read_results(tmp_path)).checks} == {State.PASSED}


def test_while_a_run_is_under_way_what_was_checked_before_holds(tmp_path) -> None:
    write_results(tmp_path)
    with one_run(tmp_path):
        begin_run(tmp_path, "now")
        results = present(read_results(tmp_path))
        assert results.run.ended_at is None and not results.run.was_interrupted
        assert {one.state for one in results.checks} == {State.PASSED}


def test_after_a_run_was_killed_nothing_is_checked_and_findings_stay(tmp_path) -> None:
    write_results(tmp_path, broken(OVER, ROWS))
    with one_run(tmp_path):
        begin_run(tmp_path, "killed")

    results = present(read_results(tmp_path))
    assert results.run.was_interrupted
    assert {one.state for one in results.checks} == {State.FAILED, State.NOT_CHECKED}
    assert present(open_findings(tmp_path)).breaches_by_lot.keys() == {"A", "B"}

    with one_run(tmp_path):
        begin_run(tmp_path, "the next")
        assert result(tmp_path, YIELD).state is State.NOT_CHECKED
    end_run(tmp_path, None)
    assert result(tmp_path, YIELD).state is State.NOT_CHECKED


def test_a_check_that_asks_another_question_now_has_not_looked(tmp_path, monkeypatch) -> None:
    write_results(tmp_path)
    asked = all_checks()
    other = asked | {YIELD: replace(asked[YIELD], fingerprint="another tolerance")}
    monkeypatch.setattr("sql.warehouse.check_results.all_checks", lambda: other)

    (doubted,) = [
        one.check.key for one in present(read_results(tmp_path)).checks if not one.is_current
    ]
    assert doubted == YIELD


def test_a_check_of_a_part_is_no_pass(tmp_path) -> None:
    write_results(tmp_path, replace(passed(OVER), is_partial=True))

    assert result(tmp_path, OVER).state is State.NOT_CHECKED


def test_every_lot_is_kept_however_many_rows_are_shown(tmp_path) -> None:
    """Rows end at 1,000; a verdict that forgot lot 1,001 would call it complete."""
    codes = [f"L{n}" for n in range(5000)]
    rows = [{"lot_code": code} for code in codes[:1000]]
    found = broken(OVER, rows, breaches_count=5000, further_lot_codes=codes[1000:])
    write_results(tmp_path, found)

    assert len(present(open_findings(tmp_path)).breaches_by_lot) == 5000


def test_a_breach_is_another_one_when_a_value_of_it_changed() -> None:
    first = breach_id("t", "rule", {"lot_code": "A", "kg": "1.000"})

    assert first == breach_id("t", "rule", {"kg": "1.000", "lot_code": "A"})
    others = [("t", "rule", {"lot_code": "A", "kg": "1.001"}), ("t", "other", ROWS[0])]
    assert first not in {breach_id(*other) for other in others}


def test_one_check_that_did_not_look_leaves_no_moment_that_every_check_has_seen(tmp_path) -> None:
    write_results(tmp_path)
    assert present(open_findings(tmp_path)).looked_at is not None

    other = tmp_path / "other"
    write_results(other, without=[OVER])
    assert present(open_findings(other)).looked_at is None


def test_what_every_check_has_seen_is_what_the_one_that_looked_longest_ago_saw(tmp_path) -> None:
    write_results(tmp_path)
    results = present(read_results(tmp_path))
    first, *others = results.checks
    later = replace(present(first.looked_at), audit_length=5)
    mixed = replace(results, checks=(replace(first, looked_at=later), *others))

    assert present(findings_in(mixed).looked_at).audit_length == 0
