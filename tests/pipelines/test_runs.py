"""Whole runs: from the record to an edition, and what stops one."""

from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal as D
from types import SimpleNamespace

import dagster as dg
import duckdb
import pytest

from dashboards.commands.authority import TERMINAL
from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.sign_in import sign_in
from pipelines.contract_checks import broken_parts
from pipelines.passing import CHANGES
from pipelines.resources import ANEW
from pipelines.schedules import _what_changed, nightly, record_changed
from sql.errors import NoEdition
from sql.genealogy.trace import trace
from sql.vocabulary import Direction
from sql.warehouse.changes import CopiedTable
from sql.warehouse.check_results import State, read_results
from sql.warehouse.copied_tables import copied_tables
from sql.warehouse.copy_writing import refresh_copy
from sql.warehouse.editions import current_edition, current_edition_id
from sql.warehouse.findings import Finding
from sql.warehouse.opening import working_file
from sql.warehouse.working_file import Warehouse
from tests.circles import write_a_circle
from tests.databases import PASSWORD
from tests.engines import ask
from tests.plants import just_confirmed
from tests.presence import present


def findings(home, name: str) -> Finding:
    """Find what one check found last."""
    checks = present(read_results(home)).checks
    return present(next(one.finding for one in checks if one.check.name == name))


def test_an_empty_plant_runs_through_and_gives_an_edition(run, settings) -> None:
    assert run().success

    edition = current_edition(settings.home)
    assert edition.select("from genealogy.closure").is_empty()
    assert all(one.state is State.PASSED for one in present(read_results(settings.home)).checks)


def test_the_edition_and_the_live_trace_agree(run, reference, record, settings) -> None:
    """Two engines, one answer: steps and shares of the reference plant."""
    assert run().success

    published = {
        row["ancestor_lot_code"]: (row["steps"], row["share"])
        for row in current_edition(settings.home)
        .select("from genealogy.closure_by_code where descendant_lot_code = 'FG-DONER-X1'")
        .to_dicts()
    }
    with record.transaction() as transaction:
        found = present(trace(transaction, "FG-DONER-X1", Direction.BACK))
    live = {
        row["lot_code"]: (row["steps"], row["share"])
        for row in found.lots
        if row["direction"] == "back"
    }
    expected = {
        "MIX-BATCH-88": (1, 1.0),
        "RAW-BEEF-001": (2, pytest.approx(500 / 540)),
        "RAW-SPICE-001": (2, pytest.approx(40 / 540)),
    }
    assert published == expected
    assert live == expected


def test_a_broken_blocking_rule_keeps_the_last_good_edition(
    run, sound, record, settings, database
) -> None:
    """People go on reading yesterday's truth rather than today's nonsense."""
    good = current_edition_id(settings.home)
    write_a_circle(database, parent="FG-DONER-X1", child="RAW-BEEF-001")

    assert not run().success
    assert current_edition_id(settings.home) == good
    assert not findings(settings.home, "no_lot_is_its_own_ancestor").passed
    assert not present(read_results(settings.home)).run.published


def test_what_a_partial_closure_may_hide_is_not_checked(
    run, reference, record, people, settings, monkeypatch
) -> None:
    """The finished lot, stopped by the beef, went on; but of its ancestors no room was left."""
    with record.transaction() as transaction:
        notes = "waits for the laboratory"
        decide(
            transaction,
            by=people["MANAGER"],
            lot_code="RAW-BEEF-001",
            decision="HOLD",
            notes=notes,
        )
        register_lot(transaction, by=people["MANAGER"], lot_code="X", weight_kg=5)
        ids = [transaction.value("lot_id_by_code", lot_code=code) for code in ("FG-DONER-X1", "X")]
        link = [(*ids, D(5), datetime.now(UTC))]
        transaction.copy(
            "facts.lot_genealogy",
            ["parent_lot_id", "child_lot_id", "quantity_kg", "happened_at"],
            link,
        )
    assert run().success
    hidden = "no_lot_stopped_by_its_origin_was_used"
    assert findings(settings.home, hidden).breaches_count == 1

    monkeypatch.setenv("LOTLINE_CLOSURE_PAIRS_BUDGET", "2")
    assert run(tags={ANEW: "true"}).success
    checks = {one.check.name: one for one in present(read_results(settings.home)).checks}
    left_out = "every_lot_with_parents_has_its_ancestors"
    assert present(checks[left_out].finding).lot_codes == ["FG-DONER-X1", "X"]
    doubted = {name for name, one in checks.items() if one.state is State.NOT_CHECKED}
    assert doubted == {hidden, "no_lot_is_its_own_ancestor"}


