"""What the notes in a working file prove, and that nothing is published or gone on from without."""

import shutil
from datetime import UTC, datetime
from decimal import Decimal as D
from pathlib import Path

import pytest

from sql.errors import NotSound
from sql.warehouse import evidence
from sql.warehouse.changes import Changes, CopiedTable
from sql.warehouse.checks import all_checks
from sql.warehouse.copied_tables import copied_tables
from sql.warehouse.editions import current_edition, current_edition_id
from sql.warehouse.findings import Finding
from sql.warehouse.opening import open_working_file, working_file
from sql.warehouse.proof import prove
from sql.warehouse.publishing import publish
from sql.warehouse.rules import Severity
from sql.warehouse.working_file import Warehouse
from tests import plants

BLOCKING = [
    (check.table, check.name)
    for check in all_checks().values()
    if check.severity is Severity.BLOCKS
]
AS_OF = datetime(2026, 1, 1, tzinfo=UTC)


def check(warehouse: Warehouse, table: str, name: str, breaches_count: int = 0) -> None:
    """Note a check's result."""
    finding = Finding(table, name, "rule", Severity.BLOCKS, "", breaches_count, [])
    evidence.note_checked(warehouse, finding, "a run")


def note_copies(warehouse: Warehouse) -> None:
    """Fill the copies with a link, and note them as copied."""
    plants.empty(warehouse)
    plants.genealogy(warehouse, [(1, 2, D(1))])
    warehouse.describe_edition({"record_as_of": AS_OF})
    tables = {table: CopiedTable(table, 0, 0, None) for table in copied_tables()}
    evidence.note_copied(warehouse, Changes(tables, None, None))


def make_sound(warehouse: Warehouse) -> None:
    """Copy, build and check a plant of one link, all well."""
    note_copies(warehouse)
    plants.build_all(warehouse)
    for table, name in BLOCKING:
        check(warehouse, table, name)


@pytest.fixture
def home(tmp_path):
    (tmp_path / "warehouse").mkdir()
    return tmp_path


@pytest.fixture(scope="module")
def made_sound(tmp_path_factory):
    """Make a sound working file, which takes longer than what a test asks of it, and close it."""
    home = tmp_path_factory.mktemp("sound")
    (home / "warehouse").mkdir()
    opened, since = open_working_file(home, "UTC", 100)
    assert since is None
    make_sound(opened)
    opened.close()
    return working_file(home)


@pytest.fixture
def sound(home, made_sound):
    """Open a copy of the sound working file."""
    opened = Warehouse(Path(shutil.copy(made_sound, working_file(home))), "UTC", 100)
    yield opened
    opened.close()


def test_a_sound_file_is_published_and_carries_what_vouches_for_it(sound, home) -> None:
    publish(sound, home, prove(sound), kept=1)
    checked = current_edition(home).select(
        "select count(*) from edition.evidence where step = 'checked' and passed"
    )
    assert checked.item() == len(BLOCKING)


def test_nothing_is_published_while_a_blocking_check_is_broken(sound, home) -> None:
    check(sound, "genealogy.ancestries", "no_lot_is_its_own_ancestor", breaches_count=3)
    with pytest.raises(NotSound, match="no lot is its own ancestor: broken"):
        publish(sound, home, prove(sound), kept=1)
    assert current_edition_id(home) is None


@pytest.mark.parametrize("table, name", BLOCKING)
def test_every_blocking_check_is_asked_for(sound, table, name) -> None:
    check(sound, table, name, breaches_count=1)
    with pytest.raises(NotSound) as refused:
        prove(sound)
    assert refused.value.gaps == (f"{table}: {name.replace('_', ' ')}: broken",)


def test_a_model_built_again_wants_its_checks_again(sound) -> None:
    plants.build(sound, "genealogy.ancestries")
    with pytest.raises(NotSound) as refused:
        prove(sound)
    gaps = "\n".join(refused.value.gaps)
    assert "no lot is its own ancestor: not checked" in gaps
    assert "genealogy.exposure was built before what it reads" in gaps
    assert "one row for each ancestor lot id and descendant lot id: not checked" in gaps


def test_copies_without_what_is_built_on_them_prove_nothing(sound) -> None:
    note_copies(sound)
    with pytest.raises(NotSound) as refused:
        prove(sound)
    assert "genealogy.ancestries was built before what it reads" in refused.value.gaps
    assert "raw.lots: keeps its contract: not checked" in refused.value.gaps


def test_a_proof_of_an_earlier_state_is_refused(sound, home) -> None:
    proof = prove(sound)
    plants.build(sound, "genealogy.ancestries")
    with pytest.raises(NotSound, match="has changed since"):
        publish(sound, home, proof, kept=1)


def test_a_later_run_goes_on_from_a_sound_file_and_from_no_other(sound, home) -> None:
    sound.close()
    opened, since = open_working_file(home, "UTC", 100)
    assert since is not None and since["record_as_of"] == AS_OF
    assert opened.count("raw.lot_genealogy") == 1
    evidence.forget(opened)  # a copy began, and the run was killed
    opened.close()
    opened, since = open_working_file(home, "UTC", 100)
    assert since is None and opened.tables() == {"edition.evidence"}
    opened.close()


@pytest.mark.parametrize("change", ["budget", "anew", "code", "damage", "zone"])
def test_a_sound_file_is_thrown_away_where_it_would_be_made_otherwise(
    sound, home, monkeypatch, change
) -> None:
    sound.close()
    if change == "code":
        monkeypatch.setattr("sql.warehouse.evidence.build_fingerprint", lambda: "other code")
    if change == "damage":
        (home / "warehouse" / "working.duckdb").write_bytes(b"no database" * 1000)
    zone, budget = "Asia/Tokyo" if change == "zone" else "UTC", 101 if change == "budget" else 100
    opened, since = open_working_file(home, zone, budget, anew=change == "anew")
    assert since is None
    opened.close()


def test_the_last_copy_tells_what_the_record_counted(sound) -> None:
    changes = evidence.last_copy(sound)
    assert set(changes.tables) == set(copied_tables())
    assert changes.tables["lots"].rows_count == 2
    assert changes.tables["lots"].rows_in_record == 0
    assert not changes.are_known_in({"lots"})


def test_a_file_without_copies_has_no_last_copy(tmp_path) -> None:
    warehouse = Warehouse(tmp_path / "w.duckdb", "UTC")
    with pytest.raises(NotSound, match="lot_genealogy is not copied"):
        evidence.last_copy(warehouse)
    warehouse.close()
