-- name: write_import_mapping
insert into import_mappings (name, mapping, operator_id)
values (:name, cast(:mapping as jsonb), :operator_id)
returning mapping_id;

-- name: import_mappings
-- How each source's files are read now, and who said so last.
select
    kept.name,
    kept.mapping,
    users.full_name as written_by,
    kept.recorded_at
from import_mappings as kept
left join users on kept.operator_id = users.user_id
where
    not exists (
        select from import_mappings as newer
        where newer.name = kept.name and newer.mapping_id > kept.mapping_id
    )
order by kept.name;
