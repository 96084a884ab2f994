"""What a process consists of: eight kinds of parts, each a table of rows that a key names.

The same columns stand in a process folder's files, in the record's views and on the Plant screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Key = tuple[Any, ...]
Part = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of part.

    Attributes:
        name: The file's stem, and the query that reads the parts in force.
        thing: What people call one.
        key: The columns that name a part.
        columns: All columns, those of the key first.
        optional: Columns that a file may leave out.
    """

    name: str
    thing: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    optional: frozenset[str] = frozenset()

    def key_of(self, part: Part) -> Key:
        """Return what names a part."""
        return tuple(part[column] for column in self.key)


def _kind(name: str, thing: str, key: str, filled: str, optional: str = "") -> Kind:
    columns = (*key.split(), *filled.split(), *optional.split())
    return Kind(
        name,
        thing,
        tuple(column.lstrip("?") for column in key.split()),
        tuple(column.lstrip("?") for column in columns),
        frozenset(column.lstrip("?") for column in columns if column.startswith("?"))
        | frozenset(optional.split()),
    )


LIMIT_SCOPE = ("lot_type", "product_code", "storage_class")
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        _kind(
            "lot_types",
            "lot type",
            "lot_type",
            "name_en name_hu position origin",
            "lightest_kg heaviest_kg coldest_c warmest_c yield_tolerance_ratio colour",
        ),
        _kind("phases", "phase", "phase_number", "name_en name_hu", "stream"),
        _kind(
            "gates",
            "gate",
            "gate_number",
            "name_en name_hu lot_types gate_type is_ccp",
            "phase_number",
        ),
        _kind("checklists", "point of a checklist", "gate_number point", "text_en text_hu"),
        _kind(
            "limits",
            "limit",
            "gate_number characteristic unit ?lot_type ?product_code ?storage_class ?in_force_from",
            "",
            "lower_bound upper_bound word in_force_until",
        ),
        _kind("rules", "rule", "rule ?lot_type ?input_lot_type", "", "hours"),
        _kind("decisions", "word for a decision", "decision", "name_en name_hu counts_as"),
        _kind("settings", "setting", "setting", "value"),
    )
}


@dataclass(frozen=True)
class Process:
    """A whole process: its name, and its parts by kind and key.

    Attributes:
        name: What the process is called.
        parts: By kind's name and key, each part's columns. A checklist's points are parts of their
            own; a gate has them in their order.
        places: Where a part was read, as (file, line); parts of the record have none.
    """

    name: str
    parts: Mapping[str, Mapping[Key, Part]]
    places: Mapping[tuple[str, Key], tuple[str, int]] = field(default_factory=dict)

    def of(self, kind: str) -> Mapping[Key, Part]:
        """Return the parts of a kind by their keys."""
        return self.parts.get(kind, {})

    def with_parts(self, kind: str, parts: Mapping[Key, Part]) -> "Process":
        """Return the process with other parts of one kind."""
        return Process(self.name, {**self.parts, kind: parts}, self.places)
