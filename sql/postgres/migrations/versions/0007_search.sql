-- Finding a lot by part of a code among a million takes an index of trigrams. Where the server has
-- no pg_trgm, or the owner may not make it, searches read every lot: slower, and as right.
create index shipments_by_sscc on facts.shipments (sscc) where sscc is not null;
create index shipments_by_document on facts.shipments (document) where document is not null;

do $$
begin
    create extension if not exists pg_trgm;
    create index lots_by_part_of_code on facts.lots using gin (lot_code gin_trgm_ops);
    create index lots_by_part_of_supplier_lot
    on facts.lots using gin (supplier_lot_code gin_trgm_ops) where supplier_lot_code is not null;
exception
    when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
        raise notice 'no trigram index: %', sqlerrm;
end
$$;
