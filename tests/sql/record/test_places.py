"""An embedded server's place is decided once, written down, and refused when it can't be used."""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

from sql.errors import EmbeddedFailed, NotPrivate
from sql.record import keeper, placing
from sql.record.locks import open_lock
from sql.record.places import find_place, settle_place
from sql.record.placing import NOTE, decided, note, note_data
from sql.record.server import CannotStart
from tests.cases import each_of

IS_ROOT = os.geteuid() == 0
only_root = pytest.mark.skipif(not IS_ROOT, reason="only root's server runs as another account")


@pytest.fixture
def reachable():
    """Make folders that the server's account can reach; pytest's own it can't."""
    with tempfile.TemporaryDirectory(prefix="lotline-test-", dir="/tmp") as folder:
        for path in (Path(folder), Path(folder) / "inner"):
            path.mkdir(exist_ok=True)
            path.chmod(0o711)
        yield Path(folder)


@pytest.fixture
def home(reachable):
    return reachable / "inner" / "home"


@pytest.fixture(autouse=True)
def programs(reachable, monkeypatch):
    """Have what lies outside homes lie in the test's own folder."""
    monkeypatch.setattr(placing, "PROGRAMS", reachable / "programs")
    return reachable / "programs"


def give_data(base: Path) -> None:
    """Make what looks like a server's data."""
    data = base / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")
    if IS_ROOT:
        account = pwd.getpwnam("nobody")
        os.chown(data, account.pw_uid, account.pw_gid)


def test_a_place_is_found_without_a_process_of_its_own(home, monkeypatch) -> None:
    """A child that crashed once looked like a home that can't be reached: an empty plant."""

    def no_child(*_arguments, **_more):
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", no_child)
    monkeypatch.setattr(os, "fork", no_child)

    assert find_place(home).base == home / "postgres"
    assert settle_place(home).base == home / "postgres"


@only_root
def test_where_a_place_can_no_longer_be_reached_it_is_refused_and_no_other_taken(home) -> None:
    settled = settle_place(home)
    home.parent.chmod(0o700)

    with pytest.raises(EmbeddedFailed, match="can't reach the database"):
        find_place(home)
    home.parent.chmod(0o711)
    assert find_place(home) == settled


@only_root
def test_a_home_that_could_not_be_reached_keeps_its_place_when_it_can(home, programs) -> None:
    home.parent.chmod(0o700)
    away = settle_place(home)
    home.parent.chmod(0o711)

    assert away.base.parent == programs
    assert find_place(home).base == away.base


def test_lost_data_are_not_replaced_by_none(home) -> None:
    base = settle_place(home).base
    give_data(base)
    note_data(home)
    shutil.rmtree(base / "data")

    for again in (find_place, settle_place):
        with pytest.raises(EmbeddedFailed, match=r"is not there.*data is missing"):
            again(home)


@each_of("text", ["", "{", "[]", '{"base": 1}', '{"base": "postgres", "socket": "s"}'])
def test_a_note_that_can_not_be_read_is_refused(home, text) -> None:
    home.mkdir(exist_ok=True)
    (home / NOTE).write_text(text)

    with pytest.raises(EmbeddedFailed, match="can't be read"):
        find_place(home)


def test_of_two_who_decide_at_once_the_first_counts(home, tmp_path) -> None:
    first = settle_place(home)
    other = placing.replace(decided(home), base=tmp_path, socket=tmp_path)

    assert note(home, other).base == first.base
    assert find_place(home) == first


def test_a_home_of_an_earlier_version_is_noted_where_its_data_are(home) -> None:
    give_data(home / "postgres")

    assert settle_place(home).base == home / "postgres"
    shutil.rmtree(home / "postgres")
    with pytest.raises(EmbeddedFailed, match="is not there"):
        find_place(home)


def test_data_in_both_places_are_for_a_person_to_decide(home, programs) -> None:
    digest = placing.hashlib.sha256(str(home).encode()).hexdigest()[:12]
    for base in (home / "postgres", programs / digest):
        give_data(base)

    with pytest.raises(EmbeddedFailed, match="two databases"):
        settle_place(home)


def test_a_home_that_is_moved_takes_its_place_with_it(home) -> None:
    settle_place(home)
    moved = home.with_name("moved")
    home.rename(moved)

    assert find_place(moved).base == moved / "postgres"


def test_the_place_does_not_follow_the_folder_for_temporary_files(home, monkeypatch) -> None:
    deep = home / ("d" * 100)
    settled = settle_place(deep)
    monkeypatch.setattr(tempfile, "tempdir", str(home))

    assert len(str(settled.socket)) < 60
    assert find_place(deep).socket == settled.socket


@each_of("kind", ["a link", "open", "a file", "another's"])
def test_a_socket_folder_that_somebody_else_made_is_refused(reachable, tmp_path, kind) -> None:
    home = reachable / kind.replace(" ", "_").replace("'", "")
    place = settle_place(home)
    target = tmp_path / f"target of {kind}"
    target.mkdir(mode=0o755)
    if kind == "a link":
        place.socket.symlink_to(target)
    elif kind == "a file":
        place.socket.touch(mode=0o600)
    else:
        place.socket.mkdir(mode=0o700)
        place.socket.chmod(0o777 if kind == "open" else 0o700)
        if kind == "another's" and IS_ROOT:
            os.chown(place.socket, 12345, 12345)
        elif kind == "another's":
            return

    with pytest.raises(NotPrivate, match="Somebody else may have made it"):
        place.make_folder(place.socket)
    assert stat.S_IMODE(target.stat().st_mode) == 0o755
    assert target.stat().st_uid == os.geteuid()


def test_a_second_keeper_does_not_wait_for_ever(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(keeper, "TAKE_OVER_SECONDS", 0.2)
    held, wanted = (open_lock(tmp_path / "keeper.lock") for _ in range(2))
    keeper.take(held)

    with pytest.raises(CannotStart, match="another keeper"):
        keeper.take(wanted)
    os.close(held)
    os.close(wanted)
