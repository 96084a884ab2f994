"""A critical gate may have a lowest temperature, a highest one, or both: each is said in words."""

from decimal import Decimal as D

import pytest
from sqlalchemy import text

from dashboards.commands.decisions import decide
from dashboards.commands.lots import register_lot
from dashboards.commands.measured import beyond_limits
from dashboards.commands.refusals import DecisionRefused
from sql.record.engine import DatabaseRole, Record
from tests.cases import each_of
from tests.engines import engine_of
from tests.plants import gate_id_of

COLD = "colder than the critical limit of -2 °C"
WARM = "warmer than the critical limit of 4 °C"
BOTH = "; it must be -2 °C to 4 °C"


@each_of(
    ("measured", "lowest", "highest", "said"),
    [
        ("-5", "-2", "4", f"-5 °C is {COLD}{BOTH}"),
        ("4.1", "-2", "4", f"4.1 °C is {WARM}{BOTH}"),
        ("-2", "-2", "4", None),
        ("4.00", "-2", "4", None),
        ("-5", "-2", None, f"-5 °C is {COLD}"),
        ("70", "-2", None, None),
        ("5", None, "4.000", f"5 °C is {WARM}"),
        ("-40", None, "4", None),
        ("99", None, None, None),
        ("121", "121.1", None, "121 °C is colder than the critical limit of 121.1 °C"),
        ("100", "120", None, "100 °C is colder than the critical limit of 120 °C"),
    ],
)
def test_the_limit_that_is_broken_is_named_with_what_would_keep_it(
    measured, lowest, highest, said
) -> None:
    bounds = [None if bound is None else D(bound) for bound in (measured, lowest, highest)]

    assert beyond_limits(*bounds) == said


@pytest.mark.parametrize(
    ("bounds", "measured", "said"),
    [
        (("63", "null"), 60, "60 °C is colder than the critical limit of 63 °C. Decide HOLD"),
        (("-2", "4"), -5, "-5 °C is colder than the critical limit of -2 °C; it must be"),
    ],
    ids=["lower alone", "both"],
)
def test_a_pass_below_the_lower_bound_is_refused_in_words(
    record, people, database, bounds, measured, said
) -> None:
    """The gate's own upper limit, 4 °C at Receipt, is taken out of the way by another gate."""
    owner = Record(database, DatabaseRole.OWNER)
    with engine_of(owner).begin() as connection:
        connection.execute(
            text(
                "with added as (insert into facts.qc_gates (gate_number, phase_id, name_en,"
                " name_hu, gate_type, is_ccp) values (99, 1, 'Retort', 'R', 'CHECKPOINT', true)"
                " returning gate_id) insert into facts.gate_limits (gate_id, characteristic, unit,"
                f" lower_bound, upper_bound) select gate_id, 'core', 'C', {bounds[0]}, {bounds[1]}"
                " from added"
            )
        )
    owner.close()
    by = people["OPERATOR"]
    with record.transaction() as opened:
        register_lot(opened, by=by, lot_code="CAN")
        gate = gate_id_of(opened, 99)
        with pytest.raises(DecisionRefused) as refusal:
            decide(
                opened,
                by=by,
                lot_code="CAN",
                decision="PASS",
                gate_id=gate,
                temperature_c=measured,
            )
    assert f"can't pass Gate 99 Retort: {said}" in str(refusal.value)
