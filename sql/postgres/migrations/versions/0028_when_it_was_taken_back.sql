-- When something was found to be wrong, or a lot assessed, is kept beside when it was recorded.
-- Null: it was recorded at once, as all of them were before there was this column.
do $$
declare
    named text;
begin
    foreach named in array array[
        'link_voids', 'shipment_voids', 'reading_voids', 'lot_voids', 'decision_withdrawals',
        'origin_assessments'
    ]
    loop
        execute format('alter table facts.%I add column happened_at timestamptz', named);
        execute format('grant insert (happened_at) on facts.%I to lotline_app', named);
    end loop;
end
$$;

create or replace view origin_assessments as
select * from facts.origin_assessments
where recorded_at <= (select known_until());
