"""Rows as a terminal prints them."""

import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import click

FORMATS = click.Choice(["table", "csv", "json"])


def print_rows(rows: list[dict[str, Any]], form: str, columns: Sequence[str] = ()) -> None:
    """Print every row as a table, CSV or JSON.

    Args:
        rows: What to print.
        form: `table`, `csv` or `json`.
        columns: The names to head it with where there are no rows.
    """
    if form == "json":
        click.echo(json.dumps(rows, default=plain, ensure_ascii=False))
        return
    names = list(rows[0]) if rows else list(columns)
    if form == "csv":
        from dashboards.exports.csv_text import csv_text

        click.echo(csv_text(rows, names), nl=False)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*names, box=None, header_style="bold")
    for row in rows:
        table.add_row(*("" if value is None else _shown(value) for value in row.values()))
    Console(width=None if sys.stdout.isatty() else 200).print(table)
    click.echo(f"{len(rows):,} rows", err=True)


def _shown(value: Any) -> str:
    """Write a value as a person reads it in a table."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def plain(value: Any) -> Any:
    """Write for JSON what it has no word for: decimals as numbers, times as ISO 8601 in UTC."""
    return float(value) if isinstance(value, Decimal) else str(value)
