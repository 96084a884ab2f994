"""The `lotline` command: the plant from a terminal.

Whoever may run it on the server holds the database anyway, so it asks for no sign-in. Each
command here opens what it needs, calls the same verbs as every face, and prints. Exit 1: the
plant's rules said no; exit 2: something outside is missing; never a stack trace for either.
"""

import json
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import polars as pl

from dashboards.commands.password_changes import reset_password
from dashboards.commands.people import add_user
from dashboards.commands.refusals import Refusal
from dashboards.exports.csv_text import csv_text
from dashboards.terminal.parameters import MOMENT, TEXT
from sql.errors import BadQuestion, LotlineError
from sql.record.engine import DatabaseRole, Record, open_record
from sql.settings import Settings, settings
from sql.trail.backup import BackupUnusable
from sql.vocabulary import Direction, Role

FORMATS = click.Choice(["table", "csv", "json"])
TRACE_COLUMNS = [
    "direction",
    "steps",
    "lot_code",
    "lot_type",
    "product_code",
    "share",
    "suspect_kg",
    "weight_kg",
    "on_hand_kg",
    "disposition",
]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lotline")
def lotline() -> None:
    """Lot traceability and quality for food makers."""


@lotline.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8501, show_default=True, help="The app and the API.")
@click.option("--dagster-port", default=3000, show_default=True, help="Dagster's pages.")
@click.option("--empty", is_flag=True, help="Don't load the demo plant.")
def up(host: str, port: int, dagster_port: int, empty: bool) -> None:
    """Serve the app, the API and the pipeline until Ctrl-C."""
    from dashboards.serving.supervisor import bring_up

    sys.exit(
        bring_up(
            settings(),
            host=host,
            port=port,
            dagster_port=dagster_port,
            empty=empty,
            say=click.echo,
        )
    )


@lotline.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def import_(paths: tuple[Path, ...]) -> None:
    """Import a folder of CSV files, or single ones: all of it or nothing."""
    from dashboards.imports.csv_folder import ImportRejected, import_frames, read_folder

    record = _record(settings())
    try:
        frames = read_folder(paths)
        with record.transaction() as transaction:
            added = import_frames(
                transaction,
                frames,
                by=None,
                progress=lambda stem, rows: click.echo(f"  {stem:<18} {rows:>9,} rows", err=True),
            )
    except ImportRejected as rejected:
        _say_rejections(rejected.rejections)
        sys.exit(1)
    named = {"genealogy": "links", "qc_decisions": "decisions", "production_runs": "runs"}
    counts = [f"{rows:,} {named.get(stem, stem)}" for stem, rows in added.items()]
    click.echo(f"Imported {', '.join(counts)}.")


@lotline.command()
@click.option("--anew", is_flag=True, help="From nothing, not just what changed; takes longer.")
def refresh(anew: bool) -> None:
    """Run the pipeline once: copy, build, check, publish an edition."""
    sys.exit(_pipeline("refresh", *(["--anew"] if anew else [])))


@lotline.command()
def check() -> None:
    """Run the data-quality checks on the record as it is now."""
    sys.exit(_pipeline("check"))


@lotline.command()
@click.argument("lot_code", type=TEXT)
@click.option(
    "--direction", type=click.Choice([way.value for way in Direction]), default=Direction.BOTH.value
)
@click.option(
    "--as-of",
    "as_of",
    type=MOMENT,
    default=None,
    help="As was known at this time, ISO 8601 with offset.",
)
@click.option("--format", "form", type=FORMATS, default="table")
def trace(lot_code: str, direction: str, as_of: datetime | None, form: str) -> None:
    """Trace a lot through the record, live.

    LOT is its code, or whatever else finds it: a supplier's lot, a delivery document, a scan.
    """
    from dashboards.terminal import trace_text
    from dashboards.views.verdicts import lines
    from sql.genealogy.lot_choice import lot_meant
    from sql.genealogy.trace import trace as trace_lot
    from sql.warehouse.findings import open_findings

    if not lot_code.strip():
        raise click.BadParameter("a lot's code, or what else finds it, is needed")
    known = open_findings(settings().home)
    then = "" if as_of is None else f" as known on {as_of.isoformat()}"
    with _record(settings()).snapshot(as_of=as_of) as snapshot:
        meant = lot_meant(snapshot, lot_code.strip())
        if meant.lot_code is None:
            raise click.ClickException(trace_text.choices(lot_code, meant, then))
        if said := trace_text.found_by(meant):
            click.echo(said, err=True)
        found = trace_lot(snapshot, meant.lot_code, Direction(direction), known)
    if form == "json":
        whole = trace_text.whole(found)
        click.echo(json.dumps(whole, default=_plain, indent=2, ensure_ascii=False))
        return
    _print([{name: row[name] for name in TRACE_COLUMNS} for row in found.lots], form)
    if form == "table":
        click.echo("\n".join(lines(found.verdict)))


