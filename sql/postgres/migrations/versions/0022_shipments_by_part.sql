-- A part of a document, shipment code or SSCC is found by trigrams, as parts of lot codes are: a search
-- that reads every shipment takes seconds on four years of a plant.
do $$
begin
    create extension if not exists pg_trgm;
    create index shipments_by_part on facts.shipments using gin (
        search_key(shipment_code) gin_trgm_ops,
        search_key(document) gin_trgm_ops,
        search_key(sscc) gin_trgm_ops
    );
exception
    when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
        raise notice 'no trigram index: %', sqlerrm;
end
$$;
