"""A plant's process is data: what a version changes, what it leaves as it was, what is refused."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest

from dashboards.commands.authority import Person
from dashboards.commands.decisions import decide
from dashboards.commands.lots import register_lot
from dashboards.commands.process import Process
from dashboards.commands.process.applying import apply_process, changes_of
from dashboards.commands.process.guards import ProcessRefused
from dashboards.commands.process.reading import process_in_force
from dashboards.commands.readings import record_reading
from dashboards.commands.refusals import BadValue, DecisionRefused, NotPermitted
from dashboards.exports.process_files import process_files
from dashboards.imports.process_folder import TEMPLATES, read_process, template_names
from sql.record.transactions import Transaction
from tests.engines import ask
from tests.plants import gate_id_of

WHY = "asked for by the food safety team"
NOTHING = dict.fromkeys(("lower_bound", "upper_bound", "word", "in_force_until"))
SCOPE = ("lot_type", "product_code", "storage_class", "in_force_from")


def change(process: Process, kind: str, key: tuple, **columns) -> Process:
    """Return the process with a part stated otherwise; without columns: without the part."""
    parts = dict(process.of(kind))
    if columns:
        parts[key] = {**parts.get(key, {}), **columns}
    else:
        del parts[key]
    return process.with_parts(kind, parts)


def with_limit(process: Process, gate: int, characteristic: str, unit: str, **says) -> Process:
    """Return the process with a limit at a gate; what isn't said of it is empty."""
    scope = {name: says.pop(name, None) for name in SCOPE}
    key = (D(gate), characteristic, unit, *scope.values())
    named = {"gate_number": D(gate), "characteristic": characteristic, "unit": unit}
    return change(process, "limits", key, **named, **scope, **NOTHING | says)


def applied(transaction: Transaction, by: Person | None, wanted: Process) -> int:
    return apply_process(transaction, by=by, wanted=wanted, reason=WHY)[0]


def state(transaction: Transaction, lot_code: str) -> str:
    """Return what a lot is, as its page and as every list of lots say it."""
    (of_page,) = ask(
        transaction,
        "select lot_disposition(lot_id), disposition from lots inner join all_lot_states using"
        " (lot_id) where lot_code = :code",
        code=lot_code,
    )
    assert of_page[0] == of_page[1]
    return of_page[0]


def received(transaction: Transaction, by: Person, code: str, **facts) -> None:
    facts = {"lot_type": "RAW", "weight_kg": 300} | facts
    register_lot(transaction, by=by, lot_code=code, **facts)


def passed(transaction: Transaction, by: Person, code: str, celsius: str | None, at=None) -> None:
    decide(
        transaction,
        by=by,
        lot_code=code,
        decision="PASS",
        temperature_c=celsius,
        gate_id=gate_id_of(transaction, 1),
        happened_at=at,
    )


def product(transaction: Transaction, code: str, storage_class: str | None) -> None:
    ask(
        transaction,
        "insert into facts.products (product_code, name, storage_class)"
        " values (:code, :code, :kept)",
        code=code,
        kept=storage_class,
    )


def test_every_template_reads_back_what_it_says(transaction, people, tmp_path) -> None:
    """Kebab is what a record begins with; each other one, taken and written out, is its files."""
    begun = process_in_force(transaction)
    assert template_names() == ["bakery", "blank", "dairy", "kebab", "sauces"]
    assert changes_of(transaction, read_process(TEMPLATES / "kebab")) == []
    for name in ("bakery", "dairy", "sauces", "blank", "kebab"):
        applied(transaction, people["MANAGER"], read_process(TEMPLATES / name))
        written = process_files(process_in_force(transaction))
        for file, text in written.items():
            (tmp_path / file).write_text(text, encoding="utf-8")
        assert read_process(tmp_path).parts == read_process(TEMPLATES / name).parts, name
        assert transaction.value("process_name") == name
    assert process_in_force(transaction).parts == begun.parts


def test_a_process_that_reads_like_that_already_makes_no_version(transaction, people) -> None:
    with pytest.raises(BadValue, match="reads like that already"):
        applied(transaction, people["MANAGER"], process_in_force(transaction))
    assert len(transaction.all("process_history")) == 1


