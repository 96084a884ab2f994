"""What people type after a `lotline` command, read or refused in one line."""

from datetime import datetime
from typing import Any

import click


class Moment(click.ParamType):
    """A time with its offset, as ISO 8601 writes it."""

    name = "time"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        """Read it, refusing one that doesn't say its offset."""
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no time such as 2026-11-24T14:00+01:00", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} needs an offset, such as {value}+01:00", param, ctx)
        return moment


class Text(click.ParamType):
    """Text as the record can hold it."""

    name = "text"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """Take it, refusing bytes that were no UTF-8 on the command line."""
        try:
            value.encode()
        except UnicodeEncodeError:
            # Not repeated: it may be a password.
            self.fail("what was typed is no UTF-8 text", param, ctx)
        return value


MOMENT = Moment()
TEXT = Text()
