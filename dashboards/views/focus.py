"""Where typing begins: the box that a hand scanner, or a person who signs in, types into first."""

import json

import streamlit as st

_SCREEN, _FOCUSED, _AFTER_ACT = "screen_drawn", "focused_on", "after_act"
# The box comes a moment after this does. Whoever goes on to type somewhere else is left alone; the
# field of the screen before, which the browser takes away in a moment, is waited for.
_SCRIPT = """<script>
(() => {{
    const wanted = {selector};
    const until = Date.now() + 5000;
    const before = document.activeElement;
    const look = () => {{
        const box = document.querySelector(wanted);
        const busy = document.activeElement;
        const typing = busy && busy.matches("input, textarea, [contenteditable=true]");
        if (typing && busy !== before) return;
        if (box && !typing) {{
            box.focus({{ preventScroll: true }});
            if ({is_shown}) box.scrollIntoView({{ block: "center" }});
        }} else if (Date.now() < until) setTimeout(look, 100);
    }};
    look();
}})();
</script>"""


def screen_opened(name: str) -> None:
    """Note which screen is drawn; one that was not drawn before gets the cursor anew."""
    if st.session_state.get(_SCREEN) != name:
        st.session_state[_SCREEN] = name
        st.session_state.pop(_FOCUSED, None)


def screen_shown() -> str:
    """Return the name of the screen that was drawn last; for callbacks."""
    return st.session_state.get(_SCREEN, "")


def look_again() -> None:
    """Have the next drawing put the cursor into its first box again, and that box into view.

    For callbacks of what is clicked further down: the answer stands by the box.
    """
    st.session_state.pop(_FOCUSED, None)
    st.session_state[_AFTER_ACT] = True


def focus_on(key: str) -> None:
    """Put the cursor into the text box of that key, once each time its screen is opened."""
    if st.session_state.get(_FOCUSED) == key:
        return
    st.session_state[_FOCUSED] = key
    selector = json.dumps(f".st-key-{key} input")
    is_shown = json.dumps(st.session_state.pop(_AFTER_ACT, False))
    script = _SCRIPT.format(selector=selector, is_shown=is_shown)
    st.html(script, unsafe_allow_javascript=True)
