"""A full disk: said in plain words, nothing half-saved, and all is well once there is room.

A small file system of its own stands for the disk; to mount one takes an administrator.
"""

import contextlib
import os
import secrets
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from dashboards.api.application import create_api
from dashboards.commands.authority import Person
from dashboards.commands.lots import Parent, register_lot
from dashboards.imports.csv_folder import import_folder
from sql.errors import RecordUnavailable
from sql.record import embedded
from sql.record.engine import DatabaseRole, Record
from sql.settings import Settings
from tests.engines import engine_of
from tests.faults import writing_app
from tests.faults.servers import KEY, PASSWORD, asker, own_server, require_whole_trail

DISK_IS_FULL = "The database's disk is full; nothing was saved. Make room on it, then try again."
MANY = 2_000


@contextlib.contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """Mount a disk of this size; skips where that isn't permitted."""
    with tempfile.TemporaryDirectory(prefix="lotline-disk-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        disk = Path(folder) / "disk"
        disk.mkdir()
        try:
            mounted = mount(disk, f"size={megabytes}m,mode=0711")
        except FileNotFoundError:
            pytest.skip("there is no mount command here")
        if mounted.returncode != 0:
            pytest.skip(f"a small disk can't be mounted here: {mounted.stderr.strip()}")
        try:
            yield disk
        finally:
            subprocess.run(["umount", "--lazy", disk], check=True)


def mount(disk: Path, options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk],
        capture_output=True,
        text=True,
        check=False,
    )


def run_alone(address: str, statement: str) -> None:
    """Run what can't run in a transaction, as the owner."""
    owner = Record(address, DatabaseRole.OWNER)
    engine = engine_of(owner).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    owner.close()


@pytest.fixture
def disk() -> Iterator[Path]:
    with small_disk(32) as mounted:
        yield mounted


@dataclass(frozen=True)
class Cramped:
    """A record whose data, and nothing else, lies on a small disk."""

    address: str
    record: Record
    person: Person


@pytest.fixture
def cramped(disk) -> Iterator[Cramped]:
    """Open a record on the small disk."""
    with own_server() as server:
        folder = disk / "data"
        server.place.make_folder(folder)
        postgres = embedded.address(server.home, "postgres")
        run_alone(postgres, f"create tablespace small location '{folder}'")
        run_alone(postgres, "create database cramped template lotline tablespace small")
        address = embedded.address(server.home, "cramped")
        opened = Record(address, DatabaseRole.APP)
        yield Cramped(address, opened, server.person)
        opened.close()
        run_alone(postgres, "drop database cramped with (force)")
        run_alone(postgres, "drop tablespace small")


def large() -> dict[str, str]:
    """Return metadata that can't be pressed into less room."""
    return {"photo": secrets.token_urlsafe(60_000)}


def write_until_full(cramped: Cramped) -> tuple[list[str], RecordUnavailable]:
    """Register lots, each made from the one before, until one is refused for want of room."""
    kept: list[str] = []
    for number in range(MANY):
        parents = [Parent(kept[-1], 1)] if kept else []
        try:
            with cramped.record.transaction() as transaction:
                register_lot(
                    transaction,
                    by=cramped.person,
                    lot_code=f"LOT-{number}",
                    weight_kg=10,
                    metadata=large(),
                    parents=parents,
                )
        except RecordUnavailable as full:
            return kept, full
        kept.append(f"LOT-{number}")
    raise AssertionError("the disk never became full")


def codes(ask) -> list[str]:
    return [row[0] for row in ask("select lot_code from facts.lots order by lot_id")]


