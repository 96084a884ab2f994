"""What is in logistic units, step by step; which step can't follow on those before it.

Nothing is asked of the record and nothing written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from dashboards.commands.wording import kilograms
from sql.packings import PackingKind

Found = tuple["Step", str, str]


@dataclass(frozen=True)
class Step:
    """One row: something is put into a unit or taken out.

    Attributes:
        line: Its line in a file; None: the record holds it.
        sscc: The unit.
        kind: PACKED or UNPACKED.
        lot_code: The lot; or
        inner_sscc: the unit that goes in or comes out.
        quantity_kg: How much of a lot; None: unweighed, and all of it where it is taken out.
    """

    line: int | None
    sscc: str
    kind: str
    lot_code: str | None
    inner_sscc: str | None
    quantity_kg: Decimal | None

    def told(self, column: str) -> object:
        """Return what stands in a column."""
        return getattr(self, column)


def steps_out_of_place(steps: Iterable[Step]) -> Iterator[Found]:
    """Yield each step that can't be, the wrong column, and why; the rest goes on without it."""
    inside: dict[tuple[str, str | None], Decimal | None] = {}
    stands: dict[str, str] = {}
    for step in steps:
        if step.sscc is None or (step.lot_code is None) == (step.inner_sscc is None):
            continue  # rejected for what it says
        if step.inner_sscc is None:
            yield from _lot(step, inside)
        elif step.kind == PackingKind.PACKED:
            yield from _unit_in(step, step.inner_sscc, stands)
        elif stands.get(step.inner_sscc) == step.sscc:
            del stands[step.inner_sscc]
        else:
            yield step, "inner_sscc", f"is not in unit {step.sscc} then. {IN_ORDER}"


IN_ORDER = "Rows are taken in the file's order: what goes in stands before what comes out."


def _lot(step: Step, inside: dict[tuple[str, str | None], Decimal | None]) -> Iterator[Found]:
    """Put some of a lot in or take it out."""
    at, kg = (step.sscc, step.lot_code), step.quantity_kg
    has = inside.get(at)
    if step.kind == PackingKind.PACKED:
        is_known = at not in inside or (has is not None and kg is not None)
        inside[at] = (has or Decimal(0)) + kg if is_known and kg is not None else None
    elif at not in inside:
        yield step, "lot_code", f"is not in unit {step.sscc} then. {IN_ORDER}"
    elif kg is None or has == kg:
        del inside[at]
    elif has is not None and kg > has:
        reason = f"unit {step.sscc} holds {kilograms(has)} of lot {step.lot_code} then. {IN_ORDER}"
        yield step, "quantity_kg", reason
    elif has is not None:
        inside[at] = has - kg


def _unit_in(step: Step, inner: str, stands: dict[str, str]) -> Iterator[Found]:
    """Put a unit into another."""
    around, above = [], step.sscc
    while above is not None and above not in around:
        around.append(above)
        above = stands.get(above)
    if inner in around:
        yield step, "inner_sscc", f"can't be put into {step.sscc}, which stands in it then."
    elif inner in stands:
        reason = f"stands on unit {stands[inner]} then. Take it from there in a row before."
        yield step, "inner_sscc", reason
    else:
        stands[inner] = step.sscc
