"""`lotline user`: who may sign in."""

import click

from dashboards.terminal.opening import migrated_record
from dashboards.terminal.parameters import TEXT
from dashboards.terminal.saying import say
from sql.settings import settings
from sql.vocabulary import Role


@click.group()
def user() -> None:
    """Manage who may sign in."""


@user.command("add")
@click.argument("email", type=TEXT)
@click.option(
    "--role", type=click.Choice([role.value for role in Role], case_sensitive=False), required=True
)
@click.option("--name", "full_name", type=TEXT, default="", help="Shown beside what they write.")
@click.password_option(type=TEXT, help="Asked for when not given.")
def add(email: str, role: str, full_name: str, password: str) -> None:
    """Add a user; asks for the password."""
    from dashboards.commands.people import add_user

    with migrated_record(settings()).transaction() as transaction:
        add_user(
            transaction,
            by=None,
            email=email,
            full_name=full_name,
            role=role.upper(),
            password=password,
        )
    say(f"{email} may sign in as {role.upper()}.")


@user.command("password")
@click.argument("email", type=TEXT)
@click.password_option(type=TEXT, help="Asked for when not given.")
def password_(email: str, password: str) -> None:
    """Set a user's password, and end their sessions and tokens."""
    from dashboards.commands.password_changes import reset_password

    with migrated_record(settings()).transaction() as transaction:
        reset_password(transaction, by=None, email=email, password=password)
    say(f"{email} has a new password and is signed out everywhere.")
