-- Two products went into a lot that must be of one, such as a freezing cycle: weights and labels can't
-- be told apart afterwards.
-- severity: error
-- bears on: lots

with

went_in as (
    select
        rules.rule_id,
        lots.lot_id,
        lots.lot_code,
        lots.lot_type,
        links.link_id,
        links.happened_at,
        parents.product_id,
        coalesce(rules.in_force_from <= links.happened_at, true)
        and coalesce(rules.in_force_until >= links.happened_until, rules.in_force_until > links.happened_at, true) as is_judged
    from raw.process_rules as rules
    inner join raw.lots as lots on coalesce(rules.lot_type = lots.lot_type, rules.lot_type is null)
    inner join raw.lot_genealogy as links on lots.lot_id = links.child_lot_id
    inner join raw.lots as parents
        on
            links.parent_lot_id = parents.lot_id
            and coalesce(rules.input_lot_type = parents.lot_type, rules.input_lot_type is null)
    where rules.rule = 'ONE_PRODUCT' and not rules.is_retired and parents.product_id is not null
),

mixed as (
    select
        rule_id,
        lot_id
    from went_in
    group by rule_id, lot_id
    having min(product_id) <> max(product_id)
),

-- The rule judges what goes in while it holds, by what is in the lot by then.
met as (
    select
        went_in.*,
        went_in.is_judged and min(went_in.product_id) over so_far <> max(went_in.product_id) over so_far
            as is_breach
    from went_in
    semi join mixed on went_in.rule_id = mixed.rule_id and went_in.lot_id = mixed.lot_id
    window so_far as (
        partition by went_in.rule_id, went_in.lot_id order by went_in.happened_at, went_in.link_id
    )
)

select
    met.lot_code,
    met.lot_type,
    string_agg(distinct products.product_code, ', ' order by products.product_code) as skus
from met
inner join raw.products as products on met.product_id = products.product_id
group by met.lot_code, met.lot_type
having bool_or(met.is_breach)
order by met.lot_code
