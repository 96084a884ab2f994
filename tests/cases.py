"""One sentence that must hold for many cases: one test, which names every case that breaks it.

For cases that cost next to nothing and change nothing for one another; a test whose cases each need
a database of their own is parametrized.
"""

import functools
import inspect
from collections.abc import Callable, Collection, Sequence
from types import TracebackType
from typing import Any, Self

import pytest
from _pytest.mark.structures import ParameterSet


def each_of(
    names: str | Sequence[str],
    cases: Collection[Any],
    ids: Callable[[Any], str] | Sequence[str] = repr,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test's body once a case; written like `parametrize`, and may be stacked like it.

    Args:
        names: The parameters that a case fills.
        cases: Values in the order of the names, or `pytest.param`s of them.
        ids: Names a single value in the list of failures, or a name for each case.
    """
    wanted = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    labels = [None] * len(cases) if callable(ids) else ids
    in_words = ids if callable(ids) else repr
    filled = [
        _filled(wanted, case, label, in_words) for case, label in zip(cases, labels, strict=True)
    ]
    assert filled, "no case would pass whatever the code does"

    def fold(test: Callable[..., None]) -> Callable[..., None]:
        def every_case(**fixtures: Any) -> None:
            failed: list[str] = []
            for label, values in filled:
                with _Case(label, failed):
                    test(**fixtures, **values)
            assert not failed, f"{len(failed)} of {len(filled)} cases:\n" + "\n".join(failed)

        signature = inspect.signature(test)
        kept = [one for name, one in signature.parameters.items() if name not in wanted]
        folded = functools.update_wrapper(every_case, test)
        # pytest reads from the signature which fixtures to give.
        folded.__dict__ |= {
            "__signature__": signature.replace(parameters=kept),
            "case_count": len(filled) * getattr(test, "case_count", 1),
        }
        return folded

    return fold


def _filled(
    names: list[str], case: Any, label: str | None, ids: Callable[[Any], str]
) -> tuple[str, dict[str, Any]]:
    """Return a case's label and its values by parameter."""
    if isinstance(case, ParameterSet):
        label, values = str(case.id), case.values
    else:
        values = (case,) if len(names) == 1 else case
    shown = label or " ".join(ids(value) for value in values)
    return ascii(str(shown))[1:-1][:200], dict(zip(names, values, strict=True))


class _Case:
    """Note a failed case and go on; whatever else rises stops the test, with the case named."""

    def __init__(self, label: str, failed: list[str]) -> None:
        self._label, self._failed = label, failed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _where: TracebackType | None,
    ) -> bool:
        if isinstance(error, AssertionError | pytest.fail.Exception):
            self._failed.append(f"- {self._label}: {error}")
            return True
        if error is not None:
            error.add_note(f"in the case {self._label}")
        return False
