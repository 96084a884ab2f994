"""A plant has words of its own for decisions; each counts as PASS, HOLD or FAIL."""

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.lots import register_lot
from dashboards.commands.process import Process
from dashboards.commands.process.applying import apply_process
from dashboards.commands.process.reading import process_in_force
from dashboards.commands.refusals import BadValue
from dashboards.exports.process_files import process_files
from dashboards.imports.csv_folder import ImportRejected, import_folder
from dashboards.imports.process_folder import TEMPLATES, read_process
from tests.engines import ask
from tests.plants import gate_id_of, just_confirmed

WHY = "asked for by the food safety team"
LOTS = (
    "lot_code,lot_type,product_code,weight_kg,happened_at\nSOUP-1,RAW,,80,2026-05-04T06:00+02:00\n"
)
HEADINGS = "lot_code,decision,happened_at,gate_number,notes\n"


def say_words(transaction, by, **words: str | None) -> Process:
    """Give the plant words, each with what it counts as; None takes one away."""
    process = process_in_force(transaction)
    kept = {(word,): part for (word,), part in process.of("decisions").items() if word not in words}
    for word, counts_as in words.items():
        if counts_as is not None:
            named = {"decision": word, "name_en": word.lower(), "name_hu": word.lower()}
            kept[word,] = {**named, "counts_as": counts_as}
    wanted = process.with_parts("decisions", kept)
    apply_process(transaction, by=by, wanted=wanted, reason=WHY)
    return wanted


def decisions_of(transaction, lot_code: str) -> list[tuple[str, str | None]]:
    rows = ask(
        transaction,
        "select decision, notes from qc_decisions inner join lots using (lot_id)"
        " where lot_code = :code order by decision_id",
        code=lot_code,
    )
    return [tuple(row) for row in rows]


def test_a_word_counts_as_what_the_process_says_and_stands_in_the_notes(
    transaction, people
) -> None:
    say_words(transaction, people["MANAGER"], QUARANTINE="HOLD", WAIVED="PASS")
    register_lot(
        transaction, by=people["OPERATOR"], lot_code="SOUP-1", lot_type="RAW", weight_kg=80
    )
    gate = gate_id_of(transaction, 1)
    lot = {"lot_code": "SOUP-1", "gate_id": gate, "temperature_c": 3}
    decide(
        transaction, by=people["OPERATOR"], decision="QUARANTINE", notes="dented cans below", **lot
    )
    held = transaction.one("lot_shown", lot_code="SOUP-1")["disposition"]
    decide(
        transaction,
        by=people["MANAGER"],
        decision="WAIVED",
        notes="sorted by hand, the rest is sound",
        confirmation=just_confirmed(people["MANAGER"]),
        **lot,
    )

    assert held == "hold"
    assert transaction.one("lot_shown", lot_code="SOUP-1")["disposition"] == "released"
    assert decisions_of(transaction, "SOUP-1") == [
        ("HOLD", "QUARANTINE: dented cans below"),
        ("PASS", "WAIVED: sorted by hand, the rest is sound"),
    ]


def test_a_word_for_a_hold_needs_notes_as_a_hold_does(transaction, people) -> None:
    say_words(transaction, people["MANAGER"], QUARANTINE="HOLD")
    register_lot(transaction, by=people["OPERATOR"], lot_code="SOUP-1", lot_type="RAW")
    with pytest.raises(BadValue, match="at least 10 characters"):
        decide(
            transaction,
            by=people["OPERATOR"],
            lot_code="SOUP-1",
            decision="QUARANTINE",
            notes="dented",
            temperature_c=3,
            gate_id=gate_id_of(transaction, 1),
        )


