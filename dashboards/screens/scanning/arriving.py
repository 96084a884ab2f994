"""A scan while the cursor is in no box: each screen takes it as it takes one in its first box.

Where that is another screen's matter, the lot's page opens; where several lots may be meant,
*Trace* offers them: nothing is chosen for anybody.
"""

from collections.abc import Mapping

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.screens.deciding.gates import open_gate_of
from dashboards.screens.scanning.calibrating import CARD_SCREEN, note_card
from dashboards.sessions.connections import record
from dashboards.sessions.current import current_person
from dashboards.views.as_of import kept_in_address
from dashboards.views.focus import screen_shown
from dashboards.views.label_filling import OWN_CODE, PLACE, fill_from_label
from dashboards.views.links import LOTS, TRACE
from dashboards.views.messages import say, say_problem
from dashboards.views.production_form import FORM
from dashboards.views.scanner import Scan, scanned
from dashboards.views.search_box import FIND, look_for
from dashboards.views.taken_lots import taken_lots
from dashboards.views.voided_lots import voided_said
from dashboards.words.scanning import PARENT_LISTED, PARENT_SCANNED, SCAN_UNKNOWN
from sql.errors import RecordUnavailable, TextNotKept
from sql.genealogy.labels import trimmed
from sql.genealogy.lot_choice import Meant, lot_meant

AROUND = "scan"  # the place above every screen where is said what a scan came to
_GOES_TO = "scan_goes_to"
# Forms with a list of what went in, by screen: the prefix of their keys, and where they say things.
FORMS = {"new_lot": ("new", PLACE), "productions": (FORM, AROUND)}
_OWN_CODES = ("lot_code", "lot_code_alike", "label_code")


def scan_arrived() -> None:
    """Do what the open screen does with a scan; for the scanner's callback."""
    scan, person = scanned(), current_person()
    if scan is None or person is None:
        return
    screen = screen_shown()
    if screen == CARD_SCREEN:
        note_card(scan)
    elif screen == "trace":
        look_for([scan.text])
    elif screen == "qc_decisions":
        open_gate_of(scan.text)
    elif screen == "common_ancestors":
        listed = st.session_state.get("suspects_bad", "").rstrip()
        st.session_state["suspects_bad"] = f"{listed}\n{trimmed(scan.text)}".lstrip()
    else:
        _take(scan, screen, may_write=person.may(Action.WRITE_LOTS))


def go_where_scanned() -> None:
    """Open the screen that a scan asked for, if one did; for the page's run."""
    asked: tuple[str, Mapping[str, str]] | None = st.session_state.pop(_GOES_TO, None)
    if asked is not None:
        screen, parameters = asked
        st.switch_page(screen, query_params={**parameters, **kept_in_address()})


def _take(scan: Scan, screen: str, *, may_write: bool) -> None:
    """Put what a scan means into the form of the screen, where it has one for it, or open it."""
    try:
        with record().snapshot() as snapshot:
            meant = lot_meant(snapshot, trimmed(scan.text))
    except RecordUnavailable as away:
        say_problem(away, place=AROUND)
        return
    except TextNotKept:
        say("warning", SCAN_UNKNOWN.format(typed=trimmed(scan.text)), place=AROUND)
        return
    if screen in FORMS and may_write and _is_own(meant):
        _list_own(meant, *FORMS[screen])
    elif screen == "new_lot" and may_write:
        st.session_state[OWN_CODE] = meant.typed
        fill_from_label(OWN_CODE)
    else:
        _open(meant)


def _open(meant: Meant) -> None:
    """Open the lot that is surely meant; offer several; say where none is."""
    if meant.lot_code is not None:
        st.session_state[_GOES_TO] = (LOTS, {"lot": meant.lot_code})
    elif meant.found.lots:
        st.session_state[_GOES_TO] = (TRACE, {FIND: meant.typed})
    elif meant.voided:
        say("warning", voided_said(meant.voided[0]), place=AROUND)
    else:
        say("warning", SCAN_UNKNOWN.format(typed=meant.reading.typed), place=AROUND)


def _is_own(meant: Meant) -> bool:
    """Tell whether a lot's own label was scanned, not its supplier's or its pallet's."""
    return meant.sure is not None and meant.sure["matched_by"] in _OWN_CODES


def _list_own(meant: Meant, form: str, place: str) -> None:
    """Put the lot on a form's list of what went in, once."""
    code, listed = meant.lot_code, taken_lots(form)
    said = PARENT_LISTED if code in listed else PARENT_SCANNED
    if code is not None and code not in listed:
        listed.append(code)
    say("success", said.format(code=code), place=place)
