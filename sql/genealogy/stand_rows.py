"""Where a lot stands as rows, a place each: in kilograms, and in its own unit beside them."""

from collections.abc import Mapping
from typing import Any

from sql.amounts import Amount
from sql.genealogy.flows import At
from sql.genealogy.standing_places import Counts


def stand_rows(places: Mapping[At, Amount], counts: Counts | None) -> list[dict[str, Any]]:
    """Return a row for each place that may hold something.

    Returns:
        place (its label; None: nobody said where), at_least_kg, at_most_kg (None: nobody can bound
        it), place_code; of a lot in a unit with at_least_quantity, at_most_quantity and unit.
    """
    return [
        {
            "place": place and place.label,
            "at_least_kg": kg.least_kg,
            "at_most_kg": kg.most_kg,
            "place_code": place and place.code,
            **_counted(place, counts),
        }
        for place, kg in places.items()
        # What is known to be nothing in one way is nothing.
        if counts is None or place in counts.places
    ]


def _counted(place: At, counts: Counts | None) -> dict[str, Any]:
    if counts is None:
        return {}
    there = counts.places[place]
    return {
        "at_least_quantity": there.least_kg,
        "at_most_quantity": there.most_kg,
        "unit": counts.unit,
    }
