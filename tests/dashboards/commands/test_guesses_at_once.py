"""Many guesses made at once: those that fail first count before a right one opens anything."""

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from dashboards.commands.authority import Face, Origin
from dashboards.commands.sign_in import sign_in
from dashboards.commands.writing import begin_writing
from tests.conftest import PASSWORD
from tests.engines import engine_of

WAITING = text("select count(*) from pg_locks where locktype = 'advisory' and not granted")


def wait_for_a_waiter(record) -> None:
    """Wait until somebody waits for the write lock, having looked at the failures before."""
    for _ in range(500):
        with engine_of(record).connect() as connection:
            if connection.execute(WAITING).scalar():
                return
        time.sleep(0.02)
    raise AssertionError("nobody came to wait for the lock")


def test_a_right_guess_that_looked_before_the_others_failed_opens_nothing(record, people) -> None:
    """Asked in turn the account would be shut by then."""
    email = people["VIEWER"].email

    def guess():
        with record.transaction() as transaction:
            return sign_in(
                transaction,
                email=email,
                password=PASSWORD,
                origin=Origin(Face.API, address="10.0.0.9"),
            )

    with ThreadPoolExecutor(1) as pool:
        with record.transaction() as others:
            begin_writing(others, by=None, origin=Origin(Face.API, address="10.0.0.1"))
            answer = pool.submit(guess)
            wait_for_a_waiter(record)
            for number in range(12):
                others.run(
                    "note_failure",
                    address=f"10.0.1.{number}",
                    email_hash=hashlib.sha256(email.encode()).digest(),
                )
        assert answer.result(timeout=60) is None
