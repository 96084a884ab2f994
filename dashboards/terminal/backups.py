"""`lotline backup` and `lotline restore`: the record in one file."""

from pathlib import Path

import click

from dashboards.terminal.saying import say
from sql.record.engine import DatabaseRole
from sql.record.opening import open_record, open_to_read
from sql.settings import settings


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Back the record up into one file, as it is at one moment."""
    from sql.trail.backup import back_up

    manifest = back_up(open_to_read(settings(), DatabaseRole.OWNER), file)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    length = manifest["anchor"]["length"]
    say(f"{rows:,} rows in {file}; trail of {length:,} entries.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Restore a backup into an empty record, and verify it."""
    from sql.trail.restore import restore as restore_backup

    manifest = restore_backup(open_record(settings(), DatabaseRole.OWNER), file)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    say(f"{rows:,} rows restored; the trail is whole. Next: lotline refresh")
