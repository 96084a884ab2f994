"""`lotline audit`: whether the trail is whole."""

import sys

import click

from dashboards.terminal.saying import say
from sql.record.engine import DatabaseRole
from sql.record.opening import open_to_read
from sql.settings import settings


@click.group()
def audit() -> None:
    """Look after the audit trail."""


@audit.command("verify")
def verify_() -> None:
    """Walk the trail, hold it against its anchors and every fact against it."""
    from sql.trail.audit import verify
    from sql.trail.kept_anchors import all_anchors

    config = settings()
    with open_to_read(config, DatabaseRole.OWNER).snapshot() as snapshot:
        found = verify(snapshot, all_anchors(config), sees_passwords=True)
    for broken in found.breaks:
        say(f"✕ {broken.text}", err=True)
    say(f"{found.length:,} entries, {found.anchors_checked:,} anchors, head {found.head}")
    if found.anchors_skipped:
        say(f"{found.anchors_skipped:,} anchors of other databases were skipped.")
    if found.breaks:
        say(f"{len(found.breaks):,} breaks; the first: {found.breaks[0].text}", err=True)
        sys.exit(1)
    say("Nothing was changed. The trail is tamper-evident, not tamper-proof.")
