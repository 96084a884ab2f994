"""`lotline process`: the plant's process as a folder of CSV files."""

import sys
from pathlib import Path

import click

from dashboards.terminal.opening import migrated_record
from dashboards.terminal.saying import say
from sql.settings import settings


@click.group()
def process() -> None:
    """Read, check or change the process: lot types, phases, gates, limits, rules, bounds."""


@process.command()
@click.argument("folder", type=click.Path(path_type=Path))
def export(folder: Path) -> None:
    """Write the process in force into a folder that is new or empty."""
    from dashboards.commands.process.reading import process_in_force
    from dashboards.exports.process_files import process_files
    from sql.record.opening import open_to_read

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        say(f"{folder} is not empty. Name a new folder.", err=True)
        sys.exit(1)
    with open_to_read(settings()).snapshot() as snapshot:
        files = process_files(process_in_force(snapshot))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    say(f"Wrote {len(files)} files into {folder}.")


@process.command()
@click.argument("name")
def check(name: str) -> None:
    """Say what a folder, or a template, would change; nothing is written."""
    from dashboards.commands.process.applying import changes_of
    from dashboards.imports.process_folder import find_process, read_process
    from sql.record.opening import open_to_read

    wanted = read_process(find_process(name))
    with open_to_read(settings()).snapshot() as snapshot:
        changes = changes_of(snapshot, wanted)
    for change in changes:
        say(str(change))
    say(f"Changes: {len(changes):,}; nothing was written.")


@process.command()
@click.argument("name")
@click.option("--reason", required=True, help="Why, in 10 characters or more.")
def apply(name: str, reason: str) -> None:
    """Take a folder, or a template, as the new version of the process: all of it or nothing."""
    from dashboards.commands.process.applying import apply_process
    from dashboards.imports.process_folder import find_process, read_process

    wanted = read_process(find_process(name))
    with migrated_record(settings()).transaction() as transaction:
        version, changes = apply_process(transaction, by=None, wanted=wanted, reason=reason)
    for change in changes:
        say(str(change))
    say(f"Version {version} of the process is in force: {len(changes):,} changes.")
