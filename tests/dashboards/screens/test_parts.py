"""A part that its widgets redraw alone asks itself who sits there: Streamlit asks nobody."""

from streamlit.testing.v1 import AppTest

from dashboards.sessions.current import TOKEN_KEY


def screen_with_a_part() -> None:
    """Draw a part for auditors; the session may end after the screen asked who sits there."""
    import streamlit as st

    from dashboards.commands.authority import Action
    from dashboards.sessions.current import TOKEN_KEY, person
    from dashboards.views.parts import part_for

    reader = person()
    if not reader.may(Action.READ_AUDIT):
        st.text("ask an auditor")
        st.stop()
    if "other_token" in st.session_state:
        st.session_state[TOKEN_KEY] = st.session_state.pop("other_token")

    @part_for(Action.READ_AUDIT)
    def draw() -> None:
        st.text("the trail")

    draw()


def texts(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def opened(screen) -> AppTest:
    token = screen("audit", "AUDITOR").session_state[TOKEN_KEY]
    app = AppTest.from_function(screen_with_a_part, default_timeout=30)
    app.session_state[TOKEN_KEY] = token
    return app.run()


def test_a_part_is_drawn_for_who_may_see_it(screen) -> None:
    assert texts(opened(screen)) == ["the trail"]


def test_a_part_is_not_drawn_again_for_who_was_signed_out(screen) -> None:
    app = opened(screen)
    app.session_state["other_token"] = None
    app.run()

    assert not app.exception and texts(app) == []


def test_a_part_is_not_drawn_again_for_who_may_not_see_it_any_more(screen) -> None:
    app = opened(screen)
    app.session_state["other_token"] = screen("lots", "VIEWER").session_state[TOKEN_KEY]
    app.run()

    assert not app.exception and texts(app) == ["ask an auditor"]
