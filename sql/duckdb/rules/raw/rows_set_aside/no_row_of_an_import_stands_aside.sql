-- An import brought a row that the record could not take: what it says is missing from every answer.
-- severity: error
--
-- It ends when a later import has the row right, takes it, or is whole and has it no more.

select
    lot_code,
    other_lot_code,
    file,
    line,
    said,
    reason
from raw.rows_set_aside
order by file, line
