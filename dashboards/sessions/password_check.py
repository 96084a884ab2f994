"""Have a person give the password again, before what they sign is written.

In a transaction of its own, committed whatever comes of it: a wrong password counts as a failed
sign-in even though what was to be signed is refused.
"""

from dashboards.commands.authority import Person
from dashboards.commands.refusals import SignatureNeeded
from dashboards.commands.sign_in import confirm_password
from dashboards.commands.signatures import Confirmation
from sql.record.engine import Record


def confirmed(record: Record, person: Person, password: str) -> Confirmation:
    """Prove that the person has just typed the right password.

    Raises:
        SignatureNeeded: It is wrong, or guessing is being slowed.
    """
    with record.transaction() as transaction:
        confirmation = confirm_password(transaction, by=person, password=password)
    if confirmation is None:
        raise SignatureNeeded
    return confirmation
