"""A tablet plant with three gates of its own: the board and the decisions screen tell one truth.

165 real batches of tablets and the 84 lots they came of; the process and the decisions are made up
here, and what stands where is worked out from them in plain Python.
"""

import csv
import shutil
from pathlib import Path

import pytest

from dashboards.commands.process.applying import apply_process
from dashboards.imports.csv_folder import import_folder
from dashboards.imports.process_folder import read_process
from tests.dagster_runs import execute

BLANK = Path(__file__).resolve().parents[3] / "dashboards" / "templates" / "blank"
PROCESS = {
    "lot_types": "RAW,material,anyag,1,RECEIVED,,,,,,\nFG,tablets,tabletta,2,MADE,,,,,,\n",
    "gates": "1,Receipt,Átvétel,RAW,CHECKPOINT,no,\n2,Cores,Mag,FG,CHECKPOINT,no,\n"
    "3,Release,Felszabadítás,FG,CHECKPOINT,no,\n",
    "rules": "",
}


def process_folder(folder: Path) -> Path:
    shutil.copytree(BLANK, folder)
    for table, rows in PROCESS.items():
        file = folder / f"{table}.csv"
        file.chmod(0o644)
        heading = file.read_text(encoding="utf-8").splitlines()[0]
        file.write_text(f"{heading}\n{rows}", encoding="utf-8")
    return folder


def decided(materials: list[str], tablets: list[str]) -> list[tuple[str, int, str]]:
    """Decide about most lots: some wait on HOLD, two fail, tablets pass one gate or both."""
    rows = [(code, 1, "PASS") for code in materials[:60]]
    rows += [(code, 1, "HOLD") for code in materials[60:63]] + [(materials[63], 1, "FAIL")]
    rows += [(code, 2, "PASS") for code in tablets[:100]]
    rows += [(code, 3, "PASS") for code in tablets[:70]]
    return rows + [(code, 3, "HOLD") for code in tablets[70:75]] + [(tablets[110], 2, "FAIL")]


def expected(
    lots: dict[str, str], links: list[tuple[str, str]], rows: list[tuple[str, int, str]]
) -> dict[str, int]:
    """Count the states from what was decided; every stop of a material goes down to its tablets."""
    words = {code: {gate: word for lot, gate, word in rows if lot == code} for code in lots}
    needs = {"RAW": {1}, "FG": {2, 3}}
    bad = {code for code, at in words.items() if {"HOLD", "FAIL"} & set(at.values())}
    counts: dict[str, int] = dict.fromkeys(
        ("released", "pending", "hold", "rejected", "stopped"), 0
    )
    for code, kind in lots.items():
        if "FAIL" in words[code].values():
            counts["rejected"] += 1
        elif code in bad:
            counts["hold"] += 1
        elif any(parent in bad for parent, child in links if child == code):
            counts["stopped"] += 1
        else:
            passed = {gate for gate, word in words[code].items() if word == "PASS"}
            counts["released" if passed >= needs[kind] else "pending"] += 1
    return counts


@pytest.mark.timeout(300)
def test_the_board_and_the_decisions_screen_count_alike(
    screen, settings, record, people, shared, tmp_path
) -> None:
    data = shared / "data" / "pharma_tablets" / "import"
    with open(data / "lots.csv", encoding="utf-8") as file:
        lots = {row["lot_code"]: row["lot_type"] for row in csv.DictReader(file)}
    with open(data / "genealogy.csv", encoding="utf-8") as file:
        links = [(row["parent_lot_code"], row["child_lot_code"]) for row in csv.DictReader(file)]
    by_type = {kind: sorted(code for code in lots if lots[code] == kind) for kind in ("RAW", "FG")}
    rows = decided(by_type["RAW"], by_type["FG"])
    with open(tmp_path / "qc_decisions.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["lot_code", "gate_number", "decision", "happened_at"])
        writer.writerows([*row, "2020-06-01T08:00:00+00:00"] for row in rows)
    with record.transaction() as transaction:
        wanted = read_process(process_folder(tmp_path / "tablets"))
        apply_process(transaction, by=people["ADMIN"], wanted=wanted, reason="a plant of tablets")
    with record.transaction() as transaction:
        import_folder(transaction, [data, tmp_path / "qc_decisions.csv"], by=None)
    assert execute().success

    counts = expected(lots, links, rows)
    assert min(counts.values()) > 0 and sum(counts.values()) == 249
    tiles = {tile.label.split()[-1].lower(): tile.value for tile in screen("quality").metric}
    decisions = screen("qc_decisions")
    waiting = f"{counts['pending']} lots waiting in all"
    assert any(waiting in caption.value for caption in decisions.caption)
    for state, word in {
        "released": "released",
        "pending": "waiting",
        "hold": "hold",
        "rejected": "rejected",
        "stopped": "origin",
    }.items():
        assert tiles.get(word) == str(counts[state]), (state, tiles)
