"""All wording of screens stands in `dashboards/words`; views and screens hold none of their own."""

import ast
import importlib
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from tests.house.source import ROOT, files_of, path_of, tree_of

FILES = [ROOT / "dashboards" / "app.py", *files_of("dashboards/views", "dashboards/screens")]
# What is told to a computer, though it reads like words.
NOT_READ = {
    "lotline user add you@plant.example --role ADMIN",
    "toDate(datum.last_day) + 86400000",
    "Infinity",
    "Scan | None",
}
_MARKUP = re.compile(r"\s*<\w|\.st-|[a-z-]+: \S*px")
_LANGUAGES = re.compile(r"([a-z]{2} )+[a-z]{2}")
_CLOCK = re.compile(r"[YMDHms:, -]+")
# Two words, a word beside a value, or one that begins as a sentence or a heading does.
_WORDS = re.compile(r"[^\W\d_]\S*\s|\s\S*[^\W\d_]|^\W*[A-Z][a-z]")
_LETTER = re.compile(r"[^\W\d_]")

# Whose first argument people read, and whose second; and which arguments they read by name.
SHOWN_FIRST = {
    *("title", "header", "subheader", "caption", "markdown", "text", "write", "badge", "metric"),
    *("info", "warning", "error", "success", "spinner", "toast", "expander", "popover", "tabs"),
    *("button", "download_button", "form_submit_button", "link_button", "csv_button", "submit"),
    *("checkbox", "toggle", "radio", "pills", "segmented_control", "selectbox", "multiselect"),
    *("text_input", "text_area", "date_input", "time_input", "file_uploader", "password_field"),
    *("form_part", "title_with_moment"),
}
SHOWN_SECOND = {"say", "plural", "number_field", "result_field"}
SHOWN_BY_NAME = {"label", "placeholder", "help", "title", "alt", "delta", "show_spinner"}


def test_no_view_or_screen_holds_wording_of_its_own() -> None:
    """What people read is translated in one place: write it in `dashboards/words/english`."""
    found = {
        f"{path_of(file)}:{line}: {text}"
        for file in FILES
        for line, text in wording_in(tree_of(file))
    }

    assert found == set()


@pytest.mark.parametrize(
    "source",
    [
        'st.info("No lot waits at this gate.")',
        'st.caption(f"The oldest {shown} are listed.")',
        'TITLE = "Lots"',
        'said = f"{amount} left"',
        'said = {"Weight": kilograms}',
        'left.text_input(key="code", label="code")',
        'st.selectbox("gate", gates, key="gate")',
        'plural(count, "lot")',
        'say("error", "refused", place="lots")',
        'y = alt.Y("hours:Q", title="hours")',
        'st.markdown(f"## {title}" if title else "## Lots here")',
    ],
)
def test_planted_wording_is_seen(source: str) -> None:
    assert list(wording_in(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        '"""What the module is about."""',
        "st.info(words.NO_LOT_WAITS)",
        'snapshot.all("lots_waiting_at_gate", gate_id=gate)',
        'st.button(words.SAVE, key=f"qc_save_{fresh}", icon=":material/download:")',
        'when = f"{moment:%Y-%m-%d %H:%M}"',
        'DAY_FORMAT = "YYYY-MM-DD HH:mm"',
        'said = f"{code} · {name} ({count})"',
        'st.html(f"<style>.st-key-{key} input {{ width: 8px }}</style>")',
        'raise BadValue(said, field="happened_at", code="TIME")',
    ],
)
def test_what_nobody_reads_is_no_wording(source: str) -> None:
    assert list(wording_in(ast.parse(source))) == []


def test_every_text_is_given_just_the_values_that_it_asks_for() -> None:
    """A value that a text lacks would be left out in silence; one too few is a fault on screen."""
    filled = [
        (f"{path_of(file)}:{call.lineno}", text, {one.arg for one in call.keywords})
        for file in FILES
        for text, call in texts_filled(tree_of(file))
    ]

    assert len(filled) > 200
    assert [(at, text) for at, text, given in filled if asked_by(text) != given] == []


def wording_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and text of each literal that people read."""
    nodes = list(ast.walk(tree))
    told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}  # docstrings
    parts = {id(part) for node in nodes for part in _parts(node)}
    shown = {
        id(literal) for node in nodes if isinstance(node, ast.Call) for literal in _shown(node)
    }
    for node in nodes:
        if not isinstance(node, ast.expr) or id(node) in told | parts:
            continue
        text = _text_of(node)
        if text is None or text in NOT_READ or _MARKUP.match(text):
            continue
        if _LANGUAGES.fullmatch(text) or _CLOCK.fullmatch(text):
            continue
        if _WORDS.search(text) or (id(node) in shown and _LETTER.search(text)):
            yield node.lineno, text


def _text_of(node: ast.AST) -> str | None:
    """Return a literal's text, a value that is put in as `…`; None: it is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if not isinstance(node, ast.JoinedStr):
        return None
    return "".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in node.values)


def _parts(node: ast.AST) -> list[ast.AST]:
    """Return what belongs to an f-string's text: its pieces, and how a value is written."""
    if isinstance(node, ast.JoinedStr):
        return [one for one in node.values if isinstance(one, ast.Constant)]
    if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
        return list(ast.walk(node.format_spec))
    return []


def _shown(call: ast.Call) -> Iterator[ast.expr]:
    """Yield the arguments of a call that people read, where they are literals."""
    named = {one.arg: one.value for one in call.keywords}
    yield from (value for name, value in named.items() if name in SHOWN_BY_NAME)
    function = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    place = 0 if function in SHOWN_FIRST else 1 if function in SHOWN_SECOND else len(call.args)
    yield from call.args[place : place + 1]


def texts_filled(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Yield each text of `dashboards.words` that a module fills with named values, and the call."""
    known = {
        alias.asname or alias.name: _imported(node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dashboards.words")
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr != "format" or any(one.arg is None for one in node.keywords):
            continue
        first, _, name = ast.unparse(node.func.value).partition(".")
        text = getattr(known.get(first), name, None) if name else known.get(first)
        if isinstance(text, str):
            yield text, node


def _imported(module: str | None, name: str) -> object:
    """Return what a name imported from a module stands for."""
    found = importlib.import_module(module or "")
    if hasattr(found, name):
        return getattr(found, name)
    return importlib.import_module(f"{module}.{name}")


def asked_by(text: str) -> set[str]:
    """Return the names of the values that a text asks for."""
    return {name for _text, name, _spec, _how in Formatter().parse(text) if name}