def test_a_finding_that_does_not_block_is_published_with_the_edition(
    run, reference, record, people, settings
) -> None:
    """A pack of 10 kg out of 9 kg of its mix weighs 11 % too much: to be looked at."""
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["MANAGER"],
            lot_code="HEAVY",
            lot_type="FG",
            weight_kg=D(10),
        )
        link_lots(
            transaction,
            by=people["MANAGER"],
            parent_lot_code="MIX-BATCH-88",
            child_lot_code="HEAVY",
            quantity_kg=D("9"),
        )
        decide(
            transaction,
            by=people["MANAGER"],
            lot_code="RAW-BEEF-001",
            decision="FAIL",
            notes="salmonella found by the laboratory",
            confirmation=just_confirmed(people["MANAGER"]),
        )

    assert run().success
    found = findings(settings.home, "every_yield_is_within_tolerance")
    assert not found.passed and found.severity == "warning"
    assert found.lot_codes == ["HEAVY"]
    assert present(read_results(settings.home)).run.published
    dispositions = current_edition(settings.home).select(
        "select disposition from quality.lot_dispositions where lot_code = 'RAW-BEEF-001'"
    )
    assert dispositions.item() == "rejected"


def test_the_checks_alone_publish_nothing(run, reference, settings) -> None:
    assert run("check_the_record").success

    with pytest.raises(NoEdition):
        current_edition(settings.home)
    assert all(one.state is State.PASSED for one in present(read_results(settings.home)).checks)


def test_two_runs_over_one_record_give_equal_tables(run, sound, settings) -> None:
    tables = ("genealogy.closure", "genealogy.mass_balance", "quality.lot_dispositions")

    def contents() -> dict:
        edition = current_edition(settings.home)
        return {table: edition.select(f"from {table} order by all").rows() for table in tables}

    first = contents()
    run()

    assert contents() == first


def test_the_sensor_sees_that_an_update_brought_other_models(sound, monkeypatch) -> None:
    """Boards of the new version would stand before an edition without their tables until night."""
    assert _what_changed() is None
    monkeypatch.setattr("pipelines.schedules.build_fingerprint", lambda: "other models")
    assert "other models" in present(_what_changed())


def test_the_sensor_sees_that_the_record_is_not_the_one_an_edition_was_made_of(
    sound, settings, monkeypatch
) -> None:
    """A record restored from a backup may be as long, and one beside it may be named alike."""
    about = current_edition(settings.home).about
    for name, other in {"audit_head": "0" * 64, "cluster": "0", "database": "other"}.items():
        edition = SimpleNamespace(about={**about, name: other})
        monkeypatch.setattr("pipelines.schedules.current_edition", lambda _home, e=edition: e)
        assert _what_changed() is not None, name


def test_the_sensor_sees_exactly_what_the_edition_did_not(run, reference, record, people) -> None:
    assert _what_changed() is not None
    run()
    assert _what_changed() is None

    with record.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="NEW")

    assert _what_changed() is not None
    run()
    assert _what_changed() is None


ALONE = {
    "a product": "insert into facts.products (product_code, name) values ('P-9', 'Nine')",
    "a partner": "insert into facts.partners (partner_code, name, role)"
    " values ('C', 'C', 'CUSTOMER')",
    "a run": "insert into facts.production_runs (run_code, status) values ('R-9', 'ACTIVE')",
    "a person": "update users set is_active = false where role = 'VIEWER'",
    "a request": "insert into run_requests (requested_by) select min(user_id) from users",
}


def test_the_sensor_sees_whatever_changes_alone(run, sound, record, settings) -> None:
    """Also where what was asked for before gave no edition: the cursor names what was seen then."""
    with dg.instance_for_test() as instance:
        cursor = None
        for change, statement in ALONE.items():
            with record.transaction() as transaction:
                ask(transaction, statement)
            context = dg.build_sensor_context(instance, cursor=cursor)
            assert isinstance(record_changed(context), dg.RunRequest), change
            assert isinstance(record_changed(context), dg.SkipReason), change
            cursor = context.cursor
    run()
    assert _what_changed() is None


def test_the_sensor_waits_while_a_run_is_under_way(settings) -> None:
    with dg.instance_for_test() as instance:
        for status in ("NOT_STARTED", "STARTING", "STARTED"):
            run = dg.DagsterRun(job_name="refresh", status=dg.DagsterRunStatus[status])
            instance.add_run(run)
            found = record_changed(dg.build_sensor_context(instance))
            assert present(found) == dg.SkipReason("A run is under way."), status
            instance.delete_run(run.run_id)


NO_NEWS = (
    "insert into sign_in_failures (email_hash) values ('\\x00')",
    "insert into dagster_acts (acts, asked, acted_by)"
    " select array['launchRun'], '{}', min(user_id) from users",
    "insert into import_mappings (name, mapping) values ('Scales', '{}')",
)


