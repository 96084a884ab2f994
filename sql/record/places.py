"""Where an embedded server keeps its things, which programs it runs and as whom.

PostgreSQL refuses to run as root, so root's server runs as an account that is there already.
"""

import hashlib
import os
import pwd
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sql.errors import EmbeddedFailed
from sql.record.programs import copied_programs, installed_programs

LONGEST_SOCKET_PATH = 107 - len("/.s.PGSQL.5432.lock")
ROOT_FALLBACK = Path("/var/lib/lotline")


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
        """Name the server's data folder."""
        return self.base / "data"

    def run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one of the server's programs as its account and return its outcome."""
        return subprocess.run(
            [str(self.binaries / program), *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=self.user,
            group=self.group,
            extra_groups=self.extra_groups,
        )

    @property
    def user(self) -> int | None:
        """Tell the user a child process is to run as; None: the person's own."""
        return None if self.account is None else self.account.pw_uid

    @property
    def group(self) -> int | None:
        """Tell the group a child process is to run as; None: the person's own."""
        return None if self.account is None else self.account.pw_gid

    @property
    def extra_groups(self) -> list[int] | None:
        """Tell the further groups of a child process: none of root's; None: the person's own."""
        return None if self.account is None else []

    def make_folder(self, path: Path) -> None:
        """Make a folder that only the server's account may enter."""
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)


def find_place(home: Path) -> Place:
    """Say where the server of a home lives and as whom it runs.

    PostgreSQL refuses to run as root, so root's server runs as an account that is there
    already. No folder's permissions above the home are changed: where that account can't
    reach the home (a clone below /root), the server's things lie in /var/lib/lotline.
    """
    installed = installed_programs()
    digest = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    account = _server_account() if os.geteuid() == 0 else None
    base, binaries = home / "postgres", installed
    if account is not None and not (_reachable(home, account) and _reachable(installed, account)):
        base = ROOT_FALLBACK / digest
        binaries = copied_programs(installed, ROOT_FALLBACK)
    socket = base / "socket"
    if len(str(socket)) > LONGEST_SOCKET_PATH:
        # PostgreSQL's own limit on socket paths; the digest keeps homes apart.
        socket = Path(tempfile.gettempdir()) / f"lotline-{os.geteuid()}-{digest}"
    return Place(base=base, binaries=binaries, socket=socket, account=account)


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
