"""What must hold of a production before it is recorded: its sides, its code, and no circle.

A guard reads and refuses; it never writes.
"""

from collections.abc import Sequence

from dashboards.commands import values
from dashboards.commands.refusals import BadValue, Cycle, SelfLink, Taken
from dashboards.commands.wording import site_time_of
from sql.record.transactions import Row, Transaction


def guard_sides(inputs: Sequence[str], outputs: Sequence[str]) -> None:
    """Refuse a production without inputs or outputs, and a lot that stands twice.

    Args:
        inputs: Codes of the lots that went in.
        outputs: Codes of the lots that came out.

    Raises:
        BadValue: A side is empty, or a lot stands twice on one.
        SelfLink: A lot stands on both.
    """
    for name, side in (("inputs", inputs), ("outputs", outputs)):
        if not side:
            what = "went in" if name == "inputs" else "came out"
            raise BadValue(f"Nothing {what}. Add at least one lot that {what}.", field=name)
        codes = [values.code(code, "lot_code") for code in side]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            raise BadValue(
                f"Lot {twice} stands twice among the {name}. Enter it once, with all of it.",
                field=name,
            )
    both = {code.strip() for code in inputs} & {code.strip() for code in outputs}
    if both:
        raise SelfLink(min(both))


def guard_production_code(transaction: Transaction, code: str) -> None:
    """Refuse the code of a production that stands.

    Raises:
        Taken: Names when that was, who recorded it, and the way out.
    """
    standing = transaction.one("production_standing", production_code=code)
    if standing is not None:
        raise Taken(
            f"Production {code} exists already: {site_time_of(standing)}, recorded "
            f"by {standing['recorded_by'] or 'an import'}. Use another code; a manager can void a "
            "production recorded by mistake.",
            field="production_code",
        )


def guard_circles(transaction: Transaction, used: Sequence[Row], made: Sequence[Row]) -> None:
    """Refuse an input that was itself made from an output.

    Raises:
        Cycle: Names both.
    """
    for output in made:
        for lot in used:
            if transaction.value("is_descendant", of_lot_id=output["lot_id"], lot_id=lot["lot_id"]):
                raise Cycle(lot["lot_code"], output["lot_code"])