def test_managers_change_the_process_with_a_reason_and_nobody_else_does(
    transaction, people
) -> None:
    wanted = change(process_in_force(transaction), "phases", (1,), name_en="Goods in")
    for role in ("AUDITOR", "OPERATOR", "VIEWER"):
        with pytest.raises(NotPermitted):
            applied(transaction, people[role], wanted)
    with pytest.raises(BadValue, match="10 characters"):
        apply_process(transaction, by=people["ADMIN"], wanted=wanted, reason="because")
    version = applied(transaction, people["ADMIN"], wanted)
    newest = transaction.all("process_history")[0]
    assert (newest["version_id"], newest["applied_by"], newest["reason"]) == (version, "Admin", WHY)


def test_a_limit_relaxed_on_the_first_of_june_accuses_nobody_after_and_catches_those_before(
    transaction, people
) -> None:
    """Its readings are judged by the limit of their moment, whenever somebody asks."""
    manager = people["MANAGER"]
    now = datetime.now(UTC)
    june = now - timedelta(hours=5)
    received(transaction, manager, "R", happened_at=now - timedelta(hours=9))
    process = process_in_force(transaction)
    applied(
        transaction,
        manager,
        with_limit(process, 1, "surface_temperature", "C", upper_bound=D(6), in_force_from=june),
    )
    for celsius, at in (("5", june - timedelta(hours=1)), ("5", june), ("6.5", june)):
        record_reading(
            transaction,
            by=manager,
            lot_code="R",
            characteristic="surface temperature",
            value=celsius,
            unit="°C",
            gate_id=gate_id_of(transaction, 1),
            happened_at=at,
        )
    rows = transaction.all("readings_of_lot", lot_id=lot_id(transaction, "R"))
    assert {(row["value"], row["happened_at"] >= june): row["within"] for row in rows} == {
        (D(5), False): False,
        (D(5), True): True,
        (D("6.5"), True): False,
    }
    with pytest.raises(DecisionRefused, match="critical limit of 4 °C"):
        passed(transaction, manager, "R", "5", at=june - timedelta(hours=2))
    passed(transaction, manager, "R", "5", at=june + timedelta(minutes=1))


def lot_id(transaction: Transaction, code: str) -> int:
    return one(transaction, "select lot_id from lots where lot_code = :code", code=code)


def one(transaction: Transaction, select: str, **values):
    """Return the only value of a select."""
    ((found,),) = ask(transaction, select, **values)
    return found


def test_a_limit_changed_without_a_date_holds_from_now_on(transaction, people) -> None:
    """What was decided under the old one stays judged by it."""
    manager = people["MANAGER"]
    received(transaction, manager, "R", happened_at=datetime.now(UTC) - timedelta(hours=2))
    passed(transaction, manager, "R", "3.5")
    tighter = with_limit(
        process_in_force(transaction), 1, "surface_temperature", "C", upper_bound=D(3)
    )
    ((said),) = changes_of(transaction, tighter)
    assert "surface temperature at gate 1 for all lots, ≤ 4 °C → ≤ 3 °C" in str(said)
    applied(transaction, manager, tighter)
    limits = process_in_force(transaction).of("limits")
    mine = [part for key, part in limits.items() if key[1:6] == tighter_key()]
    assert [part["upper_bound"] for part in mine] == [D(4), D(3)]
    with pytest.raises(DecisionRefused, match="critical limit of 3 °C"):
        passed(transaction, manager, "R", "3.5")


def tighter_key() -> tuple:
    return ("surface_temperature", "C", None, None, None)


def test_the_most_specific_limit_counts(transaction, people) -> None:
    """Product before storage class before type before all; spice at 18 °C passes Receipt."""
    manager = people["MANAGER"]
    process = process_in_force(transaction)
    for scope, bound in (
        ({"lot_type": "RAW"}, D(3)),
        ({"product_code": "OYSTER"}, D(2)),
        ({"product_code": "HONEY"}, D(30)),
    ):
        process = with_limit(process, 1, "surface_temperature", "C", upper_bound=bound, **scope)
    for code, kept in (
        ("SPICE", "AMBIENT"),
        ("MEAT", "CHILLED"),
        ("ICE", "FROZEN"),
        ("OYSTER", "CHILLED"),
        ("HONEY", "FROZEN"),
        ("PLAIN", None),
    ):
        product(transaction, code, kept)
    applied(transaction, manager, process)
    passes = {
        "SPICE": ("18", None),
        "MEAT": ("4", "5"),
        "ICE": ("-18", "-17"),
        "OYSTER": ("2", "2.5"),
        "HONEY": ("30", "31"),
        "PLAIN": ("3", "3.5"),
    }
    for code, (good, bad) in passes.items():
        received(transaction, manager, f"L-{code}", product_code=code)
        if bad is not None:
            with pytest.raises(DecisionRefused, match="critical limit"):
                passed(transaction, manager, f"L-{code}", bad)
        passed(transaction, manager, f"L-{code}", good)


