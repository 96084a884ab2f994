-- name: user_to_sign_in
select user_id, email, full_name, role, password_hash, is_active, recorded_at
from users
where email = :email;

-- name: note_sign_in
-- Asked under the write lock: a password changed since it was compared opens nothing.
insert into sign_ins (user_id, address)
select user_id, :address
from users
where user_id = :user_id and password_hash = :password_hash and is_active
returning happened_at;

-- name: note_failure
insert into sign_in_failures (email_hash, address) values (:email_hash, :address);

-- name: failures_in_a_row
-- Failures since the last success, in the last hour; from a place that the owner has signed in
-- from within a month, only that place's own.
with known as (
    select
        max(happened_at) as last_success,
        coalesce(bool_or(address = :address and happened_at > now() - interval '30 days'), false)
            as is_own_place
    from sign_ins
    where user_id = :user_id
)

select
    count(*) as failure_count,
    max(failures.happened_at) as newest_at
from sign_in_failures as failures, known
where
    failures.email_hash = :email_hash
    and failures.happened_at > now() - interval '1 hour'
    and failures.happened_at > coalesce(known.last_success, '-infinity')
    and (not known.is_own_place or failures.address = :address);

-- name: live_session
-- The person a program's token speaks for, as they are now.
select
    users.user_id,
    users.email,
    users.full_name,
    users.role
from sessions
inner join users on sessions.user_id = users.user_id
where
    sessions.token_hash = :token_hash
    and sessions.user_id = :user_id
    and sessions.ended_at is null
    and users.is_active;

-- name: start_session
insert into sessions (token_hash, user_id) values (:token_hash, :user_id);

-- name: touch_session
-- The live session's person; marks it seen, at most every 20 s to spare writes. One seen in the
-- future ended when the clock was set back: nobody can tell how long it lay idle.
with live as (
    select
        sessions.session_id,
        sessions.seen_at,
        users.user_id,
        users.email,
        users.full_name,
        users.role
    from sessions
    inner join users on sessions.user_id = users.user_id
    where
        sessions.token_hash = :token_hash
        and sessions.ended_at is null
        and sessions.seen_at > now() - make_interval(mins => :idle_minutes)
        and sessions.seen_at < now() + interval '1 minute'
        and sessions.started_at > now() - make_interval(hours => :max_hours)
        and users.is_active
),

touched as (
    update sessions
    set seen_at = now()
    from live
    where
        sessions.session_id = live.session_id
        and live.seen_at < now() - interval '20 seconds'
)

select user_id, email, full_name, role from live;

-- name: session_at_rest
-- The live session's person; not marked seen, for what a page asks by itself.
select
    users.user_id,
    users.email,
    users.full_name,
    users.role
from sessions
inner join users on sessions.user_id = users.user_id
where
    sessions.token_hash = :token_hash
    and sessions.ended_at is null
    and sessions.seen_at > now() - make_interval(mins => :idle_minutes)
    and sessions.seen_at < now() + interval '1 minute'
    and sessions.started_at > now() - make_interval(hours => :max_hours)
    and users.is_active;

-- name: end_session
update sessions set ended_at = now() where token_hash = :token_hash and ended_at is null;

-- name: end_sessions_of
update sessions set ended_at = now() where user_id = :user_id and ended_at is null;

-- name: write_user
insert into users (email, full_name, role, password_hash)
values (:email, :full_name, :role, :password_hash)
returning user_id;

-- name: change_user
update users set role = :role, is_active = :is_active where user_id = :user_id;

-- name: change_password
update users set password_hash = :password_hash where user_id = :user_id;

-- name: users
select
    users.user_id,
    users.email,
    users.full_name,
    users.role,
    users.is_active,
    users.recorded_at,
    max(sign_ins.happened_at) as last_login
from users
left join sign_ins on users.user_id = sign_ins.user_id
group by users.user_id
order by users.email;

-- name: has_users
select exists (select 1 from users);

-- name: has_user
select exists (select 1 from users where email = :email and is_active);
