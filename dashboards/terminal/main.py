"""The `lotline` command: the plant from a terminal.

Whoever may run it on the server holds the database anyway, so it asks for no sign-in. Each command
opens what it needs, calls the same verbs as every face, and prints. What a command alone needs is
imported inside it, so that every other one starts without. Exit 1: the plant's rules said no;
exit 2: something outside is missing; never a stack trace for either.
"""

import sys
from io import TextIOWrapper

import click

from dashboards.commands.refusals import Refusal
from dashboards.terminal.audit import audit
from dashboards.terminal.backups import backup, restore
from dashboards.terminal.edition import sql
from dashboards.terminal.exports import export
from dashboards.terminal.imports import import_
from dashboards.terminal.migrate import migrate
from dashboards.terminal.pipeline import check, refresh
from dashboards.terminal.process import process
from dashboards.terminal.saying import say
from dashboards.terminal.stands import stands
from dashboards.terminal.trace import trace
from dashboards.terminal.up import up
from dashboards.terminal.users import user
from sql.errors import BadQuestion, LotlineError, MomentAhead
from sql.private import keep_to_owner
from sql.trail.backup_file import BackupUnusable


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lotline")
def lotline() -> None:
    """Lot traceability and quality for food makers."""


for command in (
    up,
    migrate,
    process,
    import_,
    export,
    refresh,
    check,
    trace,
    stands,
    sql,
    user,
    audit,
    backup,
    restore,
):
    lotline.add_command(command)


def main() -> None:
    """Run the command and say refusals and missing things in one line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal set to few letters shows the others written out, and no stack trace.
            stream.reconfigure(errors="backslashreplace")
    keep_to_owner()
    try:
        lotline()
    except (Refusal, BadQuestion, MomentAhead, BackupUnusable) as refused:
        _complain(refused)
        sys.exit(1)
    except LotlineError as missing:
        _complain(missing)
        sys.exit(2)


def _complain(said: LotlineError | Refusal) -> None:
    """Print what went wrong; bytes of a file's name that are no UTF-8 as question marks."""
    shown = str(said).encode(errors="replace").decode()
    say(*shown.split("\n"), err=True)
