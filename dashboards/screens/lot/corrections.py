"""What puts a lot's record right: restated values, a voided fact, a withdrawn decision."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboards.commands import values
from dashboards.commands.authority import Action, Person
from dashboards.commands.corrections import Corrected, correct_lot
from dashboards.commands.refusals import BadValue
from dashboards.commands.voids import Voidable, void_fact
from dashboards.commands.withdrawals import withdraw_decision
from dashboards.screens.lot.acting import act, form_part, place_of
from dashboards.screens.lot.renaming import draw_rename_form
from dashboards.sessions.connections import config
from dashboards.views.confirming import confirmed
from dashboards.views.correct_form import correct_form
from dashboards.views.correction_forms import void_form, withdraw_form
from dashboards.views.correction_times import moment_typed
from dashboards.views.lot_choices import decision_names, voidable_names
from dashboards.views.messages import say, say_problem
from dashboards.views.number_fields import number_typed
from dashboards.views.passwords import take_password
from dashboards.views.unit_fields import quantity_typed, unit_typed
from dashboards.words import correcting as words
from dashboards.words.origins import WAYS_OUT, WAYS_TO_MEND
from sql.record.transactions import Row


def draw_correction_forms(
    viewer: Person,
    lot: Row,
    sections: Mapping[str, Sequence[Row]],
    lists: Mapping[str, Sequence[Row]],
) -> None:
    """Draw the forms that correct the lot, for whoever may correct."""
    if not viewer.may(Action.CORRECT):
        return
    zone = config().zone
    st.caption(WAYS_OUT.get(lot["disposition"], "") + WAYS_TO_MEND)
    with form_part(words.CORRECT_TITLE, "correct"):
        correct_form(lot, lists, zone, save_correction)
    draw_rename_form()
    with form_part(words.VOID_TITLE, "void"):
        void_form(voidable_names(lot, sections, zone), save_void)
    decisions = decision_names(sections["decisions_of_lot"], zone)
    if decisions:
        with form_part(words.WITHDRAW_TITLE, "withdraw"):
            withdraw_form(decisions, save_withdrawal)


def save_correction(used: str) -> None:
    """Restate the open lot's values."""
    typed = st.session_state
    known = typed["correct_known"]
    try:
        corrected = Corrected(
            product_code=typed["correct_product"],
            weight_kg=number_typed("correct_weight_kg"),
            temperature_c=number_typed("correct_temperature_c", read=values.temperature_c),
            expires_on=typed["correct_expires_on"],
            happened_at=moment_typed(config().zone),
            supplier_code=typed["correct_supplier"],
            supplier_lot_code=typed["correct_supplier_lot"],
            run_code=typed["correct_run"],
            printed_code=typed["correct_printed_code"],
            lot_type=typed["correct_lot_type"],
            quantity=quantity_typed("correct_").typed(),
            unit=unit_typed("correct_"),
            is_weighed_so=typed.get("correct_weighed_so", False),
        )
    except BadValue as bad:
        say_problem(bad, place=place_of("correct"))
        return
    act(
        "correct",
        used,
        words.CORRECTED,
        correct_lot,
        ["correct_reason"],
        lot_code=known["lot_code"],
        corrected=corrected,
        reason=typed["correct_reason"],
        based_on=known["correction_id"],
        confirmed=confirmed("correct"),
    )


def save_void(used: str) -> None:
    """Void the chosen fact."""
    typed = st.session_state
    if typed["void_fact"] is None:
        say("warning", words.CHOOSE_WHAT, place=place_of("void"))
        return
    kind, fact_id = typed["void_fact"]
    act(
        "void",
        used,
        words.VOIDED.format(kind=kind),
        void_fact,
        ["void_fact", "void_reason"],
        is_timed=True,
        kind=Voidable(kind),
        fact_id=fact_id,
        reason=typed["void_reason"],
    )


def save_withdrawal(used: str) -> None:
    """Withdraw the chosen decision, signed."""
    typed = st.session_state
    password = take_password("withdraw_password")
    if typed["withdraw_decision"] is None:
        say("warning", words.CHOOSE_DECISION, place=place_of("withdraw"))
        return
    act(
        "withdraw",
        used,
        words.WITHDRAWN,
        withdraw_decision,
        ["withdraw_decision", "withdraw_reason"],
        password=password,
        is_timed=True,
        decision_id=typed["withdraw_decision"],
        reason=typed["withdraw_reason"],
    )
