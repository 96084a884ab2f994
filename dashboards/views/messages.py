"""What a callback has to say, kept until the screen draws it where the person looks."""

import streamlit as st

_KEPT = "said"


def say(kind: str, text: str, *, place: str = "") -> None:
    """Keep a `success`, `error`, `warning` or `info` for the next drawing of that place."""
    st.session_state.setdefault(_KEPT, []).append((kind, text, place))


def show(place: str = "") -> None:
    """Draw what was kept for this place, once."""
    kept = st.session_state.get(_KEPT, [])
    st.session_state[_KEPT] = [message for message in kept if message[2] != place]
    for kind, text, _place in (message for message in kept if message[2] == place):
        {"success": st.success, "error": st.error, "warning": st.warning, "info": st.info}[kind](
            _plain(text)
        )


def _plain(text: str) -> str:
    """Keep a lot code's own characters from being read as Markdown."""
    for character in "\\`*_[]$~:<":
        text = text.replace(character, f"\\{character}")
    return text
