"""How passwords are kept and compared, and how guessing is slowed. Time is moved, never awaited."""

import hashlib
import statistics
import time
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from dashboards.commands import passwords
from dashboards.commands.authority import Face, Origin, Person
from dashboards.commands.password_changes import change_password, reset_password
from dashboards.commands.people import add_user, change_user
from dashboards.commands.refusals import BadValue, SignatureNeeded
from dashboards.commands.sign_in import confirm_password, sign_in
from dashboards.commands.signatures import Confirmation
from sql.record.engine import DatabaseRole, Record
from sql.vocabulary import Role
from tests.cases import each_of
from tests.conftest import PASSWORD
from tests.engines import engine_of
from tests.plants import just_confirmed

WRONG = "wrong, on purpose"
GOOD = "quiet harbour lantern 7"
EMAIL = "manager@demo.example"
HOME, ELSEWHERE = Origin(Face.SCREEN, address="10.0.0.1"), Origin(Face.API, address="203.0.113.9")
NFC, NFD = (unicodedata.normalize(form, "őrült kávéház ünnepnap") for form in ("NFC", "NFD"))


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def owner(database):
    opened = Record(database, DatabaseRole.OWNER)
    yield opened
    opened.close()


@pytest.fixture
def email(record) -> str:
    """Add somebody of whom nothing is known yet; they sign in with GOOD."""
    address = f"{uuid4().hex}@demo.example"
    with record.transaction() as transaction:
        add(transaction, GOOD, address)
    return address


@pytest.fixture
def try_once(record, email) -> Callable[..., bool]:
    """Make a function that tries to sign in, in a transaction that is committed either way."""

    def attempt(password=GOOD, origin=ELSEWHERE) -> bool:
        with record.transaction() as transaction:
            return sign_in(transaction, email=email, password=password, origin=origin) is not None

    return attempt


@pytest.fixture
def failed(owner, email) -> Callable[..., None]:
    """Make a function that writes so many failures of so many seconds ago, as the owner."""

    def write(count: int, ago: float, address=ELSEWHERE.address) -> None:
        with engine_of(owner).begin() as connection:
            connection.execute(
                text(
                    "insert into sign_in_failures (email_hash, address, happened_at) "
                    "select :hash, :address, clock_timestamp() - make_interval(secs => :ago) "
                    "from generate_series(1, :count)"
                ),
                {"hash": email_hash(email), "address": address, "ago": ago, "count": count},
            )

    return write


def email_hash(email: str) -> bytes:
    return hashlib.sha256(email.encode()).digest()


def noted(owner, email) -> int:
    with engine_of(owner).connect() as connection:
        return connection.execute(
            text("select count(*) from sign_in_failures where email_hash = :hash"),
            {"hash": email_hash(email)},
        ).scalar_one()


def add(transaction, password, email="new@demo.example") -> None:
    add_user(
        transaction, by=None, email=email, full_name="Nora Kis", role=Role.VIEWER, password=password
    )


def test_a_password_is_kept_as_argon2id_of_19_mib_twice_over(transaction, people) -> None:
    kept = transaction.one("user_to_sign_in", email=EMAIL)["password_hash"]

    name, version, parameters = kept.split("$")[1:4]
    assert (name, version, parameters) == ("argon2id", "v=19", "m=19456,t=2,p=1")


def test_equal_passwords_have_unequal_hashes(transaction, people) -> None:
    kept = {
        transaction.one("user_to_sign_in", email=person.email)["password_hash"]
        for person in people.values()
    }
    assert len(kept) == len(people)


@each_of(
    "password",
    [
        "",
        "short",
        "quiet harb7",
        "x" * 1025,
        "password1234",
        "123456789012",
        "qwertyuiopas",
        "iloveyou1234",
        "aaaaaaaaaaaa",
        "abcdefghijkl",
        "111111111111",
        "Password123!",
        "Nora Kis 2026",
        "new@demo.example",
        "lotlinelotline",
        "            ",
    ],
)
def test_a_password_that_is_short_or_common_is_refused(transaction, password) -> None:
    with pytest.raises(BadValue) as refusal:
        add(transaction, password)
    assert refusal.value.field == "password"


def test_a_password_that_can_not_be_kept_is_refused_and_is_no_fault(transaction) -> None:
    with pytest.raises(BadValue, match="can't be kept"):
        add(transaction, "\udcff" + GOOD)


@pytest.mark.parametrize("password", ["quiet harb 7", GOOD, "🐟 fjord ember kiln", "x7-Qm" * 204])
def test_twelve_to_1024_characters_are_taken(transaction, password) -> None:
    add(transaction, password)
    assert sign_in(transaction, email="new@demo.example", password=password)


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        (GOOD, GOOD + " "),
        (GOOD, " " + GOOD),
        (GOOD + " ", GOOD),
        (GOOD, GOOD.upper()),
        (GOOD, GOOD[:-1]),
        (GOOD, GOOD + "\0"),
        (NFC, NFD),
        (NFD, NFC),
        ("plum rivet anchor 🐟", "plum rivet anchor 🐠"),
        (GOOD * 5 + "a", GOOD * 5 + "b"),  # alike for the first 72 bytes and beyond
        (GOOD * 5, (GOOD * 5)[:72]),
        (GOOD, GOOD.replace(" ", "\u00a0")),
    ],
)
def test_a_password_matches_to_its_last_character(transaction, kept, typed) -> None:
    add(transaction, kept)
    assert sign_in(transaction, email="new@demo.example", password=typed) is None
    assert sign_in(transaction, email="new@demo.example", password=kept)


