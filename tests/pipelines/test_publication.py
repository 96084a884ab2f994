"""However a step is started, nothing is published that isn't proven sound."""

import dagster as dg
import pytest

from dashboards.commands.lots import Parent, register_lot
from pipelines.definitions import defs
from pipelines.passing import CHANGES
from pipelines.resources import PlantResource
from sql.warehouse.check_results import read_results
from sql.warehouse.copied_tables import copied_tables
from sql.warehouse.editions import current_edition, current_edition_id
from sql.warehouse.opening import working_file
from tests.circles import write_a_circle
from tests.dagster_runs import execute
from tests.presence import present

EDITION = dg.AssetKey(["edition", "current"])


@pytest.fixture
def two_lots(record, people):
    with record.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="BEEF", weight_kg=500)
        register_lot(
            transaction,
            by=people["MANAGER"],
            lot_code="MIX",
            weight_kg=490,
            parents=[Parent("BEEF", 500)],
        )


def materialise(*keys: dg.AssetKey) -> dg.ExecuteInProcessResult:
    """Press *Materialize* on these assets alone."""
    return execute(asset_selection=list(keys))


def why_it_failed(ended: dg.ExecuteInProcessResult) -> str:
    event = next(iter(ended.get_step_failure_events()))
    error = event.step_failure_data.error
    return "" if error is None else error.to_string()


def test_the_edition_alone_is_not_published_after_a_run_that_a_rule_stopped(
    run, sound, settings, database
) -> None:
    good = current_edition_id(settings.home)
    write_a_circle(database, parent="MIX-BATCH-88", child="RAW-BEEF-001")
    assert not run().success

    ended = materialise(EDITION)
    assert not ended.success
    assert "no lot is its own ancestor: broken" in why_it_failed(ended)
    assert current_edition_id(settings.home) == good


def test_the_edition_alone_is_published_of_a_sound_working_file(run, two_lots, settings) -> None:
    assert run("check_the_record").success
    assert current_edition_id(settings.home) is None
    assert materialise(EDITION).success
    assert current_edition(settings.home).select("from raw.lots").height == 2


def test_copies_alone_let_nothing_be_published(sound, settings, record, people) -> None:
    """Boards would show new lots beside the closure of yesterday."""
    good = current_edition_id(settings.home)
    with record.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="NEW", weight_kg=1)
    assert materialise(CHANGES, *(dg.AssetKey(["raw", table]) for table in copied_tables())).success

    ended = materialise(EDITION)
    assert not ended.success
    assert "genealogy.ancestries is not built from these copies" in why_it_failed(ended)
    assert current_edition_id(settings.home) == good


def test_nothing_is_published_where_nothing_was_ever_copied(run, settings) -> None:
    ended = materialise(EDITION)
    assert not ended.success
    assert "is not copied by this version" in why_it_failed(ended)
    assert current_edition_id(settings.home) is None


def test_a_model_made_alone_is_made_whole(sound) -> None:
    """Started by itself it is told of no changes, so it must not trust that there are few."""
    assert materialise(dg.AssetKey(["genealogy", "mass_balance"])).success
    ended = materialise(EDITION)
    assert "one row for each lot id: not checked" in why_it_failed(ended)


def test_a_record_that_cannot_be_reached_is_asked_again_and_then_given_up(
    sound, monkeypatch
) -> None:
    monkeypatch.setenv("LOTLINE_DATABASE_URL", "postgresql+psycopg://nobody@/lotline?host=/nowhere")
    ended = execute(resources={"plant": PlantResource(retry_seconds=0)})
    assert not ended.success
    asked = [event for event in ended.all_events if event.is_step_restarted]
    assert len(asked) == 3
    assert "can't be" in why_it_failed(ended)


def test_every_rule_is_a_check_and_waits_for_what_it_reads() -> None:
    """A rule that no check asks holds nothing; one asked too early looks at yesterday."""
    from sql.warehouse.rules import Severity, ruled_tables, rules_of

    specs = {
        (spec.asset_key.path[0] + "." + spec.asset_key.path[1], spec.name): spec
        for checks in defs.asset_checks or ()
        for spec in getattr(checks, "check_specs", ())
    }
    for table in ruled_tables():
        for rule in rules_of(table):
            spec = specs[table, rule.name]
            waits_for = {".".join(dep.asset_key.path) for dep in spec.additional_deps} | {table}
            assert set(rule.reads()) <= waits_for, rule.name
            assert spec.blocking == (rule.severity is Severity.BLOCKS), rule.name


def test_a_run_that_fails_still_closes_the_working_file(run, two_lots, settings, database) -> None:
    import duckdb

    write_a_circle(database, parent="MIX", child="BEEF")
    assert not run().success
    with duckdb.connect(working_file(settings.home)) as connection:
        assert connection.execute("select count(*) from raw.lots").fetchall() == [(2,)]
    assert not present(read_results(settings.home)).run.published
