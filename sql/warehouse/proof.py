"""Whether the working file is sound, proven from the steps noted in it.

Sound: every table copied in one snapshot, every model built from that by the code of now, and
every check that blocks passed since. Whoever publishes asks for the proof, and so does the run that
goes on from the file: nobody publishes what a rule rejected, however the steps were started.
Nothing is written here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sql.errors import NotSound
from sql.warehouse.checks import Check, all_checks
from sql.warehouse.copied_tables import copied_tables
from sql.warehouse.evidence import BUILT, CHECKED, COPIED, code_of, last_step_number, steps_of
from sql.warehouse.models import ModelKind, load_model, model_names
from sql.warehouse.rules import Severity
from sql.warehouse.working_file import Warehouse

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


def checks_that_stand(warehouse: Warehouse) -> set[str]:
    """Name the checks whose last results speak about the tables as they are now, by key.

    A check stands when it looked after all that it reads was made, and that was made of the
    copies there are, by the code of now. Whether it passed is another matter.
    """
    state = _State(warehouse)
    return {key for key, check in all_checks().items() if state.stands(check)}


class _State:
    """What the notes in a working file say of its tables and checks."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Read the notes."""
        self.copied, self.code = steps_of(warehouse, COPIED), code_of(warehouse)
        self.built, self.checked = steps_of(warehouse, BUILT), steps_of(warehouse, CHECKED)
        self._made = {f"raw.{table}": step.number for table, step in self.copied.items()}
        self._made |= {name: step.number for name, step in self.built.items()}
        self.gaps = {f"raw.{table}": self._gap_of_copy(table) for table in copied_tables()}
        self.gaps |= {name: self._gap_of_model(name) for name in model_names()}

    def _gap_of_copy(self, table: str) -> str | None:
        """Say why a copy is not of now; None: it is."""
        if table in self.copied and self.copied[table].fingerprint == self.code:
            return None
        return f"raw.{table} is not copied by this version"

    def _gap_of_model(self, name: str) -> str | None:
        """Say why a model is not of now; None: it is, as far as it itself goes."""
        model, step = load_model(name), self.built.get(name)
        if step is None or step.fingerprint != model.fingerprint:
            return f"{name} is not built from these copies by this version"
        if model.kind is not ModelKind.VIEW and self._latest(model.reads()) > step.number:
            return f"{name} was built before what it reads"
        return None

    def is_of_now(self, table: str) -> bool:
        """Tell whether a table, and all that it follows from, was made of the copies there are."""
        if self.gaps[table] is not None:
            return False
        return table.startswith("raw.") or all(map(self.is_of_now, load_model(table).reads()))

    def is_after_what_it_reads(self, check: Check) -> bool:
        """Tell whether a check, as it asks now, looked after all that it reads was made."""
        step = self.checked.get(check.key)
        if step is None or step.fingerprint != check.fingerprint:
            return False
        return self._latest(check.reads) < step.number

    def stands(self, check: Check) -> bool:
        """Tell whether a check's last result speaks about the tables as they are now."""
        return self.is_after_what_it_reads(check) and all(map(self.is_of_now, check.reads))

    def _latest(self, tables: Iterable[str]) -> int:
        """Return the step that last changed what these tables hold; a view holds what it reads."""
        latest = 0
        for table in tables:
            latest = max(latest, self._made.get(table, 0))
            if table in model_names() and load_model(table).kind is ModelKind.VIEW:
                latest = max(latest, self._latest(load_model(table).reads()))
        return latest


def _gaps(warehouse: Warehouse) -> Iterator[str]:
    """Say what keeps the file from being sound."""
    state = _State(warehouse)
    yield from (gap for gap in state.gaps.values() if gap is not None)
    for check in all_checks().values():
        if check.severity is not Severity.BLOCKS:
            continue
        sentence = f"{check.table}: {check.name.replace('_', ' ')}"
        if not state.is_after_what_it_reads(check):
            yield f"{sentence}: not checked"
        elif not state.checked[check.key].passed:
            yield f"{sentence}: {BROKEN}"
