"""What may be said of a logistic unit."""

from enum import StrEnum


class PackingKind(StrEnum):
    """Whether something was put into a logistic unit or taken out of it."""

    PACKED = "PACKED"
    UNPACKED = "UNPACKED"
