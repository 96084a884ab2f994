"""A lot type has one colour on every chart: the process's own, or one by its place in the plant."""

from typing import Any

import polars as pl

from dashboards.views.charts import first_pass
from dashboards.views.type_colours import TYPE_COLOURS, type_colours
from dashboards.views.yield_chart import yields

BLUE = "#3b82f6"


def types(*rows: tuple[str | None, int | None, str | None], **more: Any) -> pl.DataFrame:
    names = ["lot_type", "type_position", "type_colour"]
    frame = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
    return frame.cast({"type_colour": pl.String}).with_columns(
        pl.lit(value).alias(name) for name, value in more.items()
    )


def colours(frame: pl.DataFrame) -> dict[str, str]:
    scale = type_colours(frame).to_dict()
    return dict(zip(scale["domain"], scale["range"], strict=True))


def test_a_type_has_the_colour_that_its_process_says_and_others_one_by_their_place() -> None:
    frame = types(("FG", 3, None), ("RAW", 1, None), ("MIX", 2, "#123abc"), (None, None, None))

    assert colours(frame) == {
        "RAW": TYPE_COLOURS[0],
        "MIX": "#123abc",
        "FG": TYPE_COLOURS[2],
        "no type": TYPE_COLOURS[3],
    }


def test_a_plant_of_more_types_than_colours_begins_with_the_first_again() -> None:
    frame = types(*((f"T{place:02}", place, None) for place in range(len(TYPE_COLOURS) + 1)))

    assert len(set(TYPE_COLOURS)) == len(TYPE_COLOURS)
    assert list(colours(frame).values()) == [*TYPE_COLOURS, TYPE_COLOURS[0]]


def test_charts_of_types_draw_them_in_these_colours() -> None:
    some = types(("RAW", 1, None), ("MIX", 2, "#123abc"))
    weekly = some.with_columns(
        week=pl.date(2026, 1, 5), first_pass_ratio=0.5, passed_first_count=1, lots_started_count=2
    )
    parts = dict.fromkeys(("low", "lower_quarter", "middle", "upper_quarter", "high"), 1.0)
    of_weeks = first_pass(weekly).to_dict()["encoding"]["color"]["scale"]
    of_yields = yields(some.with_columns(lots_count=1, **{k: pl.lit(v) for k, v in parts.items()}))
    (bar,) = [one for one in of_yields.to_dict()["layer"] if "color" in one["encoding"]]

    assert of_weeks == {"domain": ["RAW", "MIX"], "range": [TYPE_COLOURS[0], "#123abc"]}
    assert bar["encoding"]["color"]["scale"]["range"] == [BLUE, "#123abc"]
