"""Databases for tests: one server a test process, templates made once, a copy for each who asks.

The server of most tests keeps nothing when the machine fails: no test of theirs is about that, and
copying a template is many times quicker so. It lies in memory where there is room: a copy is 300
files, which cost a disk's file system ten times the work. Tests of durability (`faults`) and
benchmarks run servers as the product sets them up, on a disk.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

from dashboards.commands.authority import Person
from dashboards.commands.people import add_user
from sql.record import embedded
from sql.record.engine import DatabaseRole, Record
from sql.record.locks import locked
from sql.record.opening import open_record
from sql.record.places import find_place
from sql.settings import Settings
from sql.vocabulary import Role

PASSWORD = "lotline-demo"
BARE = embedded.DATABASE
WITH_PEOPLE = "with_people"
NOT_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
DISK = Path("/tmp")
MEMORY = Path("/dev/shm")
# Servers of three test processes need a few hundred megabytes; the rest is for whoever else asks.
ROOM_BYTES = 4 * 2**30


def quick_place() -> Path:
    """Return where files that need not last are made quickest: in memory, if it has room."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM_BYTES
    return MEMORY if has_room else DISK


@contextmanager
def served(within: Path = DISK) -> Iterator[Path]:
    """Run an embedded server, durable as the product's, in a folder there, and yield its home."""
    with tempfile.TemporaryDirectory(prefix="lotline-test-", dir=within) as folder:
        Path(folder).chmod(0o711)
        home = Path(folder) / "home"
        open_record(Settings(home=home, database_url=None), DatabaseRole.OWNER).close()
        yield home
        embedded.drop_lease(home)
        # The keeper holds its lock until its server has ended.
        with locked(find_place(home).base / "keeper.lock"):
            pass


class Databases:
    """The databases of one server."""

    def __init__(self, home: Path) -> None:
        """Open the one connection that creates and drops them."""
        self.home = home
        self._connection = psycopg.connect(libpq(embedded.address(home, "postgres")))
        self._connection.autocommit = True

    def forgo_durability(self) -> None:
        """Let the server wait for no disk: its data don't outlive a crash of the machine."""
        for setting in NOT_DURABLE:
            self._connection.execute(SQL("alter system set {} = off").format(Identifier(setting)))
        self._connection.execute("select pg_reload_conf()")

    def create(self, name: str, template: str = BARE) -> str:
        """Create a database as a copy of a template and return its address."""
        self._connection.execute(
            SQL("create database {} template {} strategy file_copy").format(
                Identifier(name), Identifier(template)
            )
        )
        return embedded.address(self.home, name)

    def rename(self, name: str, new_name: str) -> None:
        """Rename a database that nobody is connected to."""
        self._connection.execute(
            SQL("alter database {} rename to {}").format(Identifier(name), Identifier(new_name))
        )

    @contextmanager
    def copied(self, template: str = BARE, name: str = "") -> Iterator[str]:
        """Yield the address of a fresh copy of a template, by a name; drop it afterwards."""
        name = name or f"test_{uuid4().hex}"
        yield self.create(name, template)
        self._connection.execute(SQL("drop database {} with (force)").format(Identifier(name)))

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def libpq(address: str) -> str:
    """Return an address in the form that psycopg itself takes."""
    return address.replace("postgresql+psycopg:", "postgresql:")


def add_everybody(record: Record) -> dict[str, Person]:
    """Add one person of each role and return them by role; all sign in with PASSWORD."""
    people = {}
    with record.transaction() as transaction:
        for role in Role:
            email = f"{role.lower()}@demo.example"
            user_id = add_user(
                transaction,
                by=None,
                email=email,
                full_name=role.title(),
                role=role,
                password=PASSWORD,
            )
            people[role.value] = Person(user_id, email, role.title(), role)
    return people
