"""`lotline export`: what stands in the record, as files that `lotline import` takes."""

from pathlib import Path

import click

from dashboards.terminal.opening import migrated_record
from dashboards.terminal.saying import say
from sql.settings import settings


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write what stands in the record into FOLDER, a CSV file for each table."""
    from dashboards.exports.plant_files import export_plant

    config = settings()
    with migrated_record(config).snapshot() as snapshot:
        counts = export_plant(snapshot, folder, config.zone)
    say(f"Exported {', '.join(f'{rows:,} {stem}' for stem, rows in counts.items())}.")
