"""Backup and restore: what comes back is what was there, chain and all, or nothing."""

import errno
import json
import os
import zipfile
from datetime import UTC, datetime

import polars as pl
import pytest
from sqlalchemy import text

from dashboards.commands.decisions import decide
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.sign_in import sign_in
from dashboards.commands.voids import Voidable, void_fact
from dashboards.imports.csv_folder import import_frames
from sql.genealogy.trace import trace
from sql.record.engine import DatabaseRole, Record
from sql.trail.anchors import Anchor
from sql.trail.audit import verify
from sql.trail.backup import back_up
from sql.trail.backup_file import MANIFEST, BackupUnusable
from sql.trail.backup_tables import TABLES
from sql.trail.restore import restore
from sql.vocabulary import Direction
from tests.engines import ask, engine_of
from tests.plants import link_ids_into
from tests.presence import present


@pytest.fixture
def elsewhere(databases):
    """Open the owner's record of a second, empty database."""
    with databases.copied() as address:
        opened = Record(address, DatabaseRole.OWNER)
        yield opened
        opened.close()


@pytest.fixture
def owner(database):
    opened = Record(database, DatabaseRole.OWNER)
    yield opened
    opened.close()


@pytest.fixture
def file(owner, record, people, tmp_path):
    """Back up a plant with odd texts, a void and a decision in it."""
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code='Tej\\n\t"ő'.replace("\t", ""),
            weight_kg=5,
            metadata={"note": "tab\tand\nline \\ end"},
        )
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code="MIX",
            weight_kg=4,
            parents=[Parent('Tej\\n"ő', 2), Parent('Tej\\n"ő', 1)],
        )
        decide(
            transaction,
            by=people["MANAGER"],
            lot_code="MIX",
            decision="HOLD",
            notes="smells of tar, ask",
        )
        link_id = link_ids_into(transaction, 2)[0]
        void_fact(
            transaction,
            by=people["MANAGER"],
            kind=Voidable.LINK,
            fact_id=link_id,
            reason="typed it twice",
        )
        for name in ("Döner", "Döner, new"):
            import_frames(
                transaction,
                {"products": pl.DataFrame({"product_code": ["P"], "name": [name]})},
                by=people["MANAGER"],
                corrects=True,
            )
    back_up(owner, tmp_path / "plant.zip")
    return tmp_path / "plant.zip"


def _rows(record: Record, table: str) -> list:
    with engine_of(record).connect() as connection:
        names = connection.execute(
            text(
                "select string_agg(column_name, ', ' order by ordinal_position) from "
                "information_schema.columns where table_schema || '.' || table_name = :t "
                "and column_name <> 'row_xid'"
            ),
            {"t": table},
        ).scalar()
        return list(connection.execute(text(f"select {names} from {table} order by 1, 2")))


def test_a_drill_brings_every_row_and_the_whole_chain_back(owner, elsewhere, file) -> None:
    manifest = restore(elsewhere, file)

    for table in TABLES:
        assert _rows(elsewhere, table) == _rows(owner, table), table
    with elsewhere.snapshot() as snapshot:
        found = verify(
            snapshot,
            [Anchor(**manifest["anchor"], taken_at=datetime.now(UTC), kept_in="file")],
            sees_passwords=True,
        )
    assert found.breaks == []
    assert found.length == manifest["anchor"]["length"]


def test_what_a_restore_leaves_empty_keeps_its_page(elsewhere, file) -> None:
    """Else plans read it anew for every row: `tests/sql/record/test_plans.py`."""
    restore(elsewhere, file)

    with elsewhere.snapshot() as snapshot:
        sizes = [
            ask(snapshot, "select pg_relation_size('facts.' || :name)", name=name).fetchone()
            for name in (
                "shipment_voids",
                "movement_voids",
                "reading_voids",
                "lot_voids",
                "production_voids",
                "packing_voids",
                "move_voids",
                "decision_withdrawals",
            )
        ]
    assert sizes == [(8192,)] * 8


