-- An expired lot is used or shipped only with a manager's reason, kept with the fact; and which day it
-- is at the site is asked once a query, not once a lot.
alter table facts.lot_genealogy
add column expiry_reason text,
add constraint expired_use_reason_is_said check (char_length(btrim(expiry_reason)) >= 10);
alter table facts.shipments
add column expiry_reason text,
add constraint expired_shipment_reason_is_said check (char_length(btrim(expiry_reason)) >= 10);
-- The next to expire are looked for first.
create index lots_by_expiry on facts.lots (expires_on, lot_id) where expires_on is not null;
grant insert (expiry_reason) on facts.lot_genealogy, facts.shipments to lotline_app;

create or replace view lot_genealogy as
select links.*
from facts.lot_genealogy as links
where
    links.recorded_at <= (select known_until())
    and not exists (
        select from facts.link_voids as voids
        where voids.link_id = links.link_id and voids.recorded_at <= (select known_until())
    );

create or replace view shipments as
select shipments.*
from facts.shipments
where
    shipments.recorded_at <= (select known_until())
    and not exists (
        select from facts.shipment_voids as voids
        where
            voids.shipment_id = shipments.shipment_id
            and voids.recorded_at <= (select known_until())
    );

-- The day a clock at the site shows at a moment; the site's zone is the session's setting.
create function site_day(moment timestamptz) returns date
language sql stable parallel safe
return cast(
    moment at time zone coalesce(nullif(current_setting('lotline.site_zone', true), ''), 'UTC') as date
);

-- The day it is at the site, now or at the moment asked about.
create or replace function site_date() returns date
language sql stable parallel safe
return site_day(least(known_until(), now()));

drop view waiting_lots;
drop view all_lot_states;
drop function lot_disposition(bigint);
drop function lot_states(bigint []);
drop function disposition_of(boolean, boolean, boolean, bigint [], bigint [], boolean, date);

-- What a lot is, in one word: the first that holds. Released is said last and only where every gate
-- to pass was passed.
create function disposition_of(
    has_fail boolean, has_hold boolean, has_pass boolean, passed_gate_ids bigint [],
    gate_ids bigint [], is_stopped boolean, is_expired boolean
) returns text
language sql immutable parallel safe
return case
    when has_fail then 'rejected'
    when has_hold then 'hold'
    when is_stopped then 'stopped'
    when is_expired then 'expired'
    when has_pass and coalesce(gate_ids, '{}') <@ coalesce(passed_gate_ids, '{}') then 'released'
    else 'pending'
end;

-- What each of these lots is: the one rule that lists, searches, traces and pages read.
create function lot_states(of_lot_ids bigint []) returns table (lot_id bigint, disposition text)
language sql stable as $$
    select
        lots.lot_id,
        disposition_of(
            decided.has_fail, decided.has_hold, decided.has_pass, decided.passed_gate_ids,
            gates_by_type.gate_ids, stopped.lot_id is not null,
            lots.expires_on < (select site_date())
        )
    from lots
    left join (
        select * from decided_lots
        where decided_lots.lot_id = any(of_lot_ids)
    ) as decided on lots.lot_id = decided.lot_id
    left join gates_by_type on coalesce(lots.lot_type, '') = gates_by_type.lot_type
    left join lots_stopped(of_lot_ids) as stopped (lot_id) on lots.lot_id = stopped.lot_id
    where lots.lot_id = any(of_lot_ids)
$$;

-- The same of every lot.
create view all_lot_states as
select
    lots.lot_id,
    disposition_of(
        decided.has_fail, decided.has_hold, decided.has_pass, decided.passed_gate_ids,
        gates_by_type.gate_ids, stopped.lot_id is not null,
        lots.expires_on < (select site_date())
    ) as disposition,
    decided.passed_gate_ids
from lots
left join decided_lots as decided on lots.lot_id = decided.lot_id
left join gates_by_type on coalesce(lots.lot_type, '') = gates_by_type.lot_type
left join stopped_lots() as stopped (lot_id) on lots.lot_id = stopped.lot_id;

-- The same of one lot, where a page shows few.
create function lot_disposition(of_lot_id bigint) returns text
language sql stable
return (select disposition from lot_states(array[of_lot_id]));

-- The lots that wait, each with every gate that it waits for; null: its type has no gate, and it
-- waits for any decision.
create view waiting_lots as
select
    states.lot_id,
    gates_to_pass.gate_id
from all_lot_states as states
inner join lots on states.lot_id = lots.lot_id
left join gates_to_pass on coalesce(lots.lot_type, '') = coalesce(gates_to_pass.lot_type, '')
where
    states.disposition = 'pending'
    and (gates_to_pass.gate_id = any(states.passed_gate_ids)) is not true;

grant select on all_lot_states, waiting_lots to lotline_app, lotline_pipeline, lotline_auditor;
