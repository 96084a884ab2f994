"""Who may open which file."""

import os
from pathlib import Path

from sql.private import OTHERS


def open_to_others(folder: Path) -> list[Path]:
    """List the folder and what lies in it as far as other accounts may open it; links aside."""
    paths = [folder]
    for inner, folders, files in os.walk(folder):
        paths += [Path(inner) / name for name in (*folders, *files)]
    return [path for path in paths if path.lstat().st_mode & OTHERS and not path.is_symlink()]
