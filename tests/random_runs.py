"""Runs of the pipeline as chance has it: of all or some steps, ended, stopped or killed.

The steps are the pipeline's own, handed on as Dagster hands them on, without Dagster around them:
a run then takes a tenth of a second. What the contracts look at besides counts is left out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from graphlib import TopologicalSorter
from random import Random
from types import SimpleNamespace
from typing import Any

import duckdb

from pipelines.resources import ANEW, PlantResource
from pipelines.rule_checks import _finding
from sql.errors import NotSound
from sql.genealogy import ancestries
from sql.genealogy.agreement import compare
from sql.genealogy.taught_stands import teach
from sql.warehouse.building import build
from sql.warehouse.checks import AGREEMENT, CONTRACT, WALKED, all_checks
from sql.warehouse.copied_tables import copied_tables
from sql.warehouse.copies import copy_record
from sql.warehouse.evidence import last_copy, note_checked, note_published
from sql.warehouse.findings import Finding
from sql.warehouse.models import load_model, model_names
from sql.warehouse.proof import prove
from sql.warehouse.publishing import publish
from sql.warehouse.rules import Rule, Severity, ruled_tables, rules_of

COPY, CONTRACTS, AGREE, PUBLISH = "copy", "contracts", "agree", "publish"


class Stopped(Exception):
    """Somebody stopped the run."""


class KilledPlant(PlantResource):
    """Leaves what a killed process leaves: no word about its end."""

    def _finish(self) -> None:
        if self._warehouse is not None:
            self._warehouse.close()
            self._warehouse = None


@dataclass
class Plan:
    """One run: which steps, from nothing or not, and before which step it ends early."""

    run_id: str
    steps: list[str]
    anew: bool = False
    ends_before: str | None = None
    is_killed: bool = False
    meanwhile: Callable[[], object] = field(default=lambda: None)


@cache
def rules_by_table() -> dict[str, list[Rule]]:
    """Return every rule, read from its file once."""
    return {table: rules_of(table) for table in ruled_tables()}


@cache
def needs() -> dict[str, set[str]]:
    """Name what each step waits for."""
    found: dict[str, set[str]] = {COPY: set(), CONTRACTS: {COPY}, AGREE: {WALKED}}
    for name in model_names():
        found[name] = {CONTRACTS} | {read for read in load_model(name).reads() if read in found}
        found[name] |= set(load_model(name).reads()) & set(model_names())
    for table, rules in rules_by_table().items():
        reads = {read for rule in rules for read in rule.reads()} | {table}
        found[f"rules {table}"] = {CONTRACTS} | (reads & set(model_names()))
    found[PUBLISH] = set(found)
    return found


ORDER = list(TopologicalSorter(needs()).static_order())


def draw_plan(draw: Random, number: int, meanwhile: Callable[[], object]) -> Plan:
    """Draw a run."""
    kind = draw.choice(
        ["all", "all", "all", "check", "check", "anew", "one", "one", "some", "some"]
    )
    steps = list(ORDER)
    if kind == "check":
        steps = [step for step in ORDER if step != PUBLISH]
    if kind == "one":
        steps = [draw.choice(ORDER)]
    if kind == "some":
        steps = [step for step in ORDER if draw.random() < draw.choice([0.2, 0.5, 0.8])]
    plan = Plan(f"run {number}", steps, anew=kind == "anew", meanwhile=meanwhile)
    if steps and draw.random() < 0.5:
        plan.ends_before = draw.choice([*steps, "its end"])
        plan.is_killed = draw.random() < 0.5
    return plan


def perform(plan: Plan, draw: Random) -> None:
    """Carry a run out; ends as it is planned."""
    plant = (KilledPlant if plan.is_killed else PlantResource)()
    tags = {ANEW: "true"} if plan.anew else {}
    context: Any = SimpleNamespace(run=SimpleNamespace(run_id=plan.run_id, tags=tags))
    meanwhile_before = draw.choice([*plan.steps, None]) if draw.random() < 0.25 else None
    try:
        with plant.yield_for_execution(context) as opened:
            _steps(plan, opened, meanwhile_before)
            if plan.ends_before == "its end":
                raise Stopped
    except (Stopped, NotSound):
        pass


def _steps(plan: Plan, plant: PlantResource, meanwhile_before: str | None) -> None:
    handed_on: dict[str, Any] = {}
    blocked: set[str] = set()
    for step in plan.steps:
        if step == plan.ends_before:
            raise Stopped
        if step == meanwhile_before:
            plan.meanwhile()
        if needs()[step] & blocked:
            blocked.add(step)
            continue
        try:
            is_sound = _step(step, plant, handed_on)
        except (NotSound, duckdb.CatalogException):
            # In a run of some steps, what a step reads may not be there.
            is_sound = False
        if not is_sound:
            blocked.add(step)


def _step(step: str, plant: PlantResource, handed_on: dict[str, Any]) -> bool:
    """Do one step and tell whether what follows may go on."""
    if step == COPY:
        warehouse, since = plant.warehouse_to_copy_into()
        with plant.record() as record:
            handed_on[COPY] = copy_record(record, warehouse, since)
        return True
    if step == CONTRACTS:
        copies = handed_on.get(COPY) or last_copy(plant.warehouse)
        counts = {
            table: (one.rows_count, one.rows_in_record) for table, one in copies.tables.items()
        }
        return _note(plant, (_contract(table, *counts[table]) for table in copied_tables()))
    if step == AGREE:
        with plant.record() as record:
            return _note(plant, [_agreement(compare(record, plant.warehouse).disagreements)])
    if step == PUBLISH:
        edition = publish(plant.warehouse, plant.settings.home, prove(plant.warehouse), kept=2)
        note_published(plant.warehouse, edition, plant.run_id)
        return True
    if step.startswith("rules "):
        walked = handed_on.get(WALKED)
        rules = rules_by_table()[step.removeprefix("rules ")]
        made_anew = walked.made_anew if walked else None
        return _note(plant, (_finding(plant.warehouse, rule, made_anew) for rule in rules))
    built = build(plant.warehouse, load_model(step), handed_on.get(COPY), ancestries.walk, teach)
    handed_on[step] = built.walked
    return True


def _note(plant: PlantResource, found: Iterable[Finding]) -> bool:
    is_sound = True
    with plant.warehouse.whole():
        for finding in found:
            note_checked(plant.warehouse, finding, plant.run_id)
            is_sound &= finding.passed or finding.severity is not Severity.BLOCKS
    return is_sound


def _contract(table: str, rows_count: int, rows_in_record: int) -> Finding:
    check = all_checks()[f"raw.{table} {CONTRACT}"]
    broken = int(rows_count != rows_in_record)
    return Finding(check.table, check.name, check.kind, check.severity, "", broken, [])


def _agreement(rows: list[dict[str, Any]]) -> Finding:
    check = all_checks()[f"{WALKED} {AGREEMENT}"]
    facts = (check.table, check.name, check.kind, check.severity, "", len(rows))
    return Finding(*facts, rows=rows)
