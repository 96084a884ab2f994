"""What `lotline import` says: what came in or would, and every refusal by its cause."""

from pathlib import Path
from typing import Any

from dashboards.commands.import_plan import Plan
from dashboards.exports.csv_text import csv_text
from dashboards.imports.preview import Preview
from dashboards.imports.refused_lines import FIRST_LINES, causes
from dashboards.terminal.saying import say

COLUMNS = ["file", "line", "column", "value", "reason"]


def say_rejections(rejections: list[Any], told_in: Path | None) -> None:
    """Print the causes of bad rows, and that nothing was saved; every cell into a file."""
    _say_causes(rejections)
    if told_in is not None:
        rows = [{name: getattr(one, name) for name in COLUMNS} for one in rejections]
        told_in.write_text(csv_text(rows, COLUMNS), encoding="utf-8-sig", newline="")
    say(f"Wrong: {len(rejections):,}; nothing was imported.", err=True)


def say_cells(cells: list[Any], headline: str) -> None:
    """Print cells by their cause, and how many there are of what the headline says."""
    _say_causes(cells)
    if cells:
        say(f"{headline}: {len(cells):,}.", err=True)


def say_preview(seen: Preview, told_in: Path | None) -> None:
    """Print what an import would do, table by table."""
    plan = seen.plan
    for stem in plan.rows:
        new = plan.added[stem]
        first = ", ".join(str(line) for line in new[:FIRST_LINES])
        where = f" (rows {first}{', …' if len(new) > FIRST_LINES else ''})" if new else ""
        say(
            f"{stem}: {plan.rows[stem]:,} rows: {len(new):,} new{where}, "
            f"{plan.corrected[stem]:,} to correct, {plan.voided.get(stem, 0):,} to void, "
            f"{plan.aside_rows.get(stem, 0):,} set aside, {plan.refused[stem]:,} refused, "
            f"{plan.known(stem):,} in the record"
        )
    _say_causes(plan.corrections)
    if plan.corrections:
        say(f"To correct, with --correct: {len(plan.corrections):,}.", err=True)
    say_cells(seen.spoilt, "Would be taken as they are, but worth a look")
    say_cells(seen.passed_over, "Passed over, since the record voided, withdrew or corrected it")
    say_cells(plan.aside, "Would be set aside")
    say_held(plan)
    if seen.refused:
        say_rejections(list(seen.refused), told_in)
    else:
        say("Nothing was saved.")


def say_taken_back(plan: Plan) -> None:
    """Print how much an import corrected and voided, and what it set aside."""
    corrected, voided = sum(plan.corrected.values()), sum(plan.voided.values())
    if corrected or voided:
        say(f"Corrected {corrected:,}, voided {voided:,}.")
    say_cells(plan.aside, "Set aside, as findings")


def say_held(plan: Plan) -> None:
    """Print which lots an import holds, or would, for results outside their limit."""
    for line in plan.held:
        say(line, err=True)
    if plan.held:
        say(f"Put on HOLD for results outside their limit: {len(plan.held):,}.", err=True)


def _say_causes(cells: list[Any]) -> None:
    """Print cells of files, a line for each cause: where, what, and what is wrong with it."""
    for cause in causes(cells):
        say(str(cause), err=True)
