"""What goes wrong in the demo plant on purpose: when it befalls, and how it is found again.

The incidents, and nothing else, break a rule; `incidents` finds them from the facts alone. How
quality acts on one is in `demo_quality`; no lot is made or changed here.

warm_receipt       a RAW at 6.x °C, on HOLD for good, from which one DEB was made all the same
bad_supplier_lot   RAW lots of one supplier lot, rejected two weeks later: used and shipped by then
held_mix           a MIX on HOLD for good, skewered all the same; its rods were shipped
late_record        an FG whose decision is dated nine days after it was made
yield_out          a MIX about 12 % lighter than what went in
over_consumption   a spice lot that gives out a few hundred grams more than it weighed
"""

from datetime import datetime, timedelta
from decimal import Decimal

import polars

LATE_DAYS = 9
REJECTED_AFTER_DAYS = 14


def planned(working_days: int) -> dict[tuple[str, int], str]:
    """Plan what befalls the first lot of a type on a day, by type and day number."""
    return {
        ("MIX", working_days - 34): "yield_out",
        ("RAW", working_days - 24): "bad_supplier_lot",
        ("FG", working_days - 20): "late_record",
        ("MIX", working_days - 17): "held_mix",
        ("RAW", working_days - 13): "warm_receipt",
        ("RAW", working_days - 10): "open_hold",
        ("FRZ", working_days - 7): "open_hold",
        ("SKW", working_days - 5): "open_hold",
    }


def over_consumption_from(working_days: int) -> int:
    """Choose the day number from which the next spice lot to run out is overdrawn."""
    return working_days - 28


def incidents(frames: dict[str, polars.DataFrame]) -> dict[str, list[str]]:
    """Find the incidents' lot codes from the facts alone, by incident."""
    kind = dict(frames["lots"].select("lot_code", "lot_type").iter_rows())
    made_at = {code: datetime.fromisoformat(at) for code, at in _pairs(frames, "happened_at")}
    weight_kg = {code: Decimal(kilograms) for code, kilograms in _pairs(frames, "weight_kg")}
    given_kg, taken_kg = _flows(frames["genealogy"])
    latest = {row["lot_code"]: row for row in _decisions(frames)}
    parents = set(frames["genealogy"]["parent_lot_code"])
    used_on_hold = [
        code for code, row in latest.items() if row["decision"] == "HOLD" and code in parents
    ]
    late = [
        (row["lot_code"], row["decision"])
        for row in _decisions(frames)
        if _age(row, made_at) >= timedelta(days=LATE_DAYS)
    ]
    return {
        "warm_receipt": sorted(code for code in used_on_hold if kind[code] == "RAW"),
        "bad_supplier_lot": sorted(code for code, word in late if word == "FAIL"),
        "held_mix": sorted(code for code in used_on_hold if kind[code] == "MIX"),
        "late_record": sorted(code for code, word in late if word == "PASS"),
        "yield_out": sorted(
            code
            for code, taken in taken_kg.items()
            if kind[code] == "MIX" and weight_kg[code] < taken * Decimal("0.95")
        ),
        "over_consumption": sorted(
            code for code, given in given_kg.items() if given > weight_kg[code]
        ),
    }


def _pairs(frames: dict[str, polars.DataFrame], column: str):
    return frames["lots"].select("lot_code", column).iter_rows()


def _decisions(frames: dict[str, polars.DataFrame]) -> list[dict]:
    return frames["qc_decisions"].sort("happened_at", maintain_order=True).to_dicts()


def _age(row: dict, made_at: dict[str, datetime]) -> timedelta:
    return datetime.fromisoformat(row["happened_at"]) - made_at[row["lot_code"]]


def _flows(genealogy: polars.DataFrame) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    given_kg: dict[str, Decimal] = {}
    taken_kg: dict[str, Decimal] = {}
    for parent, child, quantity, _ in genealogy.iter_rows():
        given_kg[parent] = given_kg.get(parent, Decimal(0)) + Decimal(quantity)
        taken_kg[child] = taken_kg.get(child, Decimal(0)) + Decimal(quantity)
    return given_kg, taken_kg