def test_an_unknown_user_and_a_switched_off_one_cost_what_a_known_one_does(
    transaction, people
) -> None:
    """One hash each, of the same cost; the medians of 15 tries lie near each other."""

    def cost(email: str, password: str = WRONG) -> float:
        started = time.perf_counter()
        assert sign_in(transaction, email=email, password=password) is None
        return time.perf_counter() - started

    off = people["VIEWER"]
    change_user(
        transaction, by=people["ADMIN"], user_id=off.user_id, role=Role.VIEWER, is_active=False
    )
    cost(EMAIL)
    known, unknown, switched_off = map(
        statistics.median,
        zip(
            *(
                (cost(EMAIL), cost(f"nobody{n}@demo.example"), cost(off.email, PASSWORD))
                for n in range(15)
            ),
            strict=True,
        ),
    )
    assert 0.5 < known / unknown < 2
    assert 0.5 < known / switched_off < 2


def test_at_most_two_passwords_are_hashed_at_once() -> None:
    """While two hold their places a third only waits; it goes on when one of them has left."""
    places = passwords._two_at_once
    assert places.acquire(timeout=60) and places.acquire(timeout=60)
    assert not places.acquire(blocking=False)
    with ThreadPoolExecutor(1) as pool:
        third = pool.submit(passwords.new_hash, GOOD, about=[])
        with pytest.raises(TimeoutError):
            third.result(timeout=0.5)
        places.release()
        assert third.result(timeout=60).startswith("$argon2id$")
    places.release()


def test_at_most_two_passwords_are_compared_at_once(try_once) -> None:
    """A flood of sign-ins takes no more of the machine than two of them do."""
    places = passwords._two_at_once
    with ThreadPoolExecutor(1) as pool, places:
        with places:
            third = pool.submit(try_once)
            with pytest.raises(TimeoutError):
                third.result(timeout=1)
        assert third.result(timeout=60)


@each_of(
    ("count", "seconds"),
    [
        (0, 0),
        (1, 0),
        (4, 0),
        (5, 1),
        (6, 2),
        (7, 4),
        (8, 8),
        (9, 16),
        (12, 128),
        (13, 256),
        (14, 300),
        (15, 300),
        (10_000, 300),
    ],
)
def test_each_failure_past_the_fifth_doubles_the_wait_up_to_five_minutes(count, seconds) -> None:
    assert passwords.wait_after(count) == timedelta(seconds=seconds)


def test_four_failures_are_free_and_a_success_forgets_them(try_once, owner, email) -> None:
    for _ in range(2):
        assert [try_once(WRONG) for _ in range(4)] == [False] * 4
        assert try_once()
    assert noted(owner, email) == 8


@pytest.mark.parametrize(("count", "wait"), [(9, 16), (10, 32), (13, 256), (14, 300), (50, 300)])
def test_the_right_password_is_refused_while_waiting_and_taken_after(
    owner, record, try_once, failed, email, count, wait
) -> None:
    failed(count, ago=wait - 12)
    assert not try_once()
    assert not try_once(WRONG)
    assert noted(owner, email) == count  # who must wait does not lengthen the wait

    other = f"{uuid4().hex}@demo.example"
    with record.transaction() as transaction:
        add(transaction, GOOD, other)
    with engine_of(owner).begin() as connection:
        connection.execute(
            text(
                "insert into sign_in_failures (email_hash, happened_at) select :hash, "
                "clock_timestamp() - make_interval(secs => :ago) from generate_series(1, :count)"
            ),
            {"hash": email_hash(other), "ago": wait + 1, "count": count},
        )
    with record.transaction() as transaction:
        assert sign_in(transaction, email=other, password=GOOD, origin=ELSEWHERE)


@pytest.mark.parametrize(("count", "wait"), [(5, 1), (6, 2), (7, 4), (8, 8)])
def test_the_first_waits_are_short(try_once, failed, count, wait) -> None:
    failed(count, ago=wait + 0.1)
    assert try_once()


def test_five_failures_in_a_row_slow_the_next_try(record, failed, try_once, email, owner) -> None:
    """Four of the past and one typed now: the wait of a second begins with that one."""
    failed(13, ago=3700)  # an hour forgets
    failed(8, ago=9)
    assert not try_once(WRONG)
    assert not try_once()
    assert noted(owner, email) == 13 + 8 + 1