def test_a_word_that_nobody_made_or_that_was_retired_is_refused(transaction, people) -> None:
    say_words(transaction, people["MANAGER"], QUARANTINE="HOLD", WAIVED="PASS")
    say_words(transaction, people["MANAGER"], WAIVED=None)
    register_lot(transaction, by=people["OPERATOR"], lot_code="SOUP-1", lot_type="RAW")
    for word in ("WAIVED", "quarantine", "OK"):
        with pytest.raises(BadValue, match=f"words: QUARANTINE, not '{word}'"):
            decide(transaction, by=people["OPERATOR"], lot_code="SOUP-1", decision=word)


def test_an_import_takes_the_words_and_the_same_file_again_adds_nothing(
    transaction, people, tmp_path
) -> None:
    say_words(transaction, people["MANAGER"], QUARANTINE="HOLD", WAIVED="PASS")
    (tmp_path / "lots.csv").write_text(LOTS)
    (tmp_path / "qc_decisions.csv").write_text(
        f"{HEADINGS}SOUP-1,QUARANTINE,2026-05-04T07:00+02:00,1,dented\n"
        "SOUP-1,WAIVED,2026-05-05T07:00+02:00,1,\nSOUP-1,FAIL,2026-05-06T07:00+02:00,,rust\n"
    )
    first = import_folder(transaction, [tmp_path], by=people["MANAGER"])
    again = import_folder(transaction, [tmp_path], by=people["MANAGER"])

    assert (first["qc_decisions"], again["qc_decisions"]) == (3, 0)
    assert decisions_of(transaction, "SOUP-1") == [
        ("HOLD", "QUARANTINE: dented"),
        ("PASS", "WAIVED"),
        ("FAIL", "rust"),
    ]


def test_an_import_names_each_word_that_the_process_does_not_have(
    transaction, people, tmp_path
) -> None:
    say_words(transaction, people["MANAGER"], QUARANTINE="HOLD")
    (tmp_path / "lots.csv").write_text(LOTS)
    (tmp_path / "qc_decisions.csv").write_text(
        f"{HEADINGS}SOUP-1,QUARANTINE,2026-05-04T07:00+02:00,1,dented\n"
        "SOUP-1,SCRAP,2026-05-05T07:00+02:00,1,\n"
        f"SOUP-1,QUARANTINE,2026-05-06T07:00+02:00,1,{'x' * 990}\n"
    )
    with pytest.raises(ImportRejected) as refused:
        import_folder(transaction, [tmp_path], by=people["MANAGER"])

    named = [(one.line, one.column, one.value) for one in refused.value.rejections]
    assert named == [(3, "decision", "SCRAP"), (4, "notes", "x" * 990)]
    assert "words: QUARANTINE" in refused.value.rejections[0].reason


def test_words_leave_and_come_back_with_the_process(transaction, people, tmp_path) -> None:
    wanted = say_words(transaction, people["MANAGER"], QUARANTINE="HOLD")
    for name, text in process_files(wanted).items():
        (tmp_path / name).write_text(text)

    assert read_process(tmp_path).of("decisions") == process_in_force(transaction).of("decisions")
    assert (
        dict(read_process(TEMPLATES / "sauces").of("decisions")["REWORK",])["counts_as"] == "HOLD"
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("PASS,Fine,Jó,PASS", "is a decision of every plant"),
        ("WAIVED,Waived,Eltekintve,RELEASE", "must be one of PASS, HOLD, FAIL"),
        ("on hold,Waits,Vár,HOLD", "without spaces"),
    ],
)
def test_a_word_that_can_not_be_is_refused_naming_it(
    transaction, people, tmp_path, row, said
) -> None:
    for name, text in process_files(process_in_force(transaction)).items():
        (tmp_path / name).write_text(text)
    file = tmp_path / "decisions.csv"
    file.write_text(file.read_text() + row + "\n")

    with pytest.raises(Exception, match=said) as refused:
        wanted = read_process(tmp_path)
        apply_process(transaction, by=people["MANAGER"], wanted=wanted, reason=WHY)
    assert "decisions.csv line 2" in str(refused.value)
