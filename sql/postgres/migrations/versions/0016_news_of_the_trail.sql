-- The trail counts every write in the order of commits. Which table a write was in says whether the
-- pipeline has anything to do; what was written stays hidden from it.
grant select (table_name) on audit.entries to lotline_pipeline;
