"""Where an embedded server keeps its things, which programs it runs and as whom.

PostgreSQL refuses to run as root, so root's server runs as an account that is there already. Where
that is gets decided once, at the first start (`placing`); ever after it is read.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from sql.private import own_folder, require_private
from sql.record.accounts import may_enter
from sql.record.placing import PROGRAMS, Placed, decided, note, noted
from sql.record.programs import copied_programs, installed_programs


@dataclass(frozen=True)
class Place:
    """Where one embedded server keeps its things, and as whom it runs.

    Attributes:
        base: Folder of data, locks and log; differs from the home where root's account for
            the server can't reach the home.
        binaries: Folder that holds `postgres` and `initdb`.
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

    @property
    def log(self) -> Path:
        """Name the file to which the server writes."""
        return self.base / "server.log"

    def run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one of the server's programs as its account and return its outcome.

        For the keeper: a process that holds gRPC's threads must not fork.
        """
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
        """Make a folder that only the server's account may enter.

        Raises:
            NotPrivate: It is there, and is a link, of somebody else, or open to others.
        """
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            # Root may have been stopped between making it and giving it away.
            owner = os.geteuid() if path.lstat().st_uid == os.geteuid() else self.owner
            require_private(path, owner)
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)

    @property
    def owner(self) -> int:
        """Tell whose the server's own folders are."""
        return os.geteuid() if self.account is None else self.account.pw_uid

    def make_base(self, home: Path) -> None:
        """Make home and base, for us only; the server's account may pass through, no more."""
        for folder in (home, self.base):
            self._make_way_to(folder)
            own_folder(folder)
            if self.account is not None and folder.stat().st_uid == os.geteuid():
                os.chown(folder, -1, self.account.pw_gid)
                folder.chmod(0o710)

    def _make_way_to(self, folder: Path) -> None:
        """Make the missing folders above one, so that the server's account may pass through."""
        for part in reversed([part for part in folder.parents if not part.exists()]):
            own_folder(part)
            if self.account is not None:
                part.chmod(0o711)


def find_place(home: Path) -> Place:
    """Say where the server of a home lives and as whom it runs: as noted, or as would be decided.

    Nothing is noted here, and nothing forked.

    Raises:
        EmbeddedFailed: What was noted can't be used; the text says why and what to do.
    """
    placed = noted(home) or decided(home)
    return Place(placed.base, _binaries(placed), placed.socket, placed.account)


def settle_place(home: Path) -> Place:
    """Say where the server of a home lives, and note it where nobody has yet; make its folders.

    Raises:
        EmbeddedFailed: As `find_place`.
    """
    place = find_place(home)
    place.make_base(home)
    if noted(home) is None:
        note(home, decided(home))
        # Another process may have been first, and decided otherwise.
        place = find_place(home)
        place.make_base(home)
    return place


def _binaries(placed: Placed) -> Path:
    """Find the programs where the server's account can run them."""
    installed = installed_programs()
    if placed.account is None or may_enter(installed, placed.account):
        return installed
    return copied_programs(installed, PROGRAMS)
