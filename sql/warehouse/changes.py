"""What a copy of the record changed in the warehouse, handed on to whoever builds upon it.

Values only, frozen: nothing here reads or writes a database.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, eq=False)
class CopiedTable:
    """One table's copy.

    Attributes:
        table: Its name, without schema.
        rows_count: Rows the copy holds now.
        rows_in_record: Rows the record counted in the same snapshot.
        written: The rows that this copy wrote, being new or different; None: all were.
    """

    table: str
    rows_count: int
    rows_in_record: int
    written: pa.Table | None

    @property
    def written_count(self) -> int:
        """Return how many rows this copy wrote."""
        return self.rows_count if self.written is None else self.written.num_rows


@dataclass(frozen=True, eq=False)
class Changes:
    """What differs from the warehouse as it was built last.

    Attributes:
        tables: The copied tables by name.
        relinked_lot_ids: Lots into which a link was added, voided or corrected; None: unknown, so
            any may be one.
        touched_lots: Columns table_name and lot_id: the lots that rows which came in or went out
            are about; of a table that was copied whole there is none, for all are.
    """

    tables: Mapping[str, CopiedTable]
    relinked_lot_ids: tuple[int, ...] | None
    touched_lots: pa.Table | None

    def are_known_in(self, tables: set[str]) -> bool:
        """Tell whether it is known which rows of all these copied tables differ."""
        return self.touched_lots is not None and all(
            self.tables[table].written is not None for table in tables
        )


@dataclass(frozen=True, eq=False)
class Walked:
    """What a walk of the closure came to.

    Attributes:
        pairs_count: (ancestor, descendant) pairs in the table.
        pairs_estimated: About how many there would be without the budget; None where that wasn't
            worth asking, because the budget can't have been reached.
        left_out_count: Lots whose lists are missing for the budget; the closure is partial.
        walked_count: Lots whose lists were made anew.
        made_anew: Those lots, as a column lot_id; None: all that have a list.
    """

    pairs_count: int
    pairs_estimated: int | None
    left_out_count: int
    walked_count: int
    made_anew: pa.Table | None