@lotline.command()
@click.argument("select", type=TEXT)
@click.option("--format", "form", type=FORMATS, default="table")
def sql(select: str, form: str) -> None:
    """Ask the current edition, read-only."""
    from sql.warehouse.editions import current_edition

    answer = current_edition(settings().home).select(select)
    _print(answer.to_dicts(), form, answer)


@lotline.group()
def user() -> None:
    """Manage who may sign in."""


@user.command("add")
@click.argument("email", type=TEXT)
@click.option(
    "--role", type=click.Choice([role.value for role in Role], case_sensitive=False), required=True
)
@click.option("--name", "full_name", type=TEXT, default="", help="Shown beside what they write.")
@click.password_option(type=TEXT, help="Asked for when not given.")
def add(email: str, role: str, full_name: str, password: str) -> None:
    """Add a user; asks for the password."""
    with _record(settings()).transaction() as transaction:
        add_user(
            transaction,
            by=None,
            email=email,
            full_name=full_name,
            role=role.upper(),
            password=password,
        )
    click.echo(f"{email} may sign in as {role.upper()}.")


@user.command("password")
@click.argument("email", type=TEXT)
@click.password_option(type=TEXT, help="Asked for when not given.")
def password_(email: str, password: str) -> None:
    """Give a user a new password; ends their sessions and tokens."""
    with _record(settings()).transaction() as transaction:
        reset_password(transaction, by=None, email=email, password=password)
    click.echo(f"{email} has a new password and is signed out everywhere.")


@lotline.group()
def audit() -> None:
    """Look after the audit trail."""


@audit.command("verify")
def verify_() -> None:
    """Walk the trail, hold it against its anchors and every fact against it."""
    from sql.trail.audit import verify
    from sql.trail.kept_anchors import all_anchors

    config = settings()
    with open_record(config, DatabaseRole.OWNER).snapshot() as snapshot:
        found = verify(snapshot, all_anchors(config), sees_passwords=True)
    for broken in found.breaks:
        click.echo(f"✕ {broken.text}", err=True)
    click.echo(f"{found.length:,} entries, {found.anchors_checked:,} anchors, head {found.head}")
    if found.anchors_skipped:
        click.echo(f"{found.anchors_skipped:,} anchors of other databases were skipped.")
    if found.breaks:
        click.echo(f"{len(found.breaks):,} breaks; the first: {found.breaks[0].text}", err=True)
        sys.exit(1)
    click.echo("Nothing was changed. The trail is tamper-evident, not tamper-proof.")


@lotline.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Back the record up into one file, as it is at one moment."""
    from sql.trail.backup import back_up

    manifest = back_up(open_record(settings(), DatabaseRole.OWNER), file)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    length = manifest["anchor"]["length"]
    click.echo(f"{rows:,} rows in {click.format_filename(file)}; trail of {length:,} entries.")


@lotline.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Restore a backup into an empty record, and verify it."""
    from sql.trail.backup import restore as restore_backup

    manifest = restore_backup(open_record(settings(), DatabaseRole.OWNER), file)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    click.echo(f"{rows:,} rows restored; the trail is whole. Next: lotline refresh")


def main() -> None:
    """Run the command and say refusals and missing things in one line."""
    try:
        lotline()
    except (Refusal, BadQuestion, BackupUnusable) as refused:
        _complain(refused)
        sys.exit(1)
    except LotlineError as missing:
        _complain(missing)
        sys.exit(2)


def _complain(said: LotlineError | Refusal) -> None:
    """Print what went wrong; bytes of a file's name that are no UTF-8 as question marks."""
    click.echo(str(said).encode(errors="replace").decode(), err=True)


def _record(config: Settings) -> Record:
    """Open the record in the app's role, brought to its present shape first."""
    open_record(config, DatabaseRole.OWNER).close()
    return open_record(config)


def _pipeline(kind: str, *options: str) -> int:
    """Run the pipeline in a process of its own, since this package doesn't know it."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "pipelines.run", kind, *options], check=False
    ).returncode


def _say_rejections(rejections: list[Any]) -> None:
    """Print every bad row of an import, and that nothing was saved."""
    for row in rejections:
        click.echo(
            f"{row.file}:{row.line}: {row.column or '-'} {row.value!r}: {row.reason}", err=True
        )
    click.echo(f"{len(rejections):,} rows are wrong; nothing was imported.", err=True)


def _print(rows: list[dict[str, Any]], form: str, frame: pl.DataFrame | None = None) -> None:
    """Print rows as a table, CSV or JSON; every row, whatever the form."""
    if form == "json":
        click.echo(json.dumps(rows, default=_plain, ensure_ascii=False))
        return
    names = list(rows[0]) if rows else (frame.columns if frame is not None else [])
    if form == "csv":
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
    """Give a value as a person reads it in a table."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _plain(value: Any) -> Any:
    """Give JSON what it has no word for: decimals as numbers, times as ISO 8601 in UTC."""
    return float(value) if isinstance(value, Decimal) else str(value)
