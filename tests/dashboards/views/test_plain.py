"""What people typed, as Markdown reads it: text, and nothing but text."""

from typing import Any

import mistune
import pytest
from markdown_it import MarkdownIt

from dashboards.views.plain import JOINT, literal, literal_lines
from tests.cases import each_of

COPIED_ALONG = "\u2060"
GITHUBS = mistune.create_markdown(
    renderer="ast", plugins=["strikethrough", "table", "url", "task_lists", "math"]
)
PURE_TEXT = {"paragraph", "text"}


def kinds(tokens) -> set[str]:
    """Name every kind of thing that Markdown saw."""
    return {token["type"] for token in tokens}.union(
        *(kinds(token.get("children", [])) for token in tokens)
    )


def words(tokens) -> str:
    """Return the text that Markdown shows."""
    return "".join(token.get("raw", "") + words(token.get("children", [])) for token in tokens)


SIGNS = [
    "**b**",
    "_b_",
    "~~b~~",
    "`b`",
    "[x](y)",
    "![x](y)",
    "www.a.b",
    "https://a.b",
    "1. x",
    "1) x",
    "- x",
    "+ x",
    "* x",
    "# x",
    "> x",
    "<b>",
    "<https://a.b>",
    "$x$",
    "a@b.c",
    "mailto:a@b.c",
    "&amp;",
    "\\*",
    "| a | b |\n|---|---|\n| c | d |",
    "x\n===",
    "x\n---",
    "---",
    "[x]: y",
    "- [ ] x",
    "    x",
    "\tx",
]


@each_of("typed", SIGNS)
def test_what_people_typed_is_text_and_nothing_else(typed) -> None:
    """A lot's code is no heading, no link, no formula; it is what stands on the label."""
    shown = GITHUBS(literal(typed))

    assert kinds(shown) <= PURE_TEXT
    assert words(shown).replace(JOINT, "") == typed.replace("\n", " ").strip()


@each_of("typed", SIGNS)
def test_each_line_of_what_several_say_is_text_on_a_line_of_its_own(typed) -> None:
    lines = [line for line in typed.splitlines() if line.strip()]
    shown: Any = GITHUBS(literal_lines(f"{typed}\n\n{typed}"))

    assert kinds(shown) <= PURE_TEXT | {"linebreak"}
    (paragraph,) = shown
    told = "".join(one.get("raw", "\n") for one in paragraph["children"]).replace(JOINT, "")
    assert [line.strip() for line in told.split("\n")] == [line.strip() for line in lines * 2]


@each_of("typed", ["**b**", "[x](y)", "1. x", "<b>", "a@b.c", "&amp;", "www.a.b"])
def test_two_readers_of_markdown_agree_that_it_is_text(typed) -> None:
    """Also the one that follows CommonMark to the letter."""
    shown = MarkdownIt().render(literal(typed)).replace(JOINT, "")

    assert (
        shown
        == {
            "**b**": "<p>**b**</p>\n",
            "[x](y)": "<p>[x](y)</p>\n",
            "1. x": "<p>1. x</p>\n",
            "<b>": "<p>&lt;b&gt;</p>\n",
            "a@b.c": "<p>a@b.c</p>\n",
            "&amp;": "<p>&amp;amp;</p>\n",
            "www.a.b": "<p>www.a.b</p>\n",
        }[typed]
    )


@each_of(
    ("typed", "sign"),
    [
        pytest.param(":smile:", ":smile:", id="an emoji"),
        pytest.param(":material/home:", ":material/home:", id="an icon"),
        pytest.param("->", "->", id="an arrow"),
        pytest.param("<-", "<-", id="an arrow back"),
        pytest.param(">=", ">=", id="a comparison"),
        pytest.param("--", "--", id="a dash"),
        pytest.param("www.a.b", "www.", id="a page"),
        pytest.param("WWW.A.B", "WWW.", id="a page in capitals"),
        pytest.param("https://a.b", "://", id="an address"),
        pytest.param("http://a.b", "://", id="an old address"),
        pytest.param("a@b.c", "@b", id="an e-mail"),
    ],
)
def test_what_is_swapped_after_markdown_was_read_is_parted(typed, sign) -> None:
    """Streamlit swaps these in the text that is left, where a backslash is gone already."""
    shown = words(GITHUBS(literal(typed)))

    assert sign not in shown and COPIED_ALONG not in shown
    assert shown.replace(JOINT, "") == typed


@each_of("typed", ["RAW-BEEF-001", "12.5 kg", "Tóth Éva", "2026-01-15, 08:00", ""])
def test_what_looks_like_nothing_stays_as_it_is(typed) -> None:
    """Nobody gets an unseen mark in a code that is copied from the screen."""
    assert JOINT not in literal(typed)
    assert words(GITHUBS(literal(typed))) == typed
