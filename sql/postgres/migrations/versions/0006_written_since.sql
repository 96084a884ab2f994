-- Whether a row was committed by a transaction that the snapshot in lotline.copied_until did not see:
-- exactly what a copy made in that snapshot lacks. One expression, so that PostgreSQL inlines it and
-- finds the few new rows by their index on row_xid.
create function written_since_copy(row_xid xid8) returns boolean
language sql stable parallel safe
return row_xid >= pg_snapshot_xmin(cast(current_setting('lotline.copied_until') as pg_snapshot))
and not pg_visible_in_snapshot(row_xid, cast(current_setting('lotline.copied_until') as pg_snapshot));
