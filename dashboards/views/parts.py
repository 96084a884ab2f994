"""Parts of a screen that their own widgets redraw, without the rest of the screen.

Streamlit draws a fragment again without running its screen, so without the screen's question who
is sitting there. A part made here asks it itself, each time.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.sessions.current import current_person

P = ParamSpec("P")


def part_for(action: Action) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Make a function draw a part that is redrawn alone, for whoever may do the action.

    For anybody else, or with nobody signed in any more, the whole screen is drawn again: it says
    what to do. What the part is handed stays as it was when the screen was drawn.
    """

    def part(draw: Callable[P, None]) -> Callable[P, None]:
        @st.fragment
        @wraps(draw)
        def drawn(*args: P.args, **kwargs: P.kwargs) -> None:
            person = current_person()
            if person is None or not person.may(action):
                st.rerun()
            draw(*args, **kwargs)

        return drawn

    return part
