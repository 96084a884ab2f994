"""What a test takes for granted to be there, so that its absence fails in plain words."""

from typing import TypeVar

T = TypeVar("T")


def present(value: T | None) -> T:
    """Return a value that must be there; fail the test where it is None."""
    assert value is not None, "nothing was found where the test needs something"
    return value
