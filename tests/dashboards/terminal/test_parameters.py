"""What is typed badly after a command is refused in one line, never with a stack trace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboards.commands.lots import Parent, register_lot

LOTLINE = Path(sys.executable).with_name("lotline")


def lotline(*arguments: str | bytes) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LOTLINE, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"PYTHONUTF8": "1"},
    )


@pytest.mark.parametrize(
    "words",
    [
        ("trace", b"\xff\xfe"),
        ("sql", b"select \xff"),
        ("user", "password", b"\xff@x"),
        ("user", "password", "a@x.example", "--password", b"\xff secret"),
    ],
)
def test_bytes_that_are_no_text_are_refused(settings, words) -> None:
    ended = lotline(*words)

    assert ended.returncode == 2
    assert "no UTF-8 text" in ended.stderr
    assert "Traceback" not in ended.stderr and "secret" not in ended.stderr


@pytest.mark.parametrize("name", [b"nowhere/x.zip", b"nowhere/\xff.zip"])
def test_a_backup_that_cant_be_written_is_one_line(settings, tmp_path, name) -> None:
    ended = lotline("backup", os.fsencode(tmp_path) + b"/" + name)

    assert ended.returncode == 1
    assert "can't be written (No such file or directory)" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_damaged_backup_is_one_line(settings, tmp_path) -> None:
    (tmp_path / "b.zip").write_bytes(b"PK\x05\x06" + b"\xff" * 18)
    ended = lotline("restore", str(tmp_path / "b.zip"))

    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)


def test_a_trace_as_csv_holds_no_formula(settings, record, people) -> None:
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="=1+1", weight_kg=5)
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code="MIX",
            weight_kg=5,
            parents=[Parent("=1+1", 5)],
        )
    ended = lotline("trace", "MIX", "--format", "csv")

    assert ",'=1+1," in ended.stdout