def test_a_gate_added_later_takes_back_no_release_and_holds_for_lots_made_since(
    transaction, people
) -> None:
    manager = people["MANAGER"]
    received(transaction, manager, "OLD", happened_at=datetime.now(UTC) - timedelta(hours=2))
    passed(transaction, manager, "OLD", "3")
    assert state(transaction, "OLD") == "released"
    process = process_in_force(transaction)
    gate = {**process.of("gates")[D(3),], "name_en": "Smell", "lot_types": ("RAW",)}
    applied(transaction, manager, change(process, "gates", (D(2),), **gate | {"gate_number": D(2)}))
    received(transaction, manager, "NEW", happened_at=datetime.now(UTC) + timedelta(seconds=1))
    passed(transaction, manager, "NEW", "3", at=datetime.now(UTC) + timedelta(seconds=2))

    assert [state(transaction, code) for code in ("OLD", "NEW")] == ["released", "pending"]
    waited = transaction.all("gates_waited_for", lot_id=lot_id(transaction, "NEW"))
    assert [row["gate_number"] for row in waited] == [2]
    assert one(transaction, "select gate_id from waiting_lots") == gate_id_of(transaction, 2)
    applied(transaction, manager, process)
    assert state(transaction, "NEW") == "released"
    with pytest.raises(DecisionRefused, match="is no gate of this plant any more"):
        decide(
            transaction,
            by=manager,
            lot_code="OLD",
            decision="PASS",
            gate_id=one(transaction, "select gate_id from qc_gates where gate_number = 2"),
        )


def test_a_critical_gate_that_measures_no_temperature_asks_for_none(transaction, people) -> None:
    """A metal detector has no number at all; the oven beside it has one."""
    manager = people["MANAGER"]
    applied(transaction, manager, read_process(TEMPLATES / "bakery"))
    for code, kind in (("BREAD", "BAKED"), ("BAG", "PACK")):
        register_lot(transaction, by=manager, lot_code=code, lot_type=kind, weight_kg=100)

    def pass_at(code: str, gate: int, celsius: str | None) -> None:
        decide(
            transaction,
            by=people["OPERATOR"],
            lot_code=code,
            decision="PASS",
            gate_id=gate_id_of(transaction, gate),
            temperature_c=celsius,
        )

    pass_at("BAG", 7, None)
    with pytest.raises(BadValue, match="enter the measured temperature"):
        pass_at("BREAD", 5, None)
    with pytest.raises(DecisionRefused, match="93.9 °C is colder than the critical limit of 94 °C"):
        pass_at("BREAD", 5, "93.9")
    pass_at("BREAD", 5, "96.4")


def test_what_is_plausible_is_the_processs_and_a_manager_may_insist(transaction, people) -> None:
    """A tanker of 24,850 kg, a retort of 121.1 °C: refused by the kebab maker, not by a dairy."""
    operator, manager = people["OPERATOR"], people["MANAGER"]
    with pytest.raises(BadValue, match="Weight is 24850; it must be 0 to 10000"):
        received(transaction, operator, "TANK", weight_kg="24850")
    with pytest.raises(BadValue, match="Temperature is 121.1; it must be -50 to 100"):
        received(transaction, operator, "CAN", temperature_c="121.1")
    with pytest.raises(NotPermitted):
        received(transaction, operator, "TANK", weight_kg="24850", beyond_reason="a whole tanker")
    received(transaction, manager, "TANK", weight_kg="24850", beyond_reason="a whole tanker")
    for impossible in ({"weight_kg": "1000000000"}, {"temperature_c": "-273.16"}):
        with pytest.raises(BadValue):
            received(transaction, manager, "NO", beyond_reason="a whole tanker", **impossible)
    kept = ask(transaction, "select lot_code, beyond_reason from lots").fetchall()
    assert kept == [("TANK", "a whole tanker")]


def test_a_dairy_takes_a_tanker_and_refuses_a_type_that_it_does_not_make(
    transaction, people
) -> None:
    applied(transaction, people["MANAGER"], read_process(TEMPLATES / "dairy"))
    received(transaction, people["OPERATOR"], "TANK-1", lot_type="MILK", weight_kg="24850")
    with pytest.raises(BadValue, match="MILK ING SILO PAST CHEESE WHEY PACK, not 'RAW'"):
        received(transaction, people["OPERATOR"], "TANK-2")


