"""However runs end, no verdict and no tick is better than a full check of the record would give.

Short here; LOTLINE_TEST_RANDOM_RUNS asks for more.
"""

import os
from collections import Counter
from contextlib import closing, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from random import Random

import pytest

from pipelines.said_results import say_results
from sql.genealogy.gaps import Gap, GapKind, Verdict
from sql.genealogy.trace import trace
from sql.record.engine import DatabaseRole, Record
from sql.settings import settings as read_settings
from sql.vocabulary import Direction
from sql.warehouse.breaches import breaches, lots_named
from sql.warehouse.check_results import Moment, State, read_results
from sql.warehouse.copies import copy_record
from sql.warehouse.open_findings import OpenBreach, OpenFindings, open_findings
from sql.warehouse.rules import rules_about_lots
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.check_results import looked_at
from tests.presence import present
from tests.random_facts import write_facts, write_masters
from tests.random_runs import draw_plan, perform, rules_by_table

RUNS = int(os.environ.get("LOTLINE_TEST_RANDOM_RUNS", "20"))
SEED = int(os.environ.get("LOTLINE_TEST_RANDOM_SEED", "20260115"))
RUNS_A_PLANT = 40


@dataclass
class Full:
    """What a check of the whole record says: findings, broken checks, and verdicts as asked for."""

    findings: OpenFindings
    broken: set[str]
    verdicts: dict[tuple[str, Direction], Verdict] = field(default_factory=dict)


def full_check(database: str, folder: Path) -> Full:
    """Check the whole record from nothing."""
    record, file = Record(database, DatabaseRole.PIPELINE), folder / "full.duckdb"
    file.unlink(missing_ok=True)
    named: dict[str, set[OpenBreach]] = {}
    broken = set()
    with closing(record), closing(Warehouse(file, "UTC")) as warehouse:
        copy_record(record, warehouse)
        plants.build_all(warehouse)
        for rule in (rule for rules in rules_by_table().values() for rule in rules):
            found = breaches(warehouse, rule)
            broken |= {f"{rule.table} {rule.name}"} if found.height else set()
            for code in lots_named(found):
                named.setdefault(code, set()).add(OpenBreach(rule.name, ""))
        about = warehouse.about()
    moment = Moment(*(about[name] for name in ("record_as_of", "audit_length", "audit_head")))
    by_lot = {code: tuple(found) for code, found in named.items()}
    return Full(OpenFindings(moment, by_lot, rules_about_lots()), broken)


def better(now: Verdict, full: Verdict) -> list[str]:
    """Say in what a verdict promises more than one after a full check."""
    said = []
    if (now.is_complete and not full.is_complete) or (now.is_whole and not full.is_whole):
        said.append(f"complete, where a full check says {full}")
    known = {gap.kind: gap for gap in now.gaps}
    nothing = Gap(GapKind.NOT_CHECKED, ())
    not_checked = set(known.get(GapKind.NOT_CHECKED, nothing).lot_codes)
    for gap in full.gaps:
        mine = known.get(gap.kind, nothing)
        for code in set(gap.lot_codes) - set(mine.lot_codes) - not_checked:
            said.append(f"nothing of {gap.kind} at {code}, {gap.checks}")
    return said


def worse_than_told(record: Record, home: Path, full: Full, figures: Counter) -> list[str]:
    """Compare every lot's verdict, and what the faces say of the checks, with a full check."""
    said, known = [], open_findings(home)
    figures["every check had looked"] += known is not None and known.looked_at is not None
    with record.snapshot() as snapshot:
        lots = snapshot.connection.execute("select lot_code from lots").fetchall()
        for code in (row["lot_code"] for row in lots):
            for way in (Direction.BOTH, Direction.BACK):
                now = present(trace(snapshot, code, way, known)).verdict
                if (code, way) not in full.verdicts:
                    after = present(trace(snapshot, code, way, full.findings)).verdict
                    full.verdicts[code, way] = after
                true = full.verdicts[code, way]
                said += [f"{code} {way}: {what}" for what in better(now, true)]
                figures["verdicts"] += 1
                figures["complete"] += now.is_complete
                figures["complete after a full check"] += true.is_complete
        results = read_results(home)
        if results is None:
            return said
        moments = [one.looked_at for one in results.checks if one.looked_at]
        oldest = min(moments, key=lambda one: one.audit_length, default=None)
        since = oldest and snapshot.value(
            "facts_not_looked_at", looked_until=oldest.audit_length, head=oldest.audit_head
        )
    if since == 0:
        passed = {one.check.key for one in results.checks if one.state is State.PASSED}
        said += [f"{key}: passed" for key in passed & full.broken]
        with redirect_stdout(StringIO()) as printed:
            say_results(results, {}, results.checks[0].run_id)
        if full.broken and "Every check passed" in printed.getvalue():
            said.append("every check passed")
    return said


@pytest.mark.timeout(0)
def test_no_verdict_is_better_than_after_a_full_check(
    databases, everybody, template, tmp_path, monkeypatch
) -> None:
    figures: Counter = Counter()
    for plant in range(-(-RUNS // RUNS_A_PLANT)):
        draw = Random(SEED + plant)
        with databases.copied(template) as database:
            home = tmp_path / f"home {plant}"
            monkeypatch.setenv("LOTLINE_DATABASE_URL", database)
            monkeypatch.setenv("LOTLINE_HOME", str(home))
            assert read_settings().home == home
            write_masters(database)
            with closing(Record(database, DatabaseRole.APP)) as record:
                write_facts(record, database, draw, 12)
                _runs_over(record, database, home, draw, figures, tmp_path)
        print(f"\n{dict(figures)}", flush=True)
    assert figures["complete"], "no verdict was complete, so nothing was tried"


def _runs_over(record, database, home, draw: Random, figures: Counter, folder: Path) -> None:
    full = full_check(database, folder)
    for number in range(min(RUNS_A_PLANT, RUNS - figures["runs"])):
        if draw.random() < 0.5:
            write_facts(record, database, draw, draw.randint(1, 3))
        plan = draw_plan(draw, number, lambda: write_facts(record, database, draw, 1))
        perform(plan, draw)
        if looked_at(record)["audit_length"] != present(full.findings.looked_at).audit_length:
            full = full_check(database, folder)
        said = worse_than_told(record, home, full, figures)
        assert not said, f"run {number}, {plan}:\n" + "\n".join(said)
        figures["runs"] += 1
        figures["killed" if plan.is_killed else "stopped" if plan.ends_before else "ended"] += 1
