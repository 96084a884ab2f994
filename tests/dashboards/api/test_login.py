import jwt

from dashboards.commands.people import change_user

GOOD = {"email": "admin@demo.example", "password": "lotline-demo"}


def test_a_person_gets_a_token_with_every_claim(client, people, settings):
    answer = client.post("/login", json=GOOD)
    assert answer.status_code == 200
    user = answer.json()["user"]
    assert set(user) == {"id", "email", "full_name", "role", "created_at", "last_login"}
    assert user["last_login"].endswith("Z") and user["created_at"].endswith("Z")
    claims = jwt.decode(
        answer.json()["token"],
        settings.signing_key,
        algorithms=["HS256"],
        audience="lotline-api",
        issuer="lotline",
    )
    assert {"sub", "role", "iss", "aud", "exp", "jti"} <= set(claims)
    assert claims["exp"] - claims["iat"] == 1800


def test_every_failure_is_answered_alike(client, people, record):
    with record.transaction() as transaction:
        change_user(
            transaction,
            by=people["ADMIN"],
            user_id=people["VIEWER"].user_id,
            role="VIEWER",
            is_active=False,
        )
    wrong = [
        GOOD | {"password": "not this one"},
        GOOD | {"email": "nobody@demo.example"},
        GOOD | {"email": "viewer@demo.example"},
    ]
    for body in wrong:
        answer = client.post("/login", json=body)
        assert answer.status_code == 401
        assert answer.json()["detail"] == "Invalid credentials"
        assert answer.json()["code"] == "LOGIN"


def test_a_bad_address_is_a_422_that_keeps_the_password_to_itself(client):
    answer = client.post("/login", json={"email": "no address", "password": "hunter2-hunter2"})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "email"]
    missing = client.post("/login", json={"password": "hunter2-hunter2"})
    assert "hunter2" not in missing.text


def test_the_eleventh_attempt_in_a_minute_is_429(client, people):
    answers = [client.post("/login", json=GOOD | {"password": "x"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
