"""Entry script of the app: page set-up, the sign-in gate, and navigation by role.

Navigation only hides; who may do what is decided by the commands.
"""

from pathlib import Path

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.reader.signs import ask_by
from dashboards.screens.scanning.arriving import AROUND, go_where_scanned, scan_arrived
from dashboards.screens.scanning.calibrating import CARD_SCREEN
from dashboards.screens.sign_in import draw_sign_in
from dashboards.sessions import current as session
from dashboards.sessions import signing
from dashboards.sessions.connections import config
from dashboards.sessions.cookie import CLOSE_KEY, settle_cookie
from dashboards.sessions.forgetting import forget_everything
from dashboards.views.focus import look_again, screen_opened
from dashboards.views.messages import show
from dashboards.views.number_fields import reader_sign
from dashboards.views.plain import literal
from dashboards.views.scanner import mount_scanner
from dashboards.words import (
    ROLES,
    TIMES_IN,
    account,
    data_quality,
    deciding,
    exposure,
    imports,
    lots,
    masters,
    packing,
    people,
    plant,
    productions,
    quality,
    readings,
    scanning,
    stock,
    suspects,
    tracing,
    trail,
)
from dashboards.words.navigation import APP_NAME, PIPELINE, SIGN_OUT
from sql.errors import LotlineError, RecordUnavailable

PIPELINE_ADDRESS = "/dagster/"  # the front door hands it on
ASKED = "app_asked"

HERE = Path(__file__).parent
ICON = HERE / "icon.svg"
# File, title, icon, and what a person must be permitted to see it in the navigation.
SCREENS = [
    ("lots", lots.TITLE, ":material/inventory_2:", Action.READ),
    ("new_lot", lots.NEW_LOT, ":material/add_box:", Action.WRITE_LOTS),
    ("productions", productions.TITLE, ":material/precision_manufacturing:", Action.READ),
    ("packing", packing.TITLE, ":material/pallet:", Action.READ),
    ("qc_decisions", deciding.TITLE, ":material/fact_check:", Action.READ),
    ("trace", tracing.TITLE, ":material/account_tree:", Action.READ),
    ("common_ancestors", suspects.TITLE, ":material/join_inner:", Action.READ),
    ("exposure", exposure.TITLE, ":material/hub:", Action.READ),
    ("stock", stock.TITLE, ":material/warehouse:", Action.READ),
    ("quality", quality.TITLE, ":material/monitoring:", Action.READ),
    ("readings", readings.READINGS, ":material/show_chart:", Action.READ),
    ("data_quality", data_quality.TITLE, ":material/rule:", Action.READ),
    ("plant", plant.PLANT_TITLE, ":material/factory:", Action.READ),
    ("master_data", masters.MASTER_TITLE, ":material/contacts:", Action.READ),
    ("imports", imports.IMPORT_TITLE, ":material/upload_file:", Action.IMPORT),
    ("audit", trail.TITLE, ":material/history_edu:", Action.READ_AUDIT),
    ("people", people.TITLE, ":material/group:", Action.MANAGE_USERS),
    ("scanner", scanning.SCANNER_TITLE, ":material/barcode_scanner:", Action.READ),
    ("account", account.TITLE, ":material/person:", Action.READ),
]


def draw() -> None:
    """Draw the sign-in form, or the screen the signed-in person chose."""
    person = session.current_person()
    if person is None:
        # Whoever sat here may be gone for good: the next one begins with nothing of theirs.
        forget_everything(but=["sign_in", session.TOKEN_KEY, CLOSE_KEY])
        # The pages stay declared, so that whoever signs in lands where the address points.
        st.navigation(_pages(), position="hidden")
        screen_opened("sign_in")
        draw_sign_in()
        settle_cookie()
        return
    # An address that a role may not use opens too: its screen says who may.
    pages = _pages()
    page = st.navigation(pages, position="hidden")
    screen_opened(page.url_path)
    go_where_scanned()
    _tidy_address(page.url_path)
    mount_scanner(scan_arrived, asks_terminal=page.url_path == CARD_SCREEN)
    show(AROUND)
    with st.sidebar:
        for shown, (*_, action) in zip(pages, SCREENS, strict=True):
            # Unlike Streamlit's own list, it leaves an open lot when its screen is chosen again.
            if person.may(action):
                st.page_link(shown, width="stretch")
        st.divider()
        st.markdown(f"**{literal(person.full_name)}**  \n{ROLES[person.role]}")
        st.caption(TIMES_IN.format(zone=config().zone.key))
        if person.may(Action.RUN_PIPELINE):
            st.link_button(PIPELINE, PIPELINE_ADDRESS, icon=":material/manufacturing:")
        st.button(SIGN_OUT, key="sign_out", icon=":material/logout:", on_click=signing.sign_out)
        settle_cookie()
    page.run()


def _tidy_address(screen: str) -> None:
    """Empty the browser's address where a link asked for the very screen, without its lot."""
    was, now = st.session_state.get(ASKED), (screen, bool(st.query_params))
    st.session_state[ASKED] = now
    if was == (screen, True) and now == (screen, False):
        st.query_params.clear()
        look_again()  # its list is drawn again, with the box that scans go to


def _pages() -> list:
    """List the pages there are, in the order of the sidebar."""
    return [
        st.Page(HERE / "screens" / f"{name}.py", title=title, icon=icon, default=name == "lots")
        for name, title, icon, _action in SCREENS
    ]


st.set_page_config(page_title=APP_NAME, page_icon=str(ICON), layout="wide")
st.logo(str(ICON), size="large")
st.html(HERE / "page.css")
ask_by(reader_sign)
try:
    draw()
except LotlineError as missing:
    # The address and the path are for who runs the server, not for whoever looks at the screen.
    told = missing.words if isinstance(missing, RecordUnavailable) else str(missing)
    st.error(told, icon=":material/cloud_off:")