BAD = [
    ("limits", lambda p: with_limit(p, 1, "x", "C", lower_bound=D(5), upper_bound=D(4)), "above"),
    (
        "limits",
        lambda p: with_limit(p, 99, "x", "C", upper_bound=D(4)),
        "gate_number '99': is no gate",
    ),
    ("limits", lambda p: with_limit(p, 1, "x", "", upper_bound=D(4)), "a number has a unit"),
    ("limits", lambda p: with_limit(p, 1, "x", "C", upper_bound=D(4), word="ok"), "two limits"),
    ("limits", lambda p: with_limit(p, 1, "x", "C", word="fine"), "must be one of detected"),
    ("limits", lambda p: with_limit(p, 1, "x", "C", upper_bound=D(4), product_code="?"), "product"),
    ("gates", lambda p: change(p, "gates", (D(1),), lot_types=("RAW", "XXX")), "no lot type"),
    ("gates", lambda p: change(p, "gates", (D(1),), phase_number=77), "is no phase"),
    ("gates", lambda p: change(p, "gates", (D(1),), gate_type="WALL"), "CHECKPOINT, BLOCKING"),
    (
        "rules",
        lambda p: change(
            p,
            "rules",
            ("LONGEST_WAIT", "RAW", None),
            rule="LONGEST_WAIT",
            lot_type="RAW",
            input_lot_type=None,
            hours=None,
        ),
        "hours are",
    ),
    ("lot_types", lambda p: p.with_parts("lot_types", {}), "one type at least"),
]


def test_a_process_that_contradicts_itself_is_refused_naming_the_part(transaction, people) -> None:
    process = process_in_force(transaction)
    for kind, spoil, said in BAD:
        with pytest.raises(ProcessRefused) as refusal:
            applied(transaction, people["MANAGER"], spoil(process))
        assert said in str(refusal.value), refusal.value
        assert kind in {problem.kind for problem in refusal.value.problems}
    assert len(transaction.all("process_history")) == 1


def test_a_process_that_would_leave_lots_without_their_type_or_gate_is_refused(
    transaction, people
) -> None:
    manager = people["MANAGER"]
    received(transaction, manager, "R")
    decide(
        transaction,
        by=manager,
        lot_code="R",
        decision="HOLD",
        notes="torn packaging",
        temperature_c=3,
        gate_id=gate_id_of(transaction, 1),
    )
    process = process_in_force(transaction)
    without_gate = change(process, "gates", (D(1),))
    for kind in ("limits", "checklists"):
        parts = {key: part for key, part in without_gate.of(kind).items() if key[0] != D(1)}
        without_gate = without_gate.with_parts(kind, parts)
    serves_others = change(process, "gates", (D(1),), lot_types=("DEB",))
    for wanted in (without_gate, serves_others):
        with pytest.raises(ProcessRefused, match="1 lots, such as R, stand on HOLD or FAIL"):
            applied(transaction, manager, wanted)
    with pytest.raises(ProcessRefused, match="1 lots have the type RAW"):
        applied(transaction, manager, read_process(TEMPLATES / "bakery"))


def test_a_folder_names_file_line_field_and_value_of_what_it_may_not_hold(tmp_path) -> None:
    from dashboards.commands.import_files import ImportRejected

    good = {name: text for name, text in files_of("blank").items()}
    head = files_of("kebab")["limits.csv"].splitlines()[0]
    bad = {
        "limits.csv": f"{head}\n1,t,C,,,,,warm,4,,\n1,u,C,,,,1 June,,4,,\n",
        "gates.csv": good["gates.csv"] + "1,A,Á,LOT,INFO,perhaps,\n2,,B,,INFO,no,\n",
        "lot_types.csv": good["lot_types.csv"] + "LOT,again,megint,2,MADE,,,,,,\n",
        "phases.csv": "number,name\n1,x\n",
        "gate.csv": "",
    }
    for name, text in (good | bad).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ImportRejected) as rejected:
        read_process(tmp_path)
    found = {(one.file, one.line, one.column) for one in rejected.value.rejections}
    assert found == {
        ("limits.csv", 2, "lower_bound"),
        ("limits.csv", 3, "in_force_from"),
        ("gates.csv", 2, "is_ccp"),
        ("gates.csv", 3, "name_en"),
        ("lot_types.csv", 3, "lot_type"),
        ("phases.csv", 1, "header"),
        ("gate.csv", 1, ""),
    }


def files_of(template: str) -> dict[str, str]:
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in sorted((TEMPLATES / template).glob("*.csv"))
    }