def test_who_signs_in_is_no_news(sound, record, people) -> None:
    with record.transaction() as transaction:
        assert sign_in(
            transaction, email=people["VIEWER"].email, password=PASSWORD, origin=TERMINAL
        )
        for statement in NO_NEWS:
            ask(transaction, statement)
    assert _what_changed() is None


def test_only_the_last_editions_are_kept(run, sound, settings, monkeypatch) -> None:
    monkeypatch.setenv("LOTLINE_EDITIONS_KEPT", "2")
    for _again in range(2):
        run()

    files = list((settings.home / "editions").glob("*.duckdb"))
    assert len(files) == 2
    assert f"{current_edition_id(settings.home)}.duckdb" in {file.name for file in files}


def test_a_contract_names_the_column_and_the_values_that_break_it() -> None:
    import pandas as pd

    from pipelines.expectations import failed_expectations

    failed = failed_expectations(
        pd.DataFrame({"decision": ["PASS", "MAYBE"]}),
        [("expect_column_values_to_be_in_set", {"column": "decision", "value_set": ["PASS"]})],
    )

    assert failed == [
        {
            "expectation": "expect_column_values_to_be_in_set",
            "column": "decision",
            "breaches_count": 1,
            "first_values": "['MAYBE']",
        }
    ]


def written(ended, table: str) -> int:
    """Count how many rows a run wrote into a copy."""
    made = ended.asset_materializations_for_node("copies_of_the_record")
    metadata = next(one.metadata for one in made if one.asset_key.path == ["raw", table])
    return metadata["rows_written"].value


def test_a_run_copies_and_walks_only_what_changed_unless_it_is_asked_for_all(
    run, reference, record, people, settings
) -> None:
    assert written(run(), "lots") == 4
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["MANAGER"],
            lot_code="NEW",
            weight_kg=1,
            parents=[Parent("FG-DONER-X1", 1)],
        )
    second = run()
    assert second.success
    assert (written(second, "lots"), written(second, "lot_genealogy")) == (1, 1)
    ancestors = current_edition(settings.home).select(
        "select ancestor_lot_code from genealogy.closure_by_code"
        " where descendant_lot_code = 'NEW' order by 1"
    )
    assert ancestors.to_series().to_list() == [
        "FG-DONER-X1",
        "MIX-BATCH-88",
        "RAW-BEEF-001",
        "RAW-SPICE-001",
    ]
    assert written(run(tags={ANEW: "true"}), "lots") == 5


def test_after_a_run_that_a_rule_stopped_everything_is_made_anew(
    run, sound, settings, database
) -> None:
    write_a_circle(database, parent="FG-DONER-X1", child="RAW-BEEF-001")
    assert not run().success
    assert written(run(), "lots") == 4
    assert nightly.tags[ANEW]


def test_after_a_run_of_some_assets_everything_is_made_anew(
    run, sound, settings, record, people
) -> None:
    """What that run didn't build would lack its changes for good: nobody tells later runs."""
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["MANAGER"],
            lot_code="NEW",
            weight_kg=1,
            parents=[Parent("RAW-SPICE-001", 1)],
        )
    copies = [["raw", table] for table in copied_tables()]
    some = [dg.AssetKey(key) for key in [*copies, ["genealogy", "ancestries"]]] + [CHANGES]
    assert run(asset_selection=some).success
    whole = run()

    assert written(whole, "lots") == 5
    exposed = current_edition(settings.home).select(
        "select lots_count from genealogy.exposure where lot_code = 'RAW-SPICE-001'"
    )
    assert exposed.item() == 3


def test_a_contract_counts_the_whole_copy_whatever_was_written(
    run, sound, settings, record, people
) -> None:
    """A row lost from the copy between two runs is found, though nothing new is wrong."""
    with duckdb.connect(working_file(settings.home)) as connection:
        connection.execute("delete from raw.lots where lot_code = 'RAW-BEEF-001'")
    assert not run().success
    broken = next(
        check
        for check in present(read_results(settings.home)).checks
        if check.check.table == "raw.lots" and check.state is State.FAILED
    )
    assert present(broken.finding).rows[0]["first_values"] == "3 copied of 4"
    assert run().success


def test_a_contract_sees_a_new_row_share_an_old_rows_code(sound, settings) -> None:
    with closing(Warehouse(working_file(settings.home), "UTC")) as warehouse:
        twin = warehouse.rows("raw.lots").head(1).with_columns(lot_id=99)
        written, _touched = refresh_copy(warehouse, "lots", twin.to_arrow().to_reader(), [])
        broken = broken_parts(warehouse, CopiedTable("lots", 5, 5, written))
    assert [(part["expectation"], part["column"]) for part in broken] == [
        ("expect_column_values_to_be_unique", "lot_code")
    ]
