"""The plant's rules say no: what every refusal carries, and the kinds any command may raise."""

from dashboards.commands.refusals.words import in_words


class Refusal(Exception):
    """The plant's rules say no to a person."""

    code = "REFUSED"

    def __init__(self, text: str, *, field: str | None = None, code: str | None = None) -> None:
        """Keep the text that people read, and the field and code that programs read."""
        super().__init__(text)
        self.field = field
        if code is not None:
            self.code = code


class ToConfirm(Refusal):
    """A question: the record takes it once the person has said yes to just these words."""

    code = "TO_CONFIRM"


class BadValue(Refusal):
    """A field's value can't be taken."""

    code = "VALUE"

    def __init__(self, text: str, *, field: str | None = None, code: str | None = None) -> None:
        """Keep the text; where it begins with the field's code word, it says the person's."""
        super().__init__(in_words(text, field), field=field, code=code)


class NotFound(Refusal):
    """What the person named is not in the record."""

    code = "NOT_FOUND"

    def __init__(self, thing: str, value: object, *, field: str) -> None:
        """Name what was looked for, e.g. `Lot`, and by which value."""
        super().__init__(
            f"{thing} {value} is not in the record. Check it, or enter it first.", field=field
        )
        self.thing = thing


class PrintedOnly(Refusal):
    """The code is no lot's own; it is printed on the labels of one lot or several."""

    code = "PRINTED_CODE"


class Voided(Refusal):
    """The lot that carried the code was registered by mistake and taken back."""

    code = "VOIDED"


class Taken(Refusal):
    """The code or address is in use already."""

    code = "TAKEN"
