"""`lotline migrate`: the record in the shape that this Lotline reads."""

import click

from dashboards.terminal.saying import say
from sql.settings import settings


@click.command()
def migrate() -> None:
    """Make the record, or bring it to this version's shape; reading commands never do."""
    from sql.record.engine import DatabaseRole
    from sql.record.opening import open_record
    from sql.record.shape import newest_revision

    open_record(settings(), DatabaseRole.OWNER).close()
    say(f"The record has the shape {newest_revision()}.")
