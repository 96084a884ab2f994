"""A plant's home is its owner's alone, one that an earlier version made too."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sql.private import own_folder
from sql.record.engine import DatabaseRole
from sql.record.home import FOLDERS, keep_private
from sql.record.locks import open_lock
from sql.record.opening import open_record
from sql.settings import Settings
from tests.modes import open_to_others

OLD_FILES = [
    "secret_key",
    "dagster.log",
    "audit/anchors.jsonl",
    "dagster/storage/1/compute_logs/step.out",
    "dagster/history/runs.db",
    "editions/current",
    "findings/latest.json",
    "warehouse/working.duckdb",
]


@pytest.fixture
def old_home(tmp_path) -> Path:
    """Make a home as versions up to 0.3.0 left it."""
    home = tmp_path / "home"
    for name in OLD_FILES:
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("known to this plant only")
        file.chmod(0o644)
    edition = home / "editions" / "20260101T000000000000Z.duckdb"
    edition.touch()
    edition.chmod(0o444)
    for folder, _, _ in os.walk(home):
        Path(folder).chmod(0o755)
    return home


def kept(home: Path) -> Settings:
    config = Settings(home=home, database_url="postgresql://somewhere", secret_key="k" * 32)
    keep_private(config)
    return config


def test_an_earlier_versions_home_is_taken_from_others(old_home) -> None:
    assert len(open_to_others(old_home)) > len(OLD_FILES)

    kept(old_home)

    assert open_to_others(old_home) == []
    edition = next((old_home / "editions").glob("*.duckdb"))
    assert stat.S_IMODE(edition.stat().st_mode) == 0o400
    assert (old_home / "findings/latest.json").read_text() == "known to this plant only"


def test_the_owner_takes_the_home_from_others_on_the_way_to_the_record(settings) -> None:
    edition = settings.home / "editions" / "20260101T000000000000Z.duckdb"
    edition.parent.mkdir(parents=True)
    edition.touch()
    edition.chmod(0o444)

    open_record(settings, DatabaseRole.OWNER).close()

    assert open_to_others(settings.home) == []


def test_what_a_link_leads_to_stays_as_it_is(old_home, tmp_path) -> None:
    outside = tmp_path / "outside"
    outside.touch()
    outside.chmod(0o644)
    (old_home / "editions" / "link").symlink_to(outside)

    kept(old_home)

    assert stat.S_IMODE(outside.stat().st_mode) == 0o644


def test_a_folder_that_is_not_ours_stays_as_it_is(old_home) -> None:
    """Somebody may have named a folder as home in which other things lie."""
    other = old_home / "public_html"
    other.mkdir(mode=0o755)
    other.chmod(0o755)

    kept(old_home)

    assert stat.S_IMODE(other.stat().st_mode) == 0o755
    assert "public_html" not in FOLDERS


def test_what_is_made_from_now_on_is_for_its_owner_alone(tmp_path) -> None:
    script = (
        "import os, pathlib, subprocess; from sql.private import keep_to_owner; keep_to_owner();"
        "pathlib.Path('file').touch(); os.mkdir('folder'); subprocess.run(['touch', 'childs'])"
    )
    root = Path(__file__).resolve().parents[3]
    own = os.environ | {"PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=own, check=True, umask=0o022)

    assert len(list(tmp_path.iterdir())) == 3
    assert [path for path in open_to_others(tmp_path) if path != tmp_path] == []


def test_a_folder_and_a_lock_are_made_for_their_owner_alone(tmp_path) -> None:
    before = os.umask(0o022)
    try:
        own_folder(tmp_path / "home" / "inner")
        os.close(open_lock(tmp_path / "home" / "lock"))
    finally:
        os.umask(before)

    assert open_to_others(tmp_path / "home") == []
