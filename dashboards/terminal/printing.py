"""Rows as a terminal prints them, and texts that it obeys nothing in."""

import shutil
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click

from dashboards.terminal.visible import visible
from sql.settings import settings

FORMATS = click.Choice(["table", "csv", "json"])


def print_rows(rows: list[dict[str, Any]], form: str, columns: Sequence[str] = ()) -> None:
    """Print every row as a table, CSV or JSON.

    A table fits the terminal it is shown in; into a file or a pipe, a row is a line.

    Args:
        rows: What to print.
        form: `table`, `csv` or `json`.
        columns: The names to head it with where there are no rows.
    """
    names = list(rows[0]) if rows else list(columns)
    if form == "json":
        from dashboards.terminal.json_text import json_text

        print_exactly(f"{json_text(rows)}\n")
        return
    if form == "csv":
        from dashboards.exports.csv_text import csv_text

        print_exactly(csv_text(in_zone(rows), names))
        return
    print_table(in_words(in_zone(rows)), names)
    click.echo(f"{len(rows):,} rows; times: {settings().zone.key}", err=True)


def in_zone(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with their times as the site's clock showed them, with their offset."""
    zone = settings().zone
    return [
        {
            name: value.astimezone(zone) if isinstance(value, datetime) and value.tzinfo else value
            for name, value in row.items()
        }
        for row in rows
    ]


def in_words(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with their code words as people say them."""
    from dashboards.words import file_words

    return [{name: file_words(name, value) for name, value in row.items()} for row in rows]


def print_table(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> None:
    """Print rows under their headings, folded where the terminal is too narrow for a row."""
    from dashboards.terminal.tables import table_lines

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for is_heading, line in table_lines(rows, names, width):
        click.echo(click.style(line, bold=True) if is_heading else line)


def print_exactly(text: str) -> None:
    """Print text for programs to the last sign; a terminal is shown what it would obey."""
    sys.stdout.write(visible(text, kept="\r\n") if sys.stdout.isatty() else text)
