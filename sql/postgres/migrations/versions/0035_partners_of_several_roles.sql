-- A toll packer delivers and receives, and a plant may have more than one site. The column keeps its
-- name, since the trail tells of it: it says all roles of a partner, each once, in one order.

alter table partners drop constraint partner_role_is_known;
alter table partners add constraint partner_role_is_known check (
    role in (
        'SUPPLIER', 'CUSTOMER', 'SITE', 'SUPPLIER;CUSTOMER', 'SUPPLIER;SITE', 'CUSTOMER;SITE',
        'SUPPLIER;CUSTOMER;SITE'
    )
);

-- Whether a partner that has these roles delivers to the plant, or is another site of it.
create function delivers(roles text) returns boolean
language sql immutable parallel safe
return string_to_array(roles, ';') && array['SUPPLIER', 'SITE'];

-- Whether goods go to a partner that has these roles: a customer, or another site of the plant.
create function receives(roles text) returns boolean
language sql immutable parallel safe
return string_to_array(roles, ';') && array['CUSTOMER', 'SITE'];
