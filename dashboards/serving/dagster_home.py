"""The folder in which Dagster keeps its own: where it is, and the settings file in it.

The settings are shipped as `dagster.yaml` beside this module and copied at every `up`, so that a
new version's settings reach a plant that has run before. A copy that a person changed is kept: the
digest of the last one written here tells the two apart.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from sql.private import own_folder, socket_path
from sql.settings import Settings

SHIPPED = Path(__file__).with_name("dagster.yaml")
WRITTEN_DIGEST = "dagster.yaml.sha256"
# What versions up to 0.3.0 wrote, which noted no digest.
FIRST_DIGEST = "db6435df9c7e0dc02e889dce5ea17ee7330a3bafdb0774317a2fc4d066cebcc7"


def dagster_home(config: Settings) -> Path:
    """Name the folder: DAGSTER_HOME, or one inside LOTLINE_HOME; absolute."""
    return Path(os.environ.get("DAGSTER_HOME") or config.home / "dagster").absolute()


def dagster_socket(config: Settings) -> Path:
    """Name the socket on which Dagster's pages listen, for the front door alone."""
    return socket_path(config.home, "dagster")


def code_socket(config: Settings) -> Path:
    """Name the socket of the process that runs our own code for Dagster."""
    return socket_path(config.home, "code")


def dagster_log(config: Settings) -> Path:
    """Name the file to which Dagster's processes write."""
    return config.home / "dagster.log"


def bring_up_to_date(home: Path, say: Callable[[str], None]) -> None:
    """Copy the shipped settings into Dagster's folder, unless a person changed the copy there.

    Args:
        home: Dagster's folder; made where it is missing.
        say: Takes the one line that says a changed copy was kept.
    """
    own_folder(home)
    copy, note = home / "dagster.yaml", home / WRITTEN_DIGEST
    shipped = SHIPPED.read_bytes()
    there = copy.read_bytes() if copy.exists() else None
    if there is not None and there != shipped:
        written = note.read_text(encoding="utf-8").strip() if note.exists() else FIRST_DIGEST
        if sha256(there).hexdigest() != written:
            say(f"{copy} was changed by hand and is kept. To get Lotline's own, delete it.")
            return
    if there != shipped:
        copy.write_bytes(shipped)
    note.write_text(sha256(shipped).hexdigest() + "\n", encoding="utf-8")
