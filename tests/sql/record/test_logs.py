"""A log is emptied while its writer goes on, and a few earlier parts stay."""

from pathlib import Path

from sql.record.logs import keep_short
from tests.modes import open_to_others


def test_a_log_stays_short_while_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    with log.open("ab", buffering=0) as writer:
        for part in range(1, 7):
            writer.write(b"%d" % part * 11)
            keep_short(log, largest_bytes=10, kept=3)
            assert log.stat().st_size == 0
        writer.write(b"after")
        keep_short(log, largest_bytes=10, kept=3)

    held = {file.name: file.read_text() for file in tmp_path.iterdir()}
    assert held == {
        "server.log": "after",
        "server.log.1": "6" * 11,
        "server.log.2": "5" * 11,
        "server.log.3": "4" * 11,
    }
    assert [path for path in open_to_others(tmp_path) if ".log." in path.name] == []


def test_where_there_is_no_log_nothing_is_done(tmp_path: Path) -> None:
    keep_short(tmp_path / "server.log")

    assert list(tmp_path.iterdir()) == []
