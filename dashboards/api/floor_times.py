"""When something happened on the floor, over HTTP: a moment, or the day or month it is known by."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from dashboards.api.fields import Moment
from dashboards.commands import values
from dashboards.commands.refusals import BadValue
from sql.settings import settings
from sql.stretches import Stretch, day_of, month_of

_MONTH = "2026-03"
_DAY_OR_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


def _day_or_month(text: str) -> str:
    """Refuse what is neither a day nor a month of the calendar, or one no plant wrote down."""
    if not _DAY_OR_MONTH.fullmatch(text):
        raise ValueError("must be a day such as 2026-03-05 or a month such as 2026-03")
    if _first_day(text) < values.EARLIEST.date():
        raise ValueError(f"must not lie before {values.EARLIEST:%Y}")
    return text


DayOrMonth = Annotated[str, AfterValidator(_day_or_month)]


class Timed(BaseModel):
    """When it happened; neither: now."""

    happened_at: Moment | None = None
    happened_on: Annotated[
        DayOrMonth | None,
        Field(
            description="The day (2026-03-05) or month (2026-03) of the site's calendar, where no "
            "more is known; instead of happened_at"
        ),
    ] = None

    def happened(self) -> datetime | Stretch | None:
        """Return when it happened, as precisely as somebody knows; None: now.

        Raises:
            BadValue: A moment and a day or month are both given.
        """
        if self.happened_on is None:
            return self.happened_at
        if self.happened_at is not None:
            raise BadValue(
                "happened_on says the day or month where no more is known, and happened_at the "
                "moment. Send one of them.",
                field="happened_on",
                code="TIME",
            )
        read = day_of if len(self.happened_on) > len(_MONTH) else month_of
        return read(_first_day(self.happened_on), settings().zone)


def _first_day(text: str) -> date:
    """Read a day, or the first of a month; a ValueError says that there is none such."""
    return date.fromisoformat(text if len(text) > len(_MONTH) else f"{text}-01")
