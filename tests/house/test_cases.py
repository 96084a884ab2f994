"""A folded test fails for each case that fails, and names it."""

import inspect

import pytest

from tests.cases import each_of

RAN: list[tuple[int, str]] = []


@each_of("number", [1, 2, 3])
@each_of("word", ["a", "b"])
def both(plant: str, number: int, word: str) -> None:
    RAN.append((number, word))
    assert number != 2, "two is too many"


def test_every_case_runs_and_each_that_fails_is_named() -> None:
    RAN.clear()
    with pytest.raises(AssertionError) as failed:
        both(plant="any")

    assert RAN == [(1, "a"), (1, "b"), (2, "a"), (2, "b"), (3, "a"), (3, "b")]
    assert "1 of 3 cases" in str(failed.value) and "- 2: 2 of 2 cases" in str(failed.value)
    assert str(failed.value).count("two is too many") == 2


def test_pytest_is_asked_for_the_fixtures_only() -> None:
    assert list(inspect.signature(both).parameters) == ["plant"]
    assert vars(both)["case_count"] == 6


def test_a_fault_is_no_failed_case() -> None:
    @each_of("number", [1, 0])
    def divide(number: int) -> None:
        assert 1 // number

    with pytest.raises(ZeroDivisionError) as fault:
        divide()
    assert fault.value.__notes__ == ["in the case 0"]
