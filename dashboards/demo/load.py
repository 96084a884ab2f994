"""Loads the demo plant and its people, once, into an empty embedded database."""

from collections.abc import Callable
from datetime import UTC, datetime

from dashboards.commands.people import add_user
from dashboards.commands.writing import begin_writing
from dashboards.demo.plant import demo_plant
from dashboards.imports.csv_folder import import_frames
from sql.record.opening import open_record
from sql.settings import Settings
from sql.vocabulary import Role

PASSWORD = "lotline-demo"
PEOPLE = {
    Role.ADMIN: "Anna Kovács",
    Role.MANAGER: "Márton Nagy",
    Role.AUDITOR: "Judit Szabó",
    Role.OPERATOR: "Gergő Tóth",
    Role.VIEWER: "Eszter Varga",
}


def demo_address(role: Role) -> str:
    """Name the address a demo person signs in with."""
    return f"{role.lower()}@demo.example"


def load_demo(config: Settings, say: Callable[[str], None]) -> bool:
    """Load the demo plant if there is no lot and nobody to sign in; tells whether it did.

    All of it in one transaction: a demo cut off half-way leaves nothing behind.
    """
    record = open_record(config)
    with record.transaction() as transaction:
        begin_writing(transaction, by=None, reason="demo plant")
        if not transaction.value("is_empty"):
            return False
        say("Loading the demo plant …")
        for role, full_name in PEOPLE.items():
            add_user(
                transaction,
                by=None,
                email=demo_address(role),
                full_name=full_name,
                role=role,
                password=PASSWORD,
            )
        added = import_frames(transaction, demo_plant(until=datetime.now(UTC)), by=None)
    record.close()
    say(f"The demo plant holds {added['lots']:,} lots and {added['genealogy']:,} links.")
    return True
