-- The codes that lots had before they were renamed, each with the lot that it is the old code of.
--
-- kind: view
-- grain: former_code
-- columns:
--   former_code  a code that is no lot's any more
--   lot_id       the lot that had it
--   lot_code     what that lot is called now
--   renamed_at   since when the old code is none
--   reason       why, with what the lot was called next
--
-- A lot may have been renamed more than once; one that was voided since is left out.

with recursive went (former_code, renamed_at, reason, lot_id) as (
    select
        former_code,
        renamed_at,
        reason,
        renamed_id
    from raw.renamed_lots
    union all
    select
        went.former_code,
        went.renamed_at,
        went.reason,
        later.renamed_id
    from went
    inner join raw.renamed_lots as later on went.lot_id = later.was_lot_id
)

select
    went.former_code,
    lots.lot_id,
    lots.lot_code,
    went.renamed_at,
    went.reason
from went
inner join raw.lots as lots on went.lot_id = lots.lot_id
