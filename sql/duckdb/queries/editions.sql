-- name: edition_tables
select table_schema, table_name from information_schema.tables order by all;
