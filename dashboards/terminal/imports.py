"""`lotline import`: files into the record."""

import sys
from pathlib import Path
from typing import Any

import click

from dashboards.terminal.opening import migrated_record
from dashboards.terminal.visible import visible
from sql.settings import settings


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--correct",
    "corrects",
    is_flag=True,
    help="Void what stands under a row's source_key with other content, and take the row.",
)
@click.option(
    "--again",
    is_flag=True,
    help="Record anew what equals a link, reading or shipment that was voided.",
)
def import_(paths: tuple[Path, ...], corrects: bool, again: bool) -> None:
    """Import a folder of CSV files, or single ones: all of it or nothing."""
    from dashboards.imports.csv_folder import ImportRejected, import_frames, read_folder

    record = migrated_record(settings())
    spoilt: list[Any] = []
    passed_over: list[Any] = []
    try:
        frames = read_folder(paths)
        with record.transaction() as transaction:
            added = import_frames(
                transaction,
                frames,
                by=None,
                corrects=corrects,
                again=again,
                warn=spoilt.append,
                pass_over=passed_over.append,
                progress=lambda stem, rows: click.echo(f"  {stem:<18} {rows:>9,} rows", err=True),
            )
    except ImportRejected as rejected:
        _say_rejections(rejected.rejections)
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


def _say_rejections(rejections: list[Any]) -> None:
    """Print every bad row of an import, and that nothing was saved."""
    _say_cells(rejections)
    click.echo(f"Wrong: {len(rejections):,}; nothing was imported.", err=True)


def _say_cells(cells: list[Any]) -> None:
    """Print cells of files, a line each: where, what, and what is wrong with it."""
    for row in cells:
        value = "" if row.value is None else f' "{row.value}"'
        said = f"{row.file}:{row.line}: {row.column or '-'}{value}: {row.reason}"
        click.echo(visible(said), err=True)
