"""What an export that comes every day changes: each kind, its reason, and what is told before."""

from datetime import UTC, datetime
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.corrections import Corrected, correct_lot
from dashboards.commands.decisions import decide
from dashboards.commands.import_files import ImportRejected
from dashboards.commands.import_plan import Plan
from dashboards.commands.links import link_lots
from dashboards.commands.lots import register_lot
from dashboards.imports.csv_folder import import_folder
from dashboards.imports.reading import Reading
from sql.genealogy.trace import trace
from sql.vocabulary import Direction
from tests.engines import ask

READING = Reading(ZoneInfo("UTC"))
AT = "2026-11-02T06:30:00Z"
HEADERS = {
    "lots": "lot_code,lot_type,product_code,weight_kg,happened_at,source_key",
    "genealogy": "parent_lot_code,child_lot_code,quantity_kg,happened_at,source_key",
    "readings": "lot_code,characteristic,value,unit,happened_at,source_key",
    "qc_decisions": "lot_code,decision,happened_at,notes,source_key",
    "productions": "production_code,happened_at,waste_kg",
    "production_inputs": "production_code,lot_code,quantity_kg",
    "production_outputs": "production_code,lot_code,quantity_kg",
}
LINKS = (
    "select parents.lot_code || '>' || children.lot_code || ' ' || trim_scale(quantity_kg)::text "
)
LINKS += "from lot_genealogy as links inner join lots as parents on parent_lot_id = parents.lot_id "
LINKS += "inner join lots as children on child_lot_id = children.lot_id order by 1"


def lot(code, kg, key="") -> str:
    return f"{code},RAW,,{kg},{AT},{key}"


def link(parent, child, kg, key="") -> str:
    return f"{parent},{child},{kg},{AT},{key}"


TWO = [lot("A", 100, "a"), lot("B", 100, "b")]


@pytest.fixture
def bring(record, tmp_path):
    """Return a function that imports files of these rows in a transaction of its own."""

    def take(files, header=None, **how):
        for file in tmp_path.iterdir():
            file.unlink()
        for stem, rows in files.items():
            text = "\n".join([(HEADERS | (header or {}))[stem], *rows, ""])
            (tmp_path / f"{stem}.csv").write_text(text, encoding="utf-8")
        with record.transaction() as transaction:
            return import_folder(transaction, [tmp_path], by=None, reading=READING, **how)

    return take


@pytest.fixture
def every_day(bring):
    """Return a function that imports as every evening."""
    return lambda files, **how: bring(files, corrects=True, is_whole=True, sets_aside=True, **how)


@pytest.fixture
def rows(record):
    """Return a function that asks the record, one column a row or tuples."""

    def found(query):
        with record.snapshot() as snapshot:
            asked = ask(snapshot, query).fetchall()
        return [row[0] if len(row) == 1 else tuple(row) for row in asked]

    return found


def test_what_is_gone_is_listed_then_voided_and_what_people_wrote_stands(
    bring, rows, record, people
) -> None:
    links = [link("A", "B", 40, "1"), link("A", "B", 5)]
    bring({"lots": [*TWO, lot("C", 1)], "genealogy": links})
    with record.transaction() as transaction:
        by = people["MANAGER"]
        link_lots(transaction, by=by, parent_lot_code="A", child_lot_code="B", quantity_kg=3)
    left = {"lots": TWO, "genealogy": [link("A", "B", 42, "1")]}
    with pytest.raises(ImportRejected) as asked:
        bring(left, is_whole=True)

    told = [(one.file, one.line, one.is_change) for one in asked.value.rejections]
    assert told == [("lots.csv", 0, True), ("genealogy.csv", 0, True), ("genealogy.csv", 2, True)]
    said = [one.reason for one in asked.value.rejections]
    assert said[0].startswith("lot C is in the record and no longer in lots.csv.")
    assert said[1].startswith(
        "link A → B is in the record with 5 kg and no longer in genealogy.csv."
    )
    assert rows(LINKS) == ["A>B 3", "A>B 40", "A>B 5"]

    bring(left, is_whole=True, corrects=True)
    assert rows(LINKS) == ["A>B 3", "A>B 42"]
    assert rows("select reason from facts.link_voids order by 1") == [
        "corrected by an import, genealogy.csv line 2: source key 1",
        "no longer in genealogy.csv",
    ]
    assert rows("select reason from facts.lot_voids") == ["no longer in lots.csv"]
    bring({"genealogy": links}, is_whole=True, corrects=True)
    assert rows(LINKS) == ["A>B 3", "A>B 40", "A>B 5"]