def test_a_restored_record_goes_on(elsewhere, file, people) -> None:
    """New facts get new ids, the chain grows, people sign in, the app's role is held back."""
    restore(elsewhere, file)
    address = elsewhere.driver_address()
    app = Record(address, DatabaseRole.APP)
    with app.transaction() as transaction:
        user = sign_in(transaction, email="operator@demo.example", password="lotline-demo")
        assert user is not None
        lot = register_lot(transaction, by=people["OPERATOR"], lot_code="NEXT")
        found = present(trace(transaction, "MIX", Direction.BACK))
    app.close()

    assert lot["lot_id"] == 3
    assert [row["lot_code"] for row in found.lots] == ["MIX", 'Tej\\n"ő']
    with elsewhere.snapshot() as snapshot:
        assert verify(snapshot, sees_passwords=True).breaks == []


def test_it_is_never_restored_over_anything(owner, file) -> None:
    before = _rows(owner, "facts.lots")

    with pytest.raises(BackupUnusable, match="isn't empty"):
        restore(owner, file)
    assert _rows(owner, "facts.lots") == before


def _altered(file, name: str, change) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {item: archive.read(item) for item in archive.namelist()}
    members[name] = change(members[name])
    with zipfile.ZipFile(file, "w") as archive:
        for item, content in members.items():
            archive.writestr(item, content)


def test_a_changed_backup_is_refused_and_nothing_restored(elsewhere, file) -> None:
    _altered(file, "facts.lots.copy", lambda rows: rows.replace(b"\t5.000000\t", b"\t6.000000\t"))

    with pytest.raises(BackupUnusable, match="sum"):
        restore(elsewhere, file)
    assert _rows(elsewhere, "facts.lots") == []


def test_a_backup_changed_together_with_its_sums_is_found_by_the_trail(elsewhere, file) -> None:
    import hashlib

    _altered(file, "facts.lots.copy", lambda rows: rows.replace(b"\t5.000000\t", b"\t6.000000\t"))
    with zipfile.ZipFile(file) as archive:
        digest = hashlib.sha256(archive.read("facts.lots.copy")).hexdigest()

    def own_sum(manifest: bytes) -> bytes:
        kept = json.loads(manifest)
        kept["tables"]["facts.lots"]["sha256"] = digest
        return json.dumps(kept).encode()

    _altered(file, MANIFEST, own_sum)
    with pytest.raises(BackupUnusable, match="lots 1 was changed behind the trail: weight_kg"):
        restore(elsewhere, file)
    assert _rows(elsewhere, "facts.lots") == []


def test_a_backup_cut_short_with_sums_made_to_fit_is_found_by_its_own_anchor(
    elsewhere, file
) -> None:
    """The chain before the cut is whole, so only the manifest's anchor can tell."""
    import hashlib

    for table in ("audit.entries", "facts.link_voids"):
        _altered(file, f"{table}.copy", lambda rows: b"".join(rows.splitlines(True)[:-1]))

        def refit(manifest: bytes, table=table) -> bytes:
            kept = json.loads(manifest)
            with zipfile.ZipFile(file) as archive:
                left = archive.read(f"{table}.copy")
            kept["tables"][table] |= {
                "sha256": hashlib.sha256(left).hexdigest(),
                "rows": left.count(b"\n"),
            }
            return json.dumps(kept).encode()

        _altered(file, MANIFEST, refit)
    with pytest.raises(BackupUnusable, match="is not the record that was backed up"):
        restore(elsewhere, file)
    assert _rows(elsewhere, "facts.lots") == []


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_what_is_no_backup_is_said_to_be_none(elsewhere, tmp_path, content) -> None:
    (tmp_path / "file").write_bytes(content)

    with pytest.raises(BackupUnusable):
        restore(elsewhere, tmp_path / "file")


def test_only_its_owner_reads_a_backup(file) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


def test_every_table_is_backed_up_or_left_out_on_purpose(owner) -> None:
    with engine_of(owner).connect() as connection:
        tables = set(
            connection.execute(
                text(
                    "select table_schema || '.' || table_name from information_schema.tables where "
                    "table_type = 'BASE TABLE' and table_schema in ('public', 'facts', 'audit')"
                )
            ).scalars()
        )

    assert tables - set(TABLES) == {"public.sessions", "public.alembic_version"}


