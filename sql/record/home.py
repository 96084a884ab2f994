"""Keep a plant's home for its owner alone, an older version's home too.

Versions up to 0.3.0 made files that any account of the machine could read. They are mended at every
start of what writes; what isn't ours, or wasn't made by us, stays as it is.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sql.private import OTHERS, own_folder
from sql.record.places import find_place
from sql.settings import Settings

# What Lotline makes in its home; the server's own folders are for its account alone anyway.
FOLDERS = ("audit", "dagster", "editions", "findings", "sockets", "warehouse")


def keep_private(settings: Settings) -> None:
    """Take the home and what Lotline keeps in it from every account but its own.

    Where root's PostgreSQL runs as another account, that one may pass through to its data.

    Raises:
        EmbeddedFailed: The embedded server's place can't be used.
    """
    home = own_folder(settings.home)
    place = find_place(home) if settings.is_embedded else None
    kept = [*_files_in(home)]
    for name in FOLDERS:
        for folder, _, files in os.walk(home / name):
            kept += [Path(folder), *(Path(folder) / file for file in files)]
    if place is not None:
        kept += _files_in(place.base)
    if place is not None and place.account is not None:
        place.make_base(home)
    else:
        kept += [home, home / "postgres"]
    for path in kept:
        _take_from_others(path)


def _files_in(folder: Path) -> Iterator[Path]:
    """List what lies in a folder and is none; nothing where there is no folder."""
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if not path.is_dir())


def _take_from_others(path: Path) -> None:
    """Take a file or folder of ours from others; leave links and what others own."""
    try:
        found = path.lstat()
        if not stat.S_ISLNK(found.st_mode) and found.st_uid == os.geteuid():
            path.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)
    except FileNotFoundError:
        # A run that is under way removes what it no longer needs.
        return
