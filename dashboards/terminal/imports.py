"""`lotline import`: files into the record."""

import sys
from pathlib import Path
from typing import Any

import click

from dashboards.terminal.opening import migrated_record
from dashboards.terminal.saying import say
from sql.settings import Settings, settings

SIGNS = {"point": ".", "comma": ","}
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--correct",
    "--confirm-corrections",
    "corrects",
    is_flag=True,
    help="Take what stands in the record otherwise as corrected by these files.",
)
@click.option(
    "--again",
    is_flag=True,
    help="Record anew what equals a link, reading or shipment that was voided.",
)
@click.option(
    "--whole",
    "is_whole",
    is_flag=True,
    help="These files are all there is: with --correct, void what they have no more.",
)
@click.option(
    "--set-aside",
    "sets_aside",
    is_flag=True,
    help="Set aside what can't be taken, as findings, and take the rest.",
)
@click.option("--mapping", "mapping_name", help="Read columns as kept under this name.")
@click.option("--preview", "is_preview", is_flag=True, help="Say what it would do; save nothing.")
@click.option("--code-page", help="In which the files are; else found out.")
@click.option("--decimal", type=click.Choice([*SIGNS]), help="The sign before decimals.")
@click.option("--separator", type=click.Choice([*SEPARATORS]), help="Between a CSV file's cells.")
@click.option("--sheet", "sheets", multiple=True, help="Only this sheet of workbooks; repeatable.")
@click.option(
    "--refusals",
    "told_in",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write every refused cell into this CSV file.",
)
def import_(
    paths: tuple[Path, ...],
    corrects: bool,
    again: bool,
    is_whole: bool,
    sets_aside: bool,
    mapping_name: str | None,
    is_preview: bool,
    told_in: Path | None,
    **said: Any,
) -> None:
    """Import folders, CSV files and workbooks: all of it or nothing, but for what is set aside."""
    from dashboards.commands.import_mappings import kept_mapping
    from dashboards.commands.import_plan import Plan
    from dashboards.imports.files import given_files, tables_of
    from dashboards.imports.mappings import ColumnMapping, mapping_of
    from dashboards.imports.preview import preview
    from dashboards.imports.taking import ImportRejected, import_tables
    from dashboards.terminal.import_said import (
        say_cells,
        say_held,
        say_preview,
        say_rejections,
        say_taken_back,
    )

    config = settings()
    record = migrated_record(config)
    mapping = ColumnMapping()
    if mapping_name is not None:
        with record.snapshot() as reading_record:
            mapping = mapping_of(kept_mapping(reading_record, mapping_name))
    reading = _reading(config, mapping, **said)
    tables, wrong, rejections = tables_of(
        given_files(paths), reading, mapping, pass_over=_say_hidden
    )
    found: dict[str, Any] = {"by": None, "zone": reading.zone, "again": again}
    found |= {"is_whole": is_whole, "sets_aside": sets_aside}
    found |= {"wrong": wrong, "rejections": rejections, "progress": _say_progress}
    if is_preview:
        seen = preview(record, tables, **found)
        say_preview(seen, told_in)
        sys.exit(1 if seen.refused else 0)
    spoilt: list[Any] = []
    passed_over: list[Any] = []
    plan = Plan()
    told: dict[str, Any] = {"warn": spoilt.append, "pass_over": passed_over.append, "plan": plan}
    try:
        with record.transaction() as transaction:
            added = import_tables(transaction, tables, corrects=corrects, **found, **told)
    except ImportRejected as rejected:
        say_rejections(rejected.rejections, told_in)
        sys.exit(1)
    named = {"genealogy": "links", "qc_decisions": "decisions", "production_runs": "runs"}
    counts = [f"{rows:,} {named.get(stem, stem)}" for stem, rows in added.items()]
    say(f"Imported {', '.join(counts)}.")
    say_cells(spoilt, "Taken as they are, but worth a look")
    say_cells(passed_over, "Passed over, since the record voided, withdrew or corrected it")
    say_taken_back(plan)
    say_held(plan)


def _reading(config: Settings, mapping: Any, **said: Any) -> Any:
    """Tell how files are read: as said, else as kept with the mapping, else found out."""
    from dashboards.imports.reading import known_code_page, reading_of

    return reading_of(
        config,
        code_page=known_code_page(said["code_page"]) or mapping.code_page,
        decimal=SIGNS.get(said["decimal"] or "", mapping.decimal),
        separator=SEPARATORS.get(said["separator"] or ""),
        sheets=frozenset(said["sheets"]) or None,
    )


def _say_hidden(sheet: str) -> None:
    say(f"{sheet} is hidden there and left out. Take it with --sheet and its name.", err=True)


def _say_progress(stem: str, rows: int) -> None:
    say(f"  {stem:<18} {rows:>9,} rows", err=True)
