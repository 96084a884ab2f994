"""The choice of a place in a form; its list is empty where the plant has none."""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboards.words.places import PLACE_NO_CHOICE


def place_choice(field: Any, places: Iterable[Mapping[str, Any]], *, key: str, label: str) -> None:
    """Draw the choice under a key, which holds the place's code or None.

    Args:
        field: Where to draw.
        places: With place_code, label and is_retired; a retired one is not offered.
        key: Of the widget.
        label: What is asked.
    """
    names = {row["place_code"]: row["label"] for row in places if not row["is_retired"]}
    field.selectbox(
        label,
        list(names),
        index=None,
        key=key,
        format_func=names.__getitem__,
        placeholder=PLACE_NO_CHOICE,
    )
