"""One wild yield doesn't crush the chart of the others, and is said in words."""

import polars as pl

from dashboards.views.yield_chart import yields, yields_beyond


def spread(**types: tuple[int, float]) -> pl.DataFrame:
    """Make types of so many lots, all of one yield."""
    return pl.DataFrame(
        [
            {
                "lot_type": kind.replace("none", "") or None,
                "type_position": {"DEB": 2, "MIX": 4, "FG": 7}.get(kind),
                "type_colour": {"MIX": "#1d4ed8"}.get(kind),
                "lots_count": count,
                **dict.fromkeys(("low", "lower_quarter", "middle", "upper_quarter", "high"), part),
            }
            for kind, (count, part) in types.items()
        ],
        schema_overrides={"lot_type": pl.String},
    )


def drawn(frame: pl.DataFrame) -> dict[str, float]:
    """Return how far each type's marks go in the chart."""
    chart = yields(frame).to_dict()
    rows = chart["data"]["values"] if "data" in chart else chart["layer"][0]["data"]["values"]
    return {row["lot_type"]: row["high"] for row in rows}


def test_a_wild_yield_ends_at_the_charts_end_and_is_said_in_numbers() -> None:
    """99 mixes at 100 %, one delivery at 4,980 %: the middle lot yields 1, so the end is 1.5."""
    frame = spread(MIX=(99, 1.0), RAW=(1, 49.8))

    assert drawn(frame) == {"MIX": 1.0, "RAW": 1.5}
    said = yields_beyond(frame)
    assert said is not None
    assert "ends at 150%" in said and "RAW up to 4,980% (1 lot)" in said and "MIX" not in said


def test_a_plant_whose_lots_all_gain_much_has_them_in_its_chart() -> None:
    """Cooked rice weighs 2.5 times the dry: nothing of that is wild."""
    frame = spread(MIX=(50, 2.5), FG=(50, 1.0), DEB=(1, 2.5))

    assert drawn(frame) == {"MIX": 2.5, "FG": 1.0, "DEB": 2.5}
    assert yields_beyond(frame) is None


def test_lots_without_a_type_are_called_so() -> None:
    assert drawn(spread(none=(1, 0.9))) == {"no type": 0.9}
