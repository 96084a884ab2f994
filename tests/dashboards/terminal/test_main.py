"""The `lotline` command: what it prints, and how it ends."""

import csv
import io
import json
import os
import socket

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.voids import Voidable, void_fact
from dashboards.serving.one_plant import only_one
from tests.engines import ask
from tests.modes import open_to_others
from tests.terminal import lotline


@pytest.fixture
def reference(settings, record, people) -> None:
    """Write the reference plant."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="RAW-BEEF-001", weight_kg=500)
        register_lot(transaction, by=by, lot_code="RAW-SPICE-001", weight_kg=50)
        register_lot(
            transaction,
            by=by,
            lot_code="MIX-BATCH-88",
            weight_kg=540,
            parents=[Parent("RAW-BEEF-001", 500), Parent("RAW-SPICE-001", 40)],
        )
        register_lot(
            transaction,
            by=by,
            lot_code="FG-DONER-X1",
            weight_kg=530,
            parents=[Parent("MIX-BATCH-88", 530)],
        )


def test_the_reference_trace_gives_shares_and_what_must_be_on_hand(reference) -> None:
    ended = lotline("trace", "FG-DONER-X1", "--direction", "back", "--format", "json")

    lots = {lot["lot_code"]: lot for lot in json.loads(ended.stdout)["lots"]}
    assert lots["MIX-BATCH-88"]["share"] == 1
    assert lots["RAW-BEEF-001"]["share"] == pytest.approx(500 / 540)
    assert lots["RAW-SPICE-001"]["share"] == pytest.approx(40 / 540)
    assert lots["MIX-BATCH-88"]["accounted_ratio"] == pytest.approx(0.981, abs=0.001)
    assert lots["RAW-SPICE-001"]["on_hand_kg"] == 10


def test_a_trace_finds_its_lot_by_what_is_on_the_label(reference, record, people) -> None:
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["MANAGER"],
            lot_code="RAW-7",
            supplier_lot_code="ZAL-99",
            weight_kg=5,
        )
    ended = lotline("trace", "(10)ZAL-99", "--format", "csv")

    assert ended.returncode == 0 and "RAW-7" in ended.stdout
    assert "Found RAW-7 by" in ended.stderr


def test_a_trace_says_by_which_lots_a_stopped_one_is_stopped(reference, record, people) -> None:
    with record.transaction() as transaction:
        decide(
            transaction,
            by=people["MANAGER"],
            lot_code="RAW-BEEF-001",
            decision="HOLD",
            notes="waits for the laboratory",
        )
    ended = lotline("trace", "RAW-BEEF-001", "--format", "csv")

    rows = {row["lot_code"]: row for row in csv.DictReader(ended.stdout.splitlines())}
    assert rows["MIX-BATCH-88"]["stopped_by"] == "RAW-BEEF-001"


def test_where_several_lots_may_be_meant_a_trace_names_them(reference) -> None:
    ended = lotline("trace", "RAW-")

    assert ended.returncode == 2 and ended.stdout == ""
    assert "2 lots" in ended.stderr and "--among RAW-" in ended.stderr
    assert "RAW-BEEF-001" in ended.stderr and "RAW-SPICE-001" in ended.stderr


def test_several_lots_are_one_answer_that_names_what_was_not_taken(reference) -> None:
    ended = lotline("trace", "RAW-BEEF-001", "RAW-SPICE-001", "--format", "json")
    whole = json.loads(ended.stdout)
    lots = {lot["lot_code"]: lot for lot in whole["lots"]}
    assert whole["asked"] == ["RAW-BEEF-001", "RAW-SPICE-001"]
    assert lots["MIX-BATCH-88"]["share"] == 1
    assert lots["FG-DONER-X1"]["suspects"] == whole["asked"]

    chosen = lotline("trace", "--among", "RAW-", "RAW-BEEF-001", "--format", "json")
    gaps = {gap["kind"]: gap["lot_codes"] for gap in json.loads(chosen.stdout)["verdict"]["gaps"]}
    assert gaps["not_taken"] == ["RAW-SPICE-001"]

    listed = lotline("trace", "RAW-BEEF-001", "RAW-SPICE-001", "--format", "csv").stdout
    assert listed.splitlines()[0].endswith(",suspects,verdict,as_known_at")
    suspects = [row["suspects"] for row in csv.DictReader(io.StringIO(listed))]
    assert suspects.count("RAW-BEEF-001; RAW-SPICE-001") == 2
    assert lotline("trace", "--exact", "RAW-BEEF-001", "--direction", "back").returncode == 0
    assert lotline("trace", "--exact", "RAW-").returncode == 1


def test_a_wrong_check_digit_of_a_scan_is_said(reference) -> None:
    ended = lotline("trace", "(01)05991234567891(10)RAW-BEEF-001", "--format", "csv")
    assert "check digit is wrong" in ended.stderr


def test_a_choice_among_what_nothing_matches_is_not_complete(reference) -> None:
    ended = lotline(
        "trace", "--among", "RAW-", "--among", "NOPE-9", "RAW-BEEF-001", "--format", "json"
    )
    verdict = json.loads(ended.stdout)["verdict"]
    gaps = {gap["kind"]: gap["lot_codes"] for gap in verdict["gaps"]}
    assert not verdict["is_complete"]
    assert (gaps["not_found"], gaps["not_taken"]) == (["NOPE-9"], ["RAW-SPICE-001"])


def test_a_choice_among_several_searches_is_made_in_one_go(reference) -> None:
    ended = lotline("trace", "RAW-", "FG-DONER-X1")

    assert ended.returncode == 2
    assert "--among RAW- --among FG-DONER-X1 LOT..." in ended.stderr


@pytest.fixture
def without_pages(settings, monkeypatch) -> None:
    """Refresh as a person at a terminal does, where Dagster keeps no log for its pages to show."""
    monkeypatch.delenv("DAGSTER_HOME")


def test_the_pharma_folder_becomes_an_edition(settings, without_pages, shared) -> None:
    folder = str(shared / "data/pharma_tablets/import")
    ended = lotline("import", folder)
    assert ended.returncode == 0
    for count in ("249 lots", "660 links", "2,310 readings"):
        assert count in ended.stdout
    again = lotline("import", folder).stdout
    assert all(f" 0 {things}, " in again for things in ("lots", "links", "readings")), again

    assert lotline("refresh").returncode == 0
    asked = lotline("sql", "select count(*) as n from genealogy.closure", "--format", "json")
    assert json.loads(asked.stdout) == [{"n": 660}]


def test_a_bad_row_is_named_and_nothing_is_imported(settings, tmp_path) -> None:
    (tmp_path / "products.csv").write_text("product_code,name\nP-1,Good\n,Nameless\n")
    ended = lotline("import", str(tmp_path))

    assert ended.returncode == 1
    assert "products.csv:3: product_code" in ended.stderr
    assert "nothing was imported" in ended.stderr


def test_a_spoilt_identifier_is_named_and_taken(settings, record, tmp_path) -> None:
    (tmp_path / "lots.csv").write_text(
        "lot_code,lot_type,product_code,weight_kg,happened_at\n"
        "2.02611E+11,RAW,,1,2026-01-15T08:00:00Z\n"
        "R-2,RAW,,1,2026-01-15T08:00:00Z\n"
    )
    ended = lotline("import", str(tmp_path))

    assert ended.returncode == 0 and " 2 lots," in ended.stdout
    (named,) = [line for line in ended.stderr.splitlines() if "lots.csv:" in line]
    assert named.startswith('lots.csv:2: lot_code "2.02611E+11": was made a number')
    assert "a trace through it is not complete" in named
    assert "Taken as they are, but worth a look: 1." in ended.stderr
    assert "spoilt" in lotline("trace", "2.02611E+11").stdout


def test_an_edition_can_be_asked_but_not_changed_or_left(settings, without_pages) -> None:
    assert "lotline refresh" in lotline("sql", "select 1").stderr
    assert lotline("refresh").returncode == 0
    assert open_to_others(settings.home) == []

    for question in ("select * frm x", "drop table raw.lots", "from read_csv('/etc/passwd')", ""):
        ended = lotline("sql", question)
        assert (ended.returncode, "Traceback" in ended.stderr) == (1, False)


def test_an_unknown_lot_and_a_moment_ahead_are_said_plainly(settings) -> None:
    ended = lotline("trace", "NOBODY")

    assert ended.returncode == 1
    assert "NOBODY is not in the record" in ended.stderr

    ahead = lotline("trace", "NOBODY", "--as-of", "2999-01-01T00:00Z")
    assert (ahead.returncode, "lies ahead" in ahead.stderr) == (1, True)


def test_a_user_is_added_and_the_password_is_asked_for(settings, record) -> None:
    ended = lotline(
        "user",
        "add",
        "new@plant.example",
        "--role",
        "VIEWER",
        given="a long password\na long password\n",
    )

    assert ended.returncode == 0
    with record.transaction() as transaction:
        assert transaction.value("has_user", email="new@plant.example")


def free_port() -> str:
    """Find a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def up() -> list[str]:
    """Write the command that serves, on a port that nobody has."""
    return ["up", "--port", free_port()]


