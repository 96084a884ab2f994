"""Screen: record a production with all that went in and came out; read and void recorded ones."""

import streamlit as st

from dashboards.screens.producing import recorded, recording
from dashboards.sessions.current import person
from dashboards.views.half_forms import forget_unless_drawn
from dashboards.views.messages import show
from dashboards.views.production_form import FORM
from dashboards.words import productions as words

viewer = person()
forget_unless_drawn(f"{FORM}_", witness=f"{FORM}_code")
st.title(words.TITLE)
st.markdown(f"## {words.RECORD}")
recording.draw_form(viewer)
st.markdown(f"## {words.RECORDED_TITLE}")
show(recorded.PLACE)
recorded.draw_recorded(viewer)
