"""What a terminal prints is what was typed: nothing is markup, nothing is cut, JSON is JSON."""

import csv
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal as D

import pytest

from dashboards.commands.lots import Parent, register_lot
from dashboards.terminal.json_text import json_text
from dashboards.terminal.saying import NoAnswer, say
from dashboards.terminal.tables import table_lines
from dashboards.terminal.visible import visible
from tests import plants
from tests.cases import each_of
from tests.nasty_strings import NASTY
from tests.terminal import LOTLINE, lotline

MARKUP = ["RX-[red]A", ":100:", "RX[/]", "[bold]B[/bold]", "[link=x]C", "\\[D", "100%", "RX:smile:"]
TYPED = [text for text in NASTY if len(text) < 200]


@each_of("width", [1, 20, 80, 200, None])
def test_every_code_and_number_stands_whole_on_one_line(width) -> None:
    rows = [
        {"lot_code": code, "weight_kg": D("123456789.125"), "share": 0.9814814814814815, "n": n}
        for n, code in enumerate([*MARKUP, *TYPED])
    ]
    lines = [line for _head, line in table_lines(rows, list(rows[0]), width)]

    for row in rows:
        assert any(visible(row["lot_code"]).rstrip() in line for line in lines), row
    for number in ("123456789.125", "0.9814814814814815", str(len(rows) - 1)):
        assert any(number in line for line in lines)


def test_a_row_too_wide_goes_on_below_under_headings_that_do_the_same() -> None:
    rows = [{"lot_code": "A" * 30, "state": "hold", "supplier_lot_code": "B" * 40, "kg": D(7)}]

    assert list(table_lines(rows, list(rows[0]), 50)) == [
        (True, f"{'lot_code':<30}  state"),
        (True, f"    {'supplier_lot_code':<40}  kg"),
        (False, f"{'A' * 30}  hold"),
        (False, f"    {'B' * 40}  7"),
    ]


@each_of("width", [20, 80])
def test_a_line_is_no_wider_than_the_terminal_unless_one_cell_is(width) -> None:
    rows = [{"a": "x" * 10, "b": "y" * 12, "c": "z" * 14, "d": 1, "e": None}]

    assert all(len(line) <= width for _head, line in table_lines(rows, list(rows[0]), width))


@each_of("sign", ["\x1b[2J", "\x07", "\n", "\r", "\x9b", "\u202e", "\u2028", "\ud800"])
def test_a_terminal_is_told_nothing_by_what_was_typed(sign) -> None:
    typed = f"x{sign}y"
    for cell in (typed, [typed]):
        for _head, line in table_lines([{typed: cell}], [typed], 80):
            assert line.isprintable() and line.startswith("x\\") and line.endswith("y")


@each_of("sign", ["\x1b[2J", "\n", "\r", "\u202e"])
def test_no_sentence_can_end_its_line_or_move_the_cursor(sign, capsys) -> None:
    say(f"x{sign}Imported 5 lots.", "", "as it is", err=True)

    first, empty, last = capsys.readouterr().err.splitlines()
    assert first.startswith("x\\") and first.endswith("Imported 5 lots.")
    assert (empty, last) == ("", "as it is")
    assert NoAnswer(f"x{sign}y").format_message().isprintable() or sign == "\n"


@each_of("text", [*MARKUP, "ő-Ű", "ロット-12", "👩\u200d🔬"])
def test_what_a_terminal_does_not_obey_stays_as_it_is(text) -> None:
    assert visible(text) == text


@each_of(
    "value, written",
    [
        (float("nan"), "null"),
        (float("-inf"), "null"),
        (D("NaN"), "null"),
        (D("98.100"), "98.1"),
        (D(500), "500"),
        (D("12345678901234567.891"), '"12345678901234567.891"'),
        (2**80, str(2**80)),
        (
            datetime(2026, 1, 15, 9, 30, tzinfo=timezone(timedelta(hours=1))),
            '"2026-01-15T08:30:00Z"',
        ),
        (datetime(2026, 1, 15, 9, 30), '"2026-01-15T09:30:00"'),
        (date(2026, 1, 15), '"2026-01-15"'),
        (timedelta(hours=-1, milliseconds=5), '"-PT3599.995S"'),
        (b"\x00\xff", '"00ff"'),
        ([float("nan"), {"a": D("0.5")}], '[null, {"a": 0.5}]'),
        ("RX-[red]A :100: ő", '"RX-[red]A :100: ő"'),
        (True, "true"),
        (None, "null"),
    ],
)
def test_json_is_json(value, written) -> None:
    assert json_text(value) == written
    json.loads(written, parse_constant=lambda word: pytest.fail(word))