@pytest.mark.parametrize("stem", ["lots", "genealogy"])
def test_a_file_that_was_cut_off_behind_its_headings_voids_nothing(every_day, rows, stem) -> None:
    """At night nobody looks at what is listed: all links of the plant would be void."""
    files = {"lots": TWO, "genealogy": [link("A", "B", 40, "ab")]}
    every_day(files)
    before = rows(LINKS)

    with pytest.raises(ImportRejected) as refused:
        every_day(files | {stem: []})

    (said,) = [one for one in refused.value.rejections if one.file == f"{stem}.csv"][:1]
    assert "no row" in said.reason and "leave the file out" in said.reason
    assert rows(LINKS) == before != []
    every_day({"lots": TWO})  # a table that is left out is left alone
    assert rows(LINKS) == before


def test_without_whole_nothing_is_voided(bring, rows) -> None:
    bring({"lots": TWO, "genealogy": [link("A", "B", 40, "1")]})
    bring({"lots": TWO[:1], "genealogy": []}, corrects=True)

    assert rows(LINKS) == ["A>B 40"]


def test_a_lot_that_people_decided_about_stays_and_is_told(every_day, rows, record, people) -> None:
    every_day({"lots": [*TWO, lot("C", 1)], "qc_decisions": [f"C,PASS,{AT},seen,"]})
    with record.transaction() as transaction:
        decide(transaction, by=people["MANAGER"], lot_code="A", decision="HOLD", notes="smells odd")
    plan = Plan()
    every_day({"lots": TWO[1:], "qc_decisions": []}, plan=plan)

    assert rows("select lot_code from lots order by 1") == ["A", "B"]
    assert plan.voided == {"lots": 1}
    assert [one.value for one in plan.aside] == ["A"]
    assert rows("select lot_code, said from rows_set_aside")[0][0] is None


def test_a_pass_that_reads_otherwise_or_is_gone_is_withdrawn_and_a_stop_is_signed(
    every_day, rows
) -> None:
    now = "select lot_code || ' ' || decision from qc_decisions join lots using (lot_id) order by 1"
    passed = [f"A,PASS,{AT},seen,1", f"B,PASS,{AT},seen,2"]
    stays = f"B,FAIL,{AT},mould,3"
    three = [*TWO, lot("C", 1)]
    every_day({"lots": three, "qc_decisions": [*passed, f"C,HOLD,{AT},odd,4"]})
    every_day({"lots": three, "qc_decisions": [f"A,HOLD,{AT},smells,1", f"C,PASS,{AT},odd,4"]})

    assert rows(now) == ["A HOLD", "C HOLD"]
    assert rows("select reason from facts.decision_withdrawals order by 1") == [
        "corrected by an import, qc_decisions.csv line 2: source key 1",
        "no longer in qc_decisions.csv",
    ]
    signed = "reason like '%withdrawn on its lot''s page, signed'"
    assert rows(f"select lot_code from rows_set_aside where {signed}") == ["C"]

    every_day({"lots": three, "qc_decisions": [passed[1], stays]})
    assert rows(now) == ["A HOLD", "B FAIL", "B PASS", "C HOLD"]


def test_rows_that_cant_be_taken_are_set_aside_until_a_file_has_them_right(every_day, rows) -> None:
    bad = [link("B", "A", 5, "2"), link("A", "A", 5, "3"), link("A", "B", -4, "4")]
    good = [link("A", "B", 40, "1")]
    every_day({"lots": [*TWO, lot("C", -5, "c")], "genealogy": [*good, *bad]})

    assert rows(LINKS) == ["A>B 40"]
    aside = rows(
        "select table_name, line, said, lot_code, reason from rows_set_aside order by 2, 1"
    )
    assert [one[:2] for one in aside] == [
        ("genealogy", 3),
        ("genealogy", 4),
        ("lots", 4),
        ("genealogy", 5),
    ]
    assert aside[0][2].startswith("parent_lot_code: B; child_lot_code: A; quantity_kg: 5")
    assert "was itself made from A" in aside[0][4]
    again = {"lots": [*TWO, lot("C", -5, "c")], "genealogy": [*good, *bad]}
    every_day(again)
    assert rows("select count(*) from facts.rows_set_aside") == [4]

    every_day({"lots": [*TWO, lot("C", 5, "c")], "genealogy": [*good, link("A", "B", 4, "4")]})
    assert rows("select lot_code, trim_scale(weight_kg) from lots where lot_code = 'C'") == [
        ("C", D(5))
    ]
    assert rows(LINKS) == ["A>B 4", "A>B 40"]
    assert rows("select count(*) from rows_set_aside") == [0]
    assert rows("select count(*) from facts.rows_set_aside") == [4]


