-- name: given_answer
select request_hash, answer
from given_answers
where user_id = :user_id and key = :key;

-- name: keep_answer
insert into given_answers (user_id, key, request_hash, answer)
values (:user_id, :key, :request_hash, cast(:answer as jsonb));

-- name: forget_old_answers
delete from given_answers where recorded_at < now() - make_interval(days => :days);