@pytest.mark.parametrize(
    "statement",
    [
        "insert into facts.products (product_code, name) values ('P', 'Doner')",
        "insert into facts.partners (partner_code, name, role) values ('K', 'Kft', 'SUPPLIER')",
        "insert into facts.qc_gates "
        "(gate_number, phase_id, name_en, name_hu, gate_type, is_ccp, checklist) "
        "select 99, phase_id, name_en, name_hu, gate_type, is_ccp, checklist from qc_gates limit 1",
    ],
)
def test_whatever_people_wrote_is_never_restored_over(elsewhere, file, statement) -> None:
    with engine_of(elsewhere).begin() as connection:
        connection.execute(text(statement))
    trail = _rows(elsewhere, "audit.entries")

    with pytest.raises(BackupUnusable, match="isn't empty"):
        restore(elsewhere, file)
    assert _rows(elsewhere, "audit.entries") == trail


def test_a_damaged_backup_is_said_to_be_and_nothing_is_restored(elsewhere, file) -> None:
    """One byte flipped, all over the file: what is still restored was verified."""
    whole = file.read_bytes()
    restored = 0
    for place in {*range(0, len(whole), len(whole) // 40), *range(len(whole) - 60, len(whole), 5)}:
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        file.write_bytes(damaged)
        try:
            restore(elsewhere, file)
        except BackupUnusable as refused:
            assert "\n" not in str(refused)
            assert _rows(elsewhere, "public.users") == [], place
        else:
            restored += 1
            _empty(elsewhere)
    assert restored < 20


def _empty(record: Record) -> None:
    """Take everything out again, as only a test does."""
    with record.transaction() as transaction:
        transaction.run("open_for_restore")
        transaction.run("close_after_restore")


@pytest.mark.parametrize("gone", ["facts.lots.copy", MANIFEST])
def test_a_backup_that_lacks_a_part_is_refused(elsewhere, file, gone) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {item: archive.read(item) for item in archive.namelist() if item != gone}
    with zipfile.ZipFile(file, "w") as archive:
        for item, content in members.items():
            archive.writestr(item, content)

    with pytest.raises(BackupUnusable, match=gone):
        restore(elsewhere, file)
    assert _rows(elsewhere, "public.users") == []


@pytest.mark.parametrize("manifest", [b"[]", b"{}", b"\xff", b'{"format": 1, "tables": 7}'])
def test_a_manifest_that_is_none_is_refused(elsewhere, file, manifest) -> None:
    _altered(file, MANIFEST, lambda _: manifest)

    with pytest.raises(BackupUnusable, match="manifest"):
        restore(elsewhere, file)


@pytest.mark.parametrize("lost", ["anchor", "made_at", "revision", "columns"])
def test_a_manifest_that_lacks_something_is_refused(elsewhere, file, lost) -> None:
    def without(manifest: bytes) -> bytes:
        kept = json.loads(manifest)
        kept.pop(lost, None)
        kept["tables"]["facts.lots"].pop(lost, None)
        return json.dumps(kept).encode()

    _altered(file, MANIFEST, without)
    with pytest.raises(BackupUnusable):
        restore(elsewhere, file)
    assert _rows(elsewhere, "public.users") == []


def test_a_backup_that_finds_no_folder_is_said_plainly(owner, tmp_path) -> None:
    with pytest.raises(BackupUnusable, match="can't be written"):
        back_up(owner, tmp_path / "nowhere" / "plant.zip")


def test_a_full_disk_leaves_the_last_backup_and_nothing_unfinished(
    owner, file, monkeypatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = file.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BackupUnusable, match="No space left"):
        back_up(owner, file)

    assert file.read_bytes() == before
    assert [found.name for found in file.parent.iterdir() if "plant" in found.name] == ["plant.zip"]


@pytest.mark.parametrize("left", ["file", "link"])
def test_what_an_earlier_backup_left_is_not_written_into(owner, file, left) -> None:
    """Somebody may read it, or have put it there."""
    unfinished, elsewhere = file.with_name("plant.zip.unfinished"), file.with_name("others")
    elsewhere.write_bytes(b"theirs")
    elsewhere.chmod(0o666)
    if left == "link":
        unfinished.symlink_to(elsewhere)
    else:
        os.link(elsewhere, unfinished)
    back_up(owner, file)

    assert elsewhere.read_bytes() == b"theirs"
    assert file.stat().st_mode & 0o777 == 0o600 and not file.is_symlink()