def test_one_row_of_a_production_sets_all_of_it_aside(every_day, rows) -> None:
    files = {
        "lots": [*TWO, lot("C", 1, "c")],
        "productions": [f"P,{AT},0", f"Q,{AT},0"],
        "production_inputs": ["P,A,10", "P,NONE,5", "Q,A,7"],
        "production_outputs": ["P,B,10", "Q,C,7"],
    }
    every_day(files)
    assert rows(LINKS) == ["A>C 7"]
    assert rows("select count(*) from rows_set_aside") == [4]

    every_day(files | {"production_inputs": ["P,A,10", "P,C,5", "Q,A,8"]})
    assert rows(LINKS) == ["A>B 10", "A>C 8", "C>B 5"]
    assert rows("select count(*) from rows_set_aside") == [0]


def test_a_bad_row_leaves_what_was_said_well_before(every_day, rows) -> None:
    every_day({"lots": TWO, "genealogy": [link("A", "B", 40, "1")]})
    every_day({"lots": [lot("A", "lots", "a"), TWO[1]], "genealogy": [link("A", "B", "4O", "1")]})

    assert rows(LINKS) == ["A>B 40"]
    assert rows("select lot_code, weight_kg::integer from lots order by 1") == [
        ("A", 100),
        ("B", 100),
    ]


def test_a_weight_below_what_the_lot_gave_out_is_no_correction(bring, rows) -> None:
    bring({"lots": TWO, "genealogy": [link("A", "B", 40, "1")]})
    less = {"lots": [lot("A", 39, "a"), TWO[1]], "genealogy": [link("A", "B", 40, "1")]}
    with pytest.raises(ImportRejected, match="A has given out 40 kg, so it can't weigh 39 kg"):
        bring(less, corrects=True)

    bring(less, corrects=True, sets_aside=True)
    assert rows("select weight_kg::integer from lots where lot_code = 'A'") == [100]
    assert rows("select lot_code from rows_set_aside") == ["A"]
    bring(less | {"genealogy": [link("A", "B", 39, "1")]}, corrects=True)
    assert rows("select weight_kg::integer from lots where lot_code = 'A'") == [39]
    assert rows("select count(*) from rows_set_aside") == [0]


def test_a_renamed_lot_keeps_what_was_recorded_about_it(every_day, rows) -> None:
    about = {
        "readings": [f"A,ph,6,pH,{AT},r"],
        "qc_decisions": [f"A,HOLD,{AT},smells odd,"],
    }
    every_day({"lots": TWO, "genealogy": [link("A", "B", 40)], **about})
    every_day({"lots": [lot("A/2", 100, "a"), TWO[1]]})

    assert rows(LINKS) == ["A/2>B 40"]
    assert rows("select lot_code, value::integer from readings join lots using (lot_id)") == [
        ("A/2", 6)
    ]
    assert rows("select lot_code, decision from qc_decisions join lots using (lot_id)") == [
        ("A/2", "HOLD")
    ]
    assert rows("select reason from facts.lot_voids") == ["renamed from A to A/2 in lots.csv"]


def test_a_lot_that_people_decided_about_keeps_its_code_and_its_facts_come_in(
    every_day, rows, record, people
) -> None:
    every_day({"lots": TWO, "genealogy": [link("A", "B", 40, "1")]})
    with record.transaction() as transaction:
        decide(transaction, by=people["MANAGER"], lot_code="A", decision="HOLD", notes="smells odd")
    every_day({"lots": [lot("A2", 120, "a"), TWO[1]], "genealogy": [link("A2", "B", 50, "1")]})

    assert rows("select lot_code, weight_kg::integer from lots order by 1") == [
        ("A", 120),
        ("B", 100),
    ]
    assert rows(LINKS) == ["A>B 50"]
    assert rows("select lot_code, reason from rows_set_aside") == [
        (
            "A",
            "lot_code: is A in the record, by its key, and has decisions of people there: it keeps "
            "that code. Say so where the file comes from",
        )
    ]


def test_an_input_without_a_lot_code_is_kept_so_that_no_share_says_too_much(
    every_day, rows, record
) -> None:
    links = [link("A", "B", 60, "1"), link("", "B", 40, "2")]
    every_day({"lots": TWO, "genealogy": links})
    assert rows(LINKS) == ["A>B 60", "untracked:B#2>B 40"]
    with record.snapshot() as snapshot:
        found = trace(snapshot, "B", Direction.BACK)
    assert found is not None
    shares = {row["lot_code"]: row["share"] for row in found.lots if row["direction"] == "back"}
    assert shares == pytest.approx({"A": 0.6, "untracked:B#2": 0.4})

    every_day({"lots": TWO, "genealogy": links[:1]})
    assert rows("select lot_code from lots order by 1") == ["A", "B"]


