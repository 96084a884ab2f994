"""Screen: what is in a pallet or case; put in, take out, ship it by its SSCC."""

import streamlit as st

from dashboards.commands.packing_guards import unit_code
from dashboards.commands.refusals import BadValue
from dashboards.screens.packing_units import forms, saving, shown
from dashboards.sessions.connections import record
from dashboards.sessions.current import person
from dashboards.views.half_forms import forget_unless_about
from dashboards.views.late_choices import choices
from dashboards.views.messages import show
from dashboards.views.plain import literal
from dashboards.words import packing as words

viewer = person()
st.title(words.TITLE)
show(saving.PLACE, about=st.session_state.get("packing_sscc"))
typed = st.text_input(words.UNIT, key="packing_sscc", help=words.UNIT_HELP)
try:
    sscc = unit_code(typed) if typed.strip() else None
except BadValue as bad:
    st.error(literal(str(bad)))
    sscc = None
if sscc is None:
    st.caption(words.UNIT_FIRST)
else:
    forget_unless_about(["pack_"], about=sscc)
    with record().snapshot() as reading:
        held = reading.all("unit_packed", sscc=sscc)
        keeping = reading.all("lots_that_keep_unit", sscc=sscc)
        stands_on = reading.value("unit_stands_on", sscc=sscc)
        shipped = reading.one("unit_shipped", sscc=sscc)
        entries = reading.all("packings_of_unit", sscc=sscc)
        customers = choices(reading, "customers_known", viewer)
        places = reading.all("places_known")
    with st.container():
        shown.draw_unit(sscc, held, stands_on, shipped, keeping)
    forms.draw_forms(viewer, sscc, held, entries, customers, places)
shown.draw_units()