def test_a_stranger_does_not_slow_the_owner_at_a_place_they_know(try_once, failed) -> None:
    assert try_once(origin=HOME)
    failed(20, ago=0)
    assert not try_once(origin=ELSEWHERE)
    assert try_once(origin=HOME)


def test_at_the_place_they_know_the_owners_own_failures_slow(try_once, failed) -> None:
    assert try_once(origin=HOME)
    failed(12, ago=0, address=HOME.address)
    assert not try_once(origin=HOME)


def test_a_place_another_person_knows_spares_nobody(record, people, try_once, failed) -> None:
    with record.transaction() as transaction:
        assert sign_in(transaction, email=EMAIL, password=PASSWORD, origin=HOME)
    failed(12, ago=0)
    assert not try_once(origin=HOME)


def test_guessing_while_signing_is_slowed_as_at_the_door(record, failed, email, owner) -> None:
    with record.transaction() as transaction:
        user = transaction.one("user_to_sign_in", email=email)
    by = Person(user["user_id"], email, "Nora Kis", Role.VIEWER, ELSEWHERE)
    failed(12, ago=0)
    with record.transaction() as transaction:
        assert confirm_password(transaction, by=by, password=GOOD) is None
    assert noted(owner, email) == 12


def test_what_was_typed_is_kept_as_a_hash_only(record, owner) -> None:
    """A password typed into the wrong field must not be readable in the record."""
    with record.transaction() as transaction:
        assert sign_in(transaction, email="my secret words", password=WRONG) is None
    with engine_of(owner).connect() as connection:
        found = connection.execute(
            text(
                "select count(*) filter (where position('my secret words' in after::text) > 0), "
                "count(*) from audit.entries where table_name = 'sign_in_failures'"
            )
        ).one()
    assert found[0] == 0 and found[1] > 0


def test_a_changed_password_needs_the_old_one_just_now(transaction, people) -> None:
    by = people["VIEWER"]
    stale = Confirmation(by.user_id, datetime.now(UTC) - timedelta(seconds=61))
    for proof in (None, stale, just_confirmed(people["ADMIN"])):
        with pytest.raises(SignatureNeeded):
            change_password(transaction, by=by, confirmation=proof, password=GOOD)
    change_password(transaction, by=by, confirmation=just_confirmed(by), password=GOOD)
    assert sign_in(transaction, email=by.email, password=PASSWORD) is None
    assert sign_in(transaction, email=by.email, password=GOOD)


def test_an_address_is_found_however_its_letters_are_composed(transaction) -> None:
    add(transaction, GOOD, email="jánoš@demo.example")
    typed = unicodedata.normalize("NFD", " JÁNOŠ@demo.example")
    person = sign_in(transaction, email=typed, password=GOOD)
    assert person is not None and person["full_name"] == "Nora Kis"


WAYS = {
    "change": lambda transaction, people, by, password: change_password(
        transaction, by=by, confirmation=just_confirmed(by), password=password
    ),
    "reset": lambda transaction, people, by, password: reset_password(
        transaction, by=people["ADMIN"], email=by.email, password=password
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_new_password_is_the_own_name_and_a_year(transaction, people, way) -> None:
    """Once with a name that stands in the address too, once with one that doesn't."""
    add(transaction, GOOD)
    user = transaction.one("user_to_sign_in", email="new@demo.example")
    nora = Person(user["user_id"], user["email"], user["full_name"], Role.VIEWER)
    for by, password in ((people["MANAGER"], "Manager 2026!"), (nora, "Nora Kis 2026!")):
        with pytest.raises(BadValue) as refusal:
            WAYS[way](transaction, people, by, password)
        assert (refusal.value.field, refusal.value.code) == ("password", "PASSWORD_GUESSABLE")


def renewed(transaction, admin, user) -> None:
    reset_password(transaction, by=admin, email=user["email"], password="plum rivet anchor 9")


def switched_off(transaction, admin, user) -> None:
    change_user(transaction, by=admin, user_id=user["user_id"], role=Role.VIEWER, is_active=False)


def await_a_waiting_one(owner) -> None:
    """Return when a connection of the database waits for the write lock."""
    until = time.monotonic() + 30
    waiting = text(
        "select count(*) from pg_locks where not granted and locktype = 'advisory' "
        "and database = (select oid from pg_database where datname = current_database())"
    )
    with engine_of(owner).connect() as connection:
        while connection.execute(waiting).scalar() == 0:
            assert time.monotonic() < until
            time.sleep(0.01)


@pytest.mark.parametrize("closed", [renewed, switched_off])
def test_what_closes_an_account_while_its_password_is_compared_counts(
    record, people, owner, email, try_once, closed
) -> None:
    """The old password was right when it was read, and opens nothing any more."""
    with ThreadPoolExecutor(1) as pool:
        with record.transaction() as transaction:
            closed(transaction, people["ADMIN"], transaction.one("user_to_sign_in", email=email))
            signing_in = pool.submit(try_once)
            await_a_waiting_one(owner)
        assert signing_in.result(timeout=60) is False