def test_what_was_entered_by_hand_can_have_the_same_look_and_stands(
    every_day, rows, record, people
) -> None:
    with record.transaction() as transaction:
        register_lot(
            transaction, by=people["MANAGER"], lot_code="HAND", lot_type="RAW", weight_kg=1
        )
    every_day({"lots": TWO})
    every_day({"lots": TWO[:1]})

    assert rows("select lot_code from lots order by 1") == ["A", "HAND"]


def test_several_receipts_are_one_lot_that_grows_with_its_next_delivery(every_day, rows) -> None:
    """A row of which nothing differs is no receipt, and a second key of one lot is none either."""
    first, second = lot("A", 100, "r1"), lot("A", 50, "r2").replace("06:30", "09:30")
    every_day({"lots": [first]})
    every_day({"lots": [second, first, TWO[1]]})

    weights = "select lot_code, weight_kg::integer, happened_at::text from lots order by 1"
    assert [row[:2] for row in rows(weights)] == [("A", 150), ("B", 100)]
    assert rows(weights)[0][2].startswith("2026-11-02 06:30")
    every_day({"lots": [first, first, TWO[1]]})
    assert [row[:2] for row in rows(weights)] == [("A", 100), ("B", 100)]
    assert rows("select reason from rows_set_aside") == [
        "lot_code: stands on line 2 already; source_key: stands on line 2 already"
    ]


def test_a_key_that_stands_twice_renames_nothing(every_day, rows) -> None:
    every_day({"lots": TWO})
    every_day({"lots": [*TWO, lot("A2", 1, "a")]})

    assert rows("select lot_code from lots order by 1") == ["A", "B"]


@pytest.mark.parametrize("key", ["a", ""], ids=["key", "no key"])
def test_a_type_and_metadata_that_read_otherwise_are_corrections_to_confirm(
    bring, rows, record, people, key
) -> None:
    said = HEADERS["lots"].replace(",source_key", ",metadata,source_key")
    first = f'A,RAW,,100,{AT},"{{""bin"": 1, ""by"": ""Z""}}",{key}'
    other = f'A,MIX,,100,{AT},"{{""bin"": 2}}",{key}'
    now = "select lot_type, metadata::text from lots"
    bring({"lots": [first]}, header={"lots": said})
    before = datetime.now(UTC)

    with pytest.raises(ImportRejected) as asked:
        bring({"lots": [other]}, header={"lots": said})
    cells = [(one.column, one.is_change) for one in asked.value.rejections]
    assert sorted(cells) == [("lot_type", True), ("metadata", True)]
    assert "is in the record with RAW" in str(asked.value)

    bring({"lots": [other]}, header={"lots": said}, corrects=True)
    assert rows(now) == [("MIX", '{"bin": 2}')]
    with record.snapshot(as_of=before) as then:
        assert ask(then, now).fetchall() == [("RAW", '{"by": "Z", "bin": 1}')]
    with record.transaction() as transaction:
        correct_lot(
            transaction,
            by=people["MANAGER"],
            lot_code="A",
            corrected=Corrected(None, 90, None, None, datetime(2026, 11, 2, 6, 30, tzinfo=UTC)),
            reason="weighed anew by hand",
            based_on=rows("select correction_id from lots")[0],
        )
    assert rows(now) == [("MIX", '{"bin": 2}')]
    # What stands, an earlier reading of it by a person, and a file without these change nothing.
    for file in ([other], [lot("A", 90, key).replace("RAW", "")]):
        bring({"lots": file}, header={"lots": said} if file == [other] else {}, corrects=True)
        assert rows(now) == [("MIX", '{"bin": 2}')]


def test_a_lot_that_became_of_another_type_waits_for_the_gates_of_that_type(
    every_day, rows
) -> None:
    state = (
        "select disposition from lot_states(array(select lot_id from lots where lot_code = 'A'))"
    )
    every_day({"lots": TWO, "qc_decisions": [f"A,PASS,{AT},seen,1"]})
    every_day(
        {"lots": [TWO[0].replace("RAW", "FG"), TWO[1]], "qc_decisions": [f"A,PASS,{AT},seen,1"]}
    )

    assert rows("select lot_type from lots order by lot_code") == ["FG", "RAW"]
    assert rows(state) == ["pending"]


def test_a_type_that_the_process_does_not_have_is_no_correction(every_day, rows) -> None:
    every_day({"lots": TWO})
    every_day({"lots": [TWO[0].replace("RAW", "PIE"), TWO[1]]})

    assert rows("select lot_type from lots order by lot_code") == ["RAW", "RAW"]
    assert "lot_type must be one of" in rows("select reason from rows_set_aside")[0]
