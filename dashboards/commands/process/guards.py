"""What no process may say by itself.

A guard reads and finds problems; it never writes. Every problem names its part, field, value and
the way out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from dashboards.commands.process.differences import named_part
from dashboards.commands.process.parts import KINDS, Key, Part, Process
from dashboards.commands.refusals import Refusal
from sql.process_words import LotOrigin, ProcessRule, ProcessSetting, StorageClass
from sql.vocabulary import Decision, GateType, ResultWord

SHOWN = 12
WORDS: dict[tuple[str, str], type[StrEnum]] = {
    ("lot_types", "origin"): LotOrigin,
    ("gates", "gate_type"): GateType,
    ("limits", "word"): ResultWord,
    ("limits", "storage_class"): StorageClass,
    ("rules", "rule"): ProcessRule,
    ("decisions", "counts_as"): Decision,
    ("settings", "setting"): ProcessSetting,
}
# What a part names of another kind: (kind, column) -> (kind, what it is called there).
NAMES = {
    ("gates", "lot_types"): "lot_types",
    ("gates", "phase_number"): "phases",
    ("checklists", "gate_number"): "gates",
    ("limits", "gate_number"): "gates",
    ("limits", "lot_type"): "lot_types",
    ("rules", "lot_type"): "lot_types",
    ("rules", "input_lot_type"): "lot_types",
}
OF_PALLETS = (ProcessRule.PALLET_OF_ONE_PRODUCT, ProcessRule.PALLET_OF_ONE_CUSTOMER)
IN_ORDER = [
    ("lot_types", "lightest_kg", "heaviest_kg"),
    ("lot_types", "coldest_c", "warmest_c"),
    ("limits", "lower_bound", "upper_bound"),
]


@dataclass(frozen=True)
class Problem:
    """Why a process can't be taken: the part, its field and value, the rule and the way out."""

    kind: str
    key: Key
    column: str
    value: Any
    text: str


class ProcessRefused(Refusal):
    """A process can't be taken; nothing was changed."""

    code = "PROCESS"

    def __init__(self, process: Process, problems: list[Problem]) -> None:
        """Keep every problem; the text says where the first few stand."""
        self.problems = problems
        lines = [said_where(process, problem) for problem in problems[:SHOWN]]
        if len(problems) > SHOWN:
            lines.append(f"and {len(problems) - SHOWN} more")
        super().__init__("\n".join(["The process was not changed.", *lines]))


def said_where(process: Process, problem: Problem) -> str:
    """Say a problem with its file and line, or with the part it is about."""
    place = process.places.get((problem.kind, problem.key))
    value = "" if problem.value is None else f" {str(problem.value)[:40]!r}"
    if place is not None:
        file, line = place
        return f"{file} line {line} {problem.column}{value}: {problem.text}"
    part = process.of(problem.kind).get(problem.key)
    named = "" if part is None else f" {named_part(problem.kind, part)}"
    return (
        f"{KINDS[problem.kind].thing.capitalize()}{named}, {problem.column}{value}: {problem.text}"
    )


def problems_within(process: Process) -> Iterator[Problem]:
    """Find what a process says against itself."""
    if not process.of("lot_types"):
        yield Problem(
            "lot_types", (), "lot_type", None, "is needed: a plant has one type at least."
        )
    for kind in KINDS:
        for key, part in process.of(kind).items():
            yield from _wrong_values(process, kind, key, part)
            yield from _unknown_names(process, kind, key, part)
    for key, part in process.of("rules").items():
        if (part["rule"] == ProcessRule.LONGEST_WAIT) != (part["hours"] is not None):
            text = "hours are needed by LONGEST_WAIT, and by no other rule."
            yield Problem("rules", key, "hours", part["hours"], text)
        if part["rule"] in OF_PALLETS and part["input_lot_type"] is not None:
            text = "is of what goes into a lot; nothing goes into one on a pallet. Leave it empty."
            yield Problem("rules", key, "input_lot_type", part["input_lot_type"], text)


def _wrong_values(process: Process, kind: str, key: Key, part: Part) -> Iterator[Problem]:
    """Find words that nobody knows, bounds out of order, and a word beside a number."""
    for (of_kind, column), words in WORDS.items():
        if of_kind == kind and part[column] is not None and part[column] not in set(words):
            text = f"must be one of {', '.join(words)}."
            yield Problem(kind, key, column, part[column], text)
    for of_kind, low, high in IN_ORDER:
        if of_kind == kind and None not in (part[low], part[high]) and part[low] > part[high]:
            text = f"{low} {part[low]} is above {high} {part[high]}. Exchange them."
            yield Problem(kind, key, low, part[low], text)
    if kind == "limits":
        if part["word"] is not None and (part["lower_bound"], part["upper_bound"]) != (None, None):
            text = "a limit asks for a word or for a number. Make it two limits."
            yield Problem(kind, key, "word", part["word"], text)
        if not part["unit"] and part["word"] is None:
            text = "a number has a unit; pH is its own. Say it."
            yield Problem(kind, key, "unit", None, text)
        since, until = part["in_force_from"], part["in_force_until"]
        if None not in (since, until) and until <= since:
            text = "must lie after in_force_from."
            yield Problem(kind, key, "in_force_until", until, text)
    if kind == "lot_types":
        ratio = part["yield_tolerance_ratio"]
        if ratio is not None and not 0 <= ratio <= 1:
            text = "is a part of the whole: 0.05 means 5%."
            yield Problem(kind, key, "yield_tolerance_ratio", ratio, text)


def _unknown_names(process: Process, kind: str, key: Key, part: Part) -> Iterator[Problem]:
    """Find names of types, phases and gates that the process doesn't have."""
    for (of_kind, column), named in NAMES.items():
        if of_kind != kind:
            continue
        value = part[column]
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        for one in values:
            if (one,) not in process.of(named):
                known = ", ".join(str(value_said(name)) for (name,) in process.of(named)) or "none"
                thing = KINDS[named].thing
                text = f"is no {thing} of this process ({known}). Name one, or add it to {named}."
                yield Problem(kind, key, column, value_said(one), text)


def value_said(value: Any) -> Any:
    """Say a value as it is typed."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
