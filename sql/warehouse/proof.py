"""Whether the working file is sound, proven from the steps noted in it.

Sound: every table copied in one snapshot, every model built from that by the code of now, and
every check that blocks passed since. Whoever publishes asks for the proof, and so does the run that
goes on from the file: nobody publishes what a rule rejected, however the steps were started.
Nothing is written here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sql.errors import NotSound
from sql.warehouse.copied_tables import copied_tables
from sql.warehouse.evidence import BUILT, CHECKED, COPIED, code_of, last_step_number, steps_of
from sql.warehouse.models import ModelKind, load_model, model_names
from sql.warehouse.rules import Severity, ruled_tables, rules_of
from sql.warehouse.working_file import Warehouse

# The two checks that block and are no rules: of a copy, and of the closure against live traces.
CONTRACT = "keeps_its_contract"
AGREEMENT = "closure_and_live_trace_agree"
WALKED = "genealogy.ancestries"
BROKEN = "broken"


@dataclass(frozen=True)
class SoundRun:
    """Proof that the working file was sound after its step of this number; see `prove`."""

    step_number: int


def prove(warehouse: Warehouse) -> SoundRun:
    """Return the proof that copies, models and blocking checks are all of now, and passed.

    Raises:
        NotSound: They aren't; the text names what is missing or failed.
    """
    # What is broken says more than what was left out because of it.
    gaps = sorted(_gaps(warehouse), key=lambda gap: not gap.endswith(BROKEN))
    if gaps:
        raise NotSound(gaps)
    return SoundRun(last_step_number(warehouse))


def _gaps(warehouse: Warehouse) -> Iterator[str]:
    """Say what keeps the file from being sound."""
    copied, code = steps_of(warehouse, COPIED), code_of(warehouse)
    for table in copied_tables():
        if table not in copied or copied[table].fingerprint != code:
            yield f"raw.{table} is not copied by this version"
    built = steps_of(warehouse, BUILT)
    made = {f"raw.{table}": step.number for table, step in copied.items()}
    made |= {name: step.number for name, step in built.items()}
    for name in model_names():
        model, step = load_model(name), built.get(name)
        if step is None or step.fingerprint != model.fingerprint:
            yield f"{name} is not built from these copies by this version"
        elif model.kind is not ModelKind.VIEW and _latest(made, model.reads()) > step.number:
            yield f"{name} was built before what it reads"
    checked = steps_of(warehouse, CHECKED)
    for table, name, reads in _blocking_checks():
        step = checked.get(f"{table} {name}")
        sentence = f"{table}: {name.replace('_', ' ')}"
        if step is None or _latest(made, reads) > step.number:
            yield f"{sentence}: not checked"
        elif not step.passed:
            yield f"{sentence}: {BROKEN}"


def _latest(made: Mapping[str, int], tables: Iterable[str]) -> int:
    """Return the step that last changed what these tables hold; a view holds what it reads."""
    latest = 0
    for table in tables:
        latest = max(latest, made.get(table, 0))
        if table in model_names() and load_model(table).kind is ModelKind.VIEW:
            latest = max(latest, _latest(made, load_model(table).reads()))
    return latest


def _blocking_checks() -> Iterator[tuple[str, str, list[str]]]:
    """Name the table of each check that blocks, the check, and the tables it reads."""
    for table in copied_tables():
        yield f"raw.{table}", CONTRACT, [f"raw.{table}"]
    yield WALKED, AGREEMENT, [WALKED, "raw.lots"]
    for table in ruled_tables():
        for rule in rules_of(table):
            if rule.severity is Severity.BLOCKS:
                yield table, rule.name, rule.reads()
