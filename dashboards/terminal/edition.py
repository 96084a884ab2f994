"""`lotline sql`: questions to the current edition."""

import click

from dashboards.terminal.parameters import TEXT
from dashboards.terminal.printing import FORMATS, print_rows
from sql.settings import settings


@click.command()
@click.argument("select", type=TEXT)
@click.option("--format", "form", type=FORMATS, default="table")
def sql(select: str, form: str) -> None:
    """Ask the current edition, read-only."""
    from sql.warehouse.editions import current_edition

    answer = current_edition(settings().home).select(select)
    print_rows(answer.to_dicts(), form, answer.columns)
