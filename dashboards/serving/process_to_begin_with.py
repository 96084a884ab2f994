"""Gives an empty plant the process that it was asked to begin with."""

from collections.abc import Callable

from dashboards.commands.process.applying import apply_process, changes_of
from dashboards.imports.process_folder import find_process, read_process
from sql.record.opening import open_record
from sql.settings import Settings

REASON = "the process that the plant begins with"


def begin_with(config: Settings, name: str, say: Callable[[str], None]) -> None:
    """Take a template or a folder as the process of a plant that was not begun yet.

    Raises:
        NoSuchProcess: It is neither.
        ImportRejected, ProcessRefused: It can't be taken.
    """
    wanted = read_process(find_process(name))
    record = open_record(config)
    try:
        with record.transaction() as transaction:
            if not transaction.value("is_as_begun"):
                say("The plant's process stays: change it on the Plant screen.")
            elif changes_of(transaction, wanted):
                apply_process(transaction, by=None, wanted=wanted, reason=REASON)
                say(f"The plant's process is {wanted.name}.")
    finally:
        record.close()