@pytest.mark.parametrize("command", [["trace", "X"], ["refresh"], ["up"], ["check"]])
def test_an_unreachable_database_is_one_clear_line(settings, monkeypatch, command) -> None:
    monkeypatch.setenv("LOTLINE_DATABASE_URL", "postgresql://nobody:hidden@127.0.0.1:1/none")
    ended = lotline(*(up() if command == ["up"] else command))

    assert ended.returncode == 2
    assert "127.0.0.1:1" in ended.stderr
    assert "hidden" not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_taken_port_is_named_with_the_way_out(settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = lotline("up", "--port", str(port))

    assert ended.returncode == 2
    assert f"Port {port}" in ended.stderr
    assert "--port" in ended.stderr


def test_a_production_plant_does_not_start_without_a_key(settings, monkeypatch) -> None:
    monkeypatch.setenv("LOTLINE_SECRET_KEY", "short")
    ended = lotline(*up())

    assert ended.returncode == 2
    assert "LOTLINE_SECRET_KEY" in ended.stderr


def test_a_second_one_on_the_same_home_says_so_and_ends(settings) -> None:
    with only_one(settings.home, "http://127.0.0.1:8501"):
        ended = lotline(*up())

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.count("\n") == 1
    assert f"process {os.getpid()}, http://127.0.0.1:8501" in ended.stderr
    assert "LOTLINE_HOME" in ended.stderr


def test_the_port_that_dagster_once_had_opens_nothing_and_is_said(settings, monkeypatch) -> None:
    """Scripts that name it go on; what comes after is another test's."""
    monkeypatch.setenv("LOTLINE_SECRET_KEY", "short")
    ended = lotline(*up(), "--dagster-port", "3000")

    assert "--dagster-port opens nothing" in ended.stdout


def test_an_import_says_what_it_passes_over_and_takes_it_again_when_asked(
    settings, record, people, tmp_path
) -> None:
    at = "2026-01-15T08:00:00Z"
    header = "lot_code,lot_type,product_code,weight_kg,happened_at"
    (tmp_path / "lots.csv").write_text(f"{header}\nR-1,RAW,,100,{at}\n")
    (tmp_path / "partners.csv").write_text(
        "partner_code,name,role\nC-1,Shop 1,CUSTOMER\nC-3,Shop 3,CUSTOMER\n"
    )

    def sent(kilograms: int, customer: str, *flags: str):
        (tmp_path / "shipments.csv").write_text(
            "shipment_code,lot_code,customer_code,quantity_kg,happened_at,source_key\n"
            f"S-1,R-1,{customer},{kilograms},{at},k1\n"
        )
        return lotline("import", str(tmp_path), *flags)

    assert "1 shipments" in sent(60, "C-1").stdout
    assert "1 shipments" in sent(55, "C-3", "--correct").stdout
    earlier = sent(60, "C-1")
    assert earlier.returncode == 1
    assert "shipment S-1 of R-1 is in the record with 55 kg to C-3." in earlier.stderr
    assert "1 shipments" in sent(60, "C-1", "--correct").stdout

    with record.transaction() as transaction:
        (line,) = ask(transaction, "select shipment_id from shipments").fetchall()[0]
        void_fact(
            transaction,
            by=people["MANAGER"],
            kind=Voidable.SHIPMENT,
            fact_id=line,
            reason="another lot was meant",
        )
    passed = sent(60, "C-1")
    assert passed.returncode == 0 and " 0 shipments" in passed.stdout
    (named,) = [told for told in passed.stderr.splitlines() if "shipments.csv:" in told]
    assert named.startswith('shipments.csv:2: quantity_kg "60": shipment S-1 of R-1 was voided, ')
    assert " 1 shipments" in sent(60, "C-1", "--again").stdout


def test_an_export_of_every_day_says_what_it_voids_and_sets_aside_before_and_after(
    settings, record, people, tmp_path
) -> None:
    at = "2026-01-15T08:00:00Z"
    header = "lot_code,lot_type,product_code,weight_kg,happened_at\n"
    links = "parent_lot_code,child_lot_code,quantity_kg,happened_at\n"

    def sent(lots: str, rows: str, *flags: str):
        codes = "".join(f"{code},RAW,,100,{at}\n" for code in lots)
        (tmp_path / "lots.csv").write_text(header + codes)
        (tmp_path / "genealogy.csv").write_text(links + rows)
        return lotline("import", "--whole", "--set-aside", *flags, str(tmp_path))

    assert sent("ABC", f"A,B,40,{at}\n").returncode == 0
    today = ("AB", f"A,B,40,{at}\nB,A,5,{at}\n")
    seen = sent(*today, "--preview")
    assert "lots: 2 rows: 0 new, 0 to correct, 1 to void, 0 set aside, 0 refused" in seen.stdout
    assert "genealogy: 2 rows: 0 new, 0 to correct, 0 to void, 1 set aside" in seen.stdout
    assert 'lots.csv: lot_code "C": lot C is in the record and no longer in lots.csv' in seen.stderr
    asked = sent(*today)
    assert asked.returncode == 1 and "Import with --correct to void it." in asked.stderr

    done = sent(*today, "--correct")
    assert done.returncode == 0 and "Corrected 0, voided 1." in done.stdout
    assert "genealogy.csv:3: parent_lot_code" in done.stderr
    assert "Set aside, as findings: 1." in done.stderr
