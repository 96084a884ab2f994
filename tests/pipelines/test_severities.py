"""What a failed check does to a run, by its severity: each seen alone, on whole runs.

A breach that must block is planted into the working file between two runs, where only the one
check sees it: were it found by two, either could stop blocking and nobody would notice.
"""

import dagster as dg
import duckdb
import pytest

from dashboards.commands.lots import Parent, register_lot
from pipelines.definitions import defs
from pipelines.run import run as run_here
from sql.warehouse.check_results import State, read_results
from sql.warehouse.copied_tables import copied_tables
from sql.warehouse.editions import current_edition_id
from sql.warehouse.opening import working_file
from sql.warehouse.rules import Severity, ruled_tables, rules_of
from tests.presence import present


@pytest.fixture(autouse=True)
def without_dagsters_pages(settings, monkeypatch) -> None:
    """Keep no history of runs: writing it to disk takes longer than the run."""
    monkeypatch.delenv("DAGSTER_HOME")


@pytest.fixture
def mixed(record, people):
    """Write two raw lots and a mix of both, with nothing wrong about them."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="BEEF", weight_kg=100)
        register_lot(transaction, by=by, lot_code="SPICE", weight_kg=100)
        register_lot(
            transaction,
            by=by,
            lot_code="MIX",
            lot_type="MIX",
            weight_kg=100,
            parents=[Parent("BEEF", 75), Parent("SPICE", 25)],
        )


def failed(home) -> dict[str, str]:
    """Return the severity of every check of the last run that failed, by name."""
    checks = present(read_results(home)).checks
    return {one.check.name: one.check.severity for one in checks if one.state is State.FAILED}


def severities(ended: dg.ExecuteInProcessResult) -> set[dg.AssetCheckSeverity]:
    """Return what Dagster was told of the checks that failed."""
    evaluations = ended.get_asset_check_evaluations()
    return {one.severity for one in evaluations if not one.passed}


@pytest.mark.parametrize(
    ("planted", "check"),
    [
        pytest.param(
            "insert into genealogy.mass_balance from genealogy.mass_balance limit 1",
            "one_row_for_each_lot_id",
            id="a rule",
        ),
        pytest.param(
            "update genealogy.ancestries set shares = [0.5, 0.5] where len(shares) = 2",
            "closure_and_live_trace_agree",
            id="the agreement of closure and trace",
        ),
        pytest.param(
            "insert into raw.readings by name select 999 as reading_id, lot_id,"
            " 'ph' as characteristic, 'pH' as unit, 1 as version_id, happened_at, recorded_at"
            " from raw.lots limit 1",
            "keeps_its_contract",
            id="a contract",
        ),
    ],
)
def test_what_blocks_keeps_the_last_edition(run, sound, settings, planted, check) -> None:
    good = current_edition_id(settings.home)
    with duckdb.connect(working_file(settings.home)) as connection:
        connection.execute(planted)

    ended = run()

    assert failed(settings.home) == {check: "blocks"}
    assert not ended.success
    assert severities(ended) == {dg.AssetCheckSeverity.ERROR}
    assert current_edition_id(settings.home) == good
    assert not present(read_results(settings.home)).run.published


def test_an_error_is_published_with_its_finding_and_check_exits_1(
    run, mixed, record, people, settings
) -> None:
    """Chicken into a lot of turkey: wrong on the floor, and no reason to hide the rest."""
    with record.transaction() as transaction:
        for code, species, parents in (
            ("CHICKEN", "CHICKEN", []),
            ("TURKEY", "TURKEY", [Parent("CHICKEN", 10)]),
        ):
            register_lot(
                transaction,
                by=people["MANAGER"],
                lot_code=code,
                weight_kg=10,
                metadata={"species": species},
                parents=parents,
            )

    ended = run()

    assert ended.success and present(read_results(settings.home)).run.published
    assert failed(settings.home) == {"no_two_species_meet_in_a_lot": "error"}
    assert severities(ended) == {dg.AssetCheckSeverity.ERROR}
    assert run_here("check", settings) == 1


def test_a_warning_is_published_with_its_finding_and_check_exits_0(
    run, mixed, record, people, settings, capsys
) -> None:
    """A mix of 90 kg out of 100 kg: its yield of 0.9 is 10 % off."""
    with record.transaction() as transaction:
        parents = [Parent("SPICE", 60), Parent("MIX", 40)]
        register_lot(
            transaction,
            by=people["MANAGER"],
            lot_code="LIGHT",
            lot_type="MIX",
            weight_kg=90,
            parents=parents,
        )

    ended = run()

    assert ended.success and present(read_results(settings.home)).run.published
    assert failed(settings.home) == {"every_yield_is_within_tolerance": "warning"}
    assert severities(ended) == {dg.AssetCheckSeverity.WARN}
    assert run_here("check", settings) == 0
    assert "WARNING" in capsys.readouterr().out


def test_just_the_rules_that_block_block_in_dagster_as_do_contracts_and_agreement() -> None:
    specs = {
        (spec.asset_key.to_user_string().replace("/", "."), spec.name): spec.blocking
        for checks in defs.asset_checks or ()
        for spec in checks.check_specs
    }
    rules = {
        (table, rule.name): rule.severity is Severity.BLOCKS
        for table in ruled_tables()
        for rule in rules_of(table)
    }
    others = {(f"raw.{table}", "keeps_its_contract"): True for table in copied_tables()}
    others["genealogy.ancestries", "closure_and_live_trace_agree"] = True

    assert specs == rules | others
