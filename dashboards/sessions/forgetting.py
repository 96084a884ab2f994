"""What a person's screen kept between two drawings goes with the session: half a form to nobody."""

from collections.abc import Sequence

import streamlit as st


def forget_everything(but: Sequence[str] = ()) -> None:
    """Forget all that the screen keeps.

    Args:
        but: What the names of that which stays begin with.
    """
    for key in list(st.session_state.keys()):
        if not str(key).startswith(tuple(but)):
            del st.session_state[key]