def at_a_terminal(*arguments: str, columns: int = 80) -> str:
    """Run the command at a terminal of so many columns and return what that shows."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    known = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    with subprocess.Popen([LOTLINE, *arguments], stdout=theirs, stderr=theirs, env=known) as child:
        os.close(theirs)
        shown = b""
        while part := _read(ours):
            shown += part
    os.close(ours)
    assert child.returncode == 0, shown
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other side has closed
        return b""


@pytest.fixture
def marked_plant(settings, record, people) -> str:
    """Write a lot made of one parent for each code that looks like markup."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        for code in MARKUP:
            register_lot(transaction, by=by, lot_code=code, weight_kg=D("1234.567"))
        parents = [Parent(code, D("0.125")) for code in MARKUP]
        child = "FG-2026-11-27-A-VERY-LONG-CODE-OF-A-LOT-[/red]-0001"
        register_lot(transaction, by=by, lot_code=child, weight_kg=1, parents=parents)
    return child


def test_a_trace_at_80_columns_shows_every_code_whole(marked_plant) -> None:
    shown = at_a_terminal("trace", marked_plant)

    lines = shown.splitlines()
    for code in (marked_plant, *MARKUP):
        assert any(code in line for line in lines), shown
    assert sum("1234.567" in line for line in lines) == len(MARKUP)
    table = lines[: next(n for n, line in enumerate(lines) if " rows" in line)]
    assert len(table) > len(MARKUP) and max(map(len, table)) <= 80


def test_csv_and_json_of_a_trace_hold_codes_and_times_as_they_are(marked_plant) -> None:
    rows = list(
        csv.DictReader(lotline("trace", marked_plant, "--format", "csv").stdout.splitlines())
    )
    assert {row["lot_code"] for row in rows} == {marked_plant, *MARKUP}

    whole = json.loads(lotline("trace", marked_plant, "--format", "json").stdout)
    assert {lot["lot_code"] for lot in whole["lots"]} == {marked_plant, *MARKUP}
    moments = [lot["recorded_at"] for lot in whole["lots"]]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", at) for at in moments)


def test_what_is_not_found_and_what_is_refused_is_repeated_as_typed(settings, tmp_path) -> None:
    for code in MARKUP:
        assert f"{code} is not in the record" in lotline("trace", "--", code).stderr
    for way in ([], ["--exact"]):
        said = lotline("trace", *way, "--", "A\x1b[2J\rB").stderr
        assert r"Lot A\x1b[2J\rB is not in the record" in said, way
    for name, shown in ("A\x1b[2J", r"A\x1b[2J"), ("undefined", "undefined"):
        assert f"{shown} is no code page" in lotline("import", "--code-page", name, ".").stderr
    (tmp_path / "lots.csv").write_text(
        "lot_code,lot_type,product_code,weight_kg,happened_at\n"
        "RX-[red]A,RAW,[/],1,2026-01-15T08:00:00Z\n"
    )
    refused = lotline("import", str(tmp_path))
    assert refused.returncode == 1 and '"[/]"' in refused.stderr


@pytest.fixture
def edition(settings, tmp_path) -> None:
    """Publish an edition that holds a lot for each code that looks like markup."""
    with closing(
        plants.empty_warehouse(tmp_path / "working.duckdb", "Europe/Budapest")
    ) as warehouse:
        rows = [
            {"lot_id": n, "lot_code": code, "happened_at": datetime(2026, 1, 15, 8, tzinfo=UTC)}
            for n, code in enumerate(MARKUP)
        ]
        plants.fill(warehouse, "lots", rows)
        plants.publish_unproven(warehouse, settings.home)


def test_the_edition_is_answered_as_it_is_in_every_format(edition) -> None:
    asked = (
        "select lot_code, happened_at, 'nan'::double as kg, 1234567.875::double as n from raw.lots"
    )
    table = lotline("sql", asked).stdout.splitlines()
    assert all(any(line.startswith(f"{code} ") for line in table) for code in MARKUP)
    assert "1234567.875" in table[1]

    found = json.loads(
        lotline("sql", asked, "--format", "json").stdout,
        parse_constant=lambda word: pytest.fail(word),
    )
    assert [(row["lot_code"], row["kg"], row["happened_at"]) for row in found] == [
        (code, None, "2026-01-15T08:00:00Z") for code in MARKUP
    ]

    obeyed = ("sql", "select 'A' || chr(27) || '[2J' as a", "--format", "csv")
    assert lotline(*obeyed).stdout == "a\nA\x1b[2J\n"
    assert r"A\x1b[2J" in at_a_terminal(*obeyed)

    nobody = lotline(
        "sql", "select lot_code, weight_kg from raw.lots where false", "--format", "csv"
    )
    assert nobody.stdout == "lot_code,weight_kg\n"
