"""`lotline import`: files into the record."""

import sys
from pathlib import Path
from typing import Any

import click

from dashboards.terminal.opening import migrated_record
from dashboards.terminal.visible import visible
from sql.settings import settings

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
    code_page: str | None,
    decimal: str | None,
    separator: str | None,
    sheets: tuple[str, ...],
    told_in: Path | None,
) -> None:
    """Import folders, CSV files and workbooks: all of it or nothing."""
    from dashboards.imports.files import given_files, tables_of
    from dashboards.imports.reading import reading_of
    from dashboards.imports.taking import ImportRejected, import_tables

    config = settings()
    record = migrated_record(config)
    spoilt: list[Any] = []
    passed_over: list[Any] = []
    try:
        reading = reading_of(
            config,
            code_page=_known_code_page(code_page),
            decimal=SIGNS.get(decimal or ""),
            separator=SEPARATORS.get(separator or ""),
            sheets=frozenset(sheets) or None,
        )
        tables, wrong, rejections = tables_of(given_files(paths), reading)
        with record.transaction() as transaction:
            added = import_tables(
                transaction,
                tables,
                by=None,
                zone=reading.zone,
                wrong=wrong,
                rejections=rejections,
                corrects=corrects,
                again=again,
                warn=spoilt.append,
                pass_over=passed_over.append,
                progress=lambda stem, rows: click.echo(f"  {stem:<18} {rows:>9,} rows", err=True),
            )
    except ImportRejected as rejected:
        _say_rejections(rejected.rejections, told_in)
        sys.exit(1)
    named = {"genealogy": "links", "qc_decisions": "decisions", "production_runs": "runs"}
    counts = [f"{rows:,} {named.get(stem, stem)}" for stem, rows in added.items()]
    click.echo(f"Imported {', '.join(counts)}.")
    _say_cells(spoilt)
    if spoilt:
        click.echo(
            f"Identifiers that look spoilt, and were taken as they are: {len(spoilt):,}.", err=True
        )
    _say_cells(passed_over)
    if passed_over:
        click.echo(
            "Passed over, since the record voided, withdrew or corrected it: "
            f"{len(passed_over):,}.",
            err=True,
        )


def _known_code_page(name: str | None) -> str | None:
    """Refuse a code page that nobody knows."""
    try:
        "".encode(name or "utf-8")
    except LookupError as unknown:
        raise click.BadParameter(f"{name} is no code page; write one such as cp1250.") from unknown
    return name


def _say_rejections(rejections: list[Any], told_in: Path | None) -> None:
    """Print the causes of bad rows, and that nothing was saved; every cell into a file."""
    from dashboards.exports.csv_text import csv_text

    _say_cells(rejections)
    if told_in is not None:
        columns = ["file", "line", "column", "value", "reason"]
        rows = [{name: getattr(one, name) for name in columns} for one in rejections]
        told_in.write_text(csv_text(rows, columns), encoding="utf-8-sig", newline="")
    click.echo(f"Wrong: {len(rejections):,}; nothing was imported.", err=True)


def _say_cells(cells: list[Any]) -> None:
    """Print cells of files, a line for each cause: where, what, and what is wrong with it."""
    from dashboards.imports.refused_lines import causes

    for cause in causes(cells):
        click.echo(visible(str(cause)), err=True)