def test_a_full_disk_is_named_and_nothing_is_half_saved(cramped, disk, tmp_path) -> None:
    ask = asker(cramped.address)

    kept, full = write_until_full(cramped)
    assert str(full) == DISK_IS_FULL
    assert codes(ask) == kept
    assert ask("select count(*) from facts.lot_genealogy") == [(len(kept) - 1,)]

    writing_app.write_folder(tmp_path, "IMPORT")
    with pytest.raises(RecordUnavailable) as said, cramped.record.transaction() as transaction:
        import_folder(transaction, [tmp_path], by=cramped.person)
    assert str(said.value) == DISK_IS_FULL
    assert codes(ask) == kept

    assert mount(disk, "remount,size=200m").returncode == 0
    with cramped.record.transaction() as transaction:
        import_folder(transaction, [tmp_path], by=cramped.person)
    assert len(codes(ask)) == len(kept) + writing_app.IMPORTED_ROWS
    require_whole_trail(cramped.address)


def test_over_the_api_a_full_disk_is_a_503_and_passes(cramped, disk, tmp_path) -> None:
    api = create_api(
        Settings(home=tmp_path, database_url=cramped.address, secret_key=KEY),
        lambda: cramped.record,
    )
    client = TestClient(api, raise_server_exceptions=False)
    asked = {"email": cramped.person.email, "password": PASSWORD}
    token = client.post("/login", json=asked).json()["token"]
    client.headers["Authorization"] = f"Bearer {token}"
    kept, _ = write_until_full(cramped)
    body = {"lot_code": "FROM-OUTSIDE", "metadata": large()}

    refused = client.post("/lots", json=body, headers={"Idempotency-Key": "one"})
    assert refused.status_code == 503
    assert refused.headers["retry-after"].isdigit()
    assert client.get(f"/traceability/{kept[0]}").status_code == 200

    assert mount(disk, "remount,size=200m").returncode == 0
    again = client.post("/lots", json=body, headers={"Idempotency-Key": "one"})
    assert again.status_code == 201
    assert "idempotent-replayed" not in again.headers


def test_a_server_without_any_room_comes_back_by_itself_with_all_it_acknowledged() -> None:
    with small_disk(400) as disk, own_server(within=disk) as server:
        record = Record(server.address, DatabaseRole.APP)
        # The data shall meet the end of the disk first: its log has a new file with room in it.
        wear_out_log(server.address)
        with record.transaction() as transaction:
            register_lot(transaction, by=server.person, lot_code="BEFORE")
        ballast = disk / "ballast"
        fill(ballast, but_kilobytes=600)
        kept, said = [], []
        for number in range(MANY):
            try:
                with record.transaction() as transaction:
                    register_lot(
                        transaction, by=server.person, lot_code=f"LOT-{number}", metadata=large()
                    )
            except RecordUnavailable as full:
                said.append(str(full))
                if said[-1] != DISK_IS_FULL:
                    break
                # Its log needs a new file before long; here it needs one at once.
                wear_out_log(server.address)
            else:
                kept.append(f"LOT-{number}")
        print(len(kept), said)
        assert said[0] == DISK_IS_FULL
        assert said[-1] != DISK_IS_FULL, "the server never ran out of room for its log"

        ballast.unlink()
        server.wait()
        deadline = time.monotonic() + 60
        while True:
            try:
                with record.transaction() as transaction:
                    register_lot(transaction, by=server.person, lot_code="AFTER")
                break
            except RecordUnavailable:
                assert time.monotonic() < deadline
        record.close()
        held = codes(asker(server.address))
        assert [code for code in held if code in kept] == kept
        # At most one more: the lot whose commit nobody heard the end of.
        assert len(held) - len(kept) - 1 <= 1
        require_whole_trail(server.address)


def fill(file: Path, but_kilobytes: int) -> None:
    """Fill a disk but for so much."""
    with file.open("wb", buffering=0) as out, contextlib.suppress(OSError):
        while out.write(bytes(4096)):
            pass
    os.truncate(file, file.stat().st_size - but_kilobytes * 1024)


def wear_out_log(address: str) -> None:
    """Have PostgreSQL turn to the next file of its write-ahead log, as it does every 16 MB."""
    with contextlib.suppress(OperationalError):
        asker(address)("select pg_switch_wal()")
