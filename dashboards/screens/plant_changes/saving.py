"""What the screen of the plant saves: a part as it was typed, its retirement, a whole process."""

import streamlit as st

from dashboards.commands.process import KINDS, Process
from dashboards.commands.process.applying import apply_process
from dashboards.commands.process.cells import read_part
from dashboards.commands.process.parts import Key
from dashboards.commands.refusals import BadValue, Refusal
from dashboards.exports.process_files import cell_text
from dashboards.sessions.current import acting
from dashboards.views.half_forms import empty_fields
from dashboards.views.messages import say, say_problem
from dashboards.views.plant_form import NEW
from dashboards.views.plant_typed import cells_typed, points_typed, reason_typed
from dashboards.words.plant import PLANT_SAVED, PLANT_SAVED_MORE, PLANT_THERE_IS_ONE
from sql.errors import RecordUnavailable

NAMED = 5


def save(in_force: Process, kind: str, of: str, key: Key | None) -> None:
    """State a part as it was typed, in a version of its own."""
    refused: list[str] = []
    typed = cells_typed(KINDS[kind], of)
    part = read_part(KINDS[kind], typed, lambda *told: refused.append(told[2]))
    if part is None:
        say_problem(BadValue("\n".join(refused)), place="plant")
        return
    new_key = KINDS[kind].key_of(part)
    if key is None and new_key in in_force.of(kind):
        say_problem(BadValue(PLANT_THERE_IS_ONE), place="plant")
        return
    wanted = in_force.with_parts(kind, {**in_force.of(kind), new_key: part})
    if kind == "gates":
        others = {k: point for k, point in in_force.of("checklists").items() if k[0] != new_key[0]}
        points = points_typed(new_key[0], of)
        mine = {KINDS["checklists"].key_of(point): point for point in points}
        wanted = wanted.with_parts("checklists", {**others, **mine})
    if apply(wanted, reason_typed(kind, of)):
        # Whoever adds one adds the next; whoever changes one sees it as it is now.
        st.session_state[f"plant_{kind}_chosen"] = NEW if key is None else name_of(key)


def retire(in_force: Process, kind: str, of: str, key: Key) -> None:
    """Take a part out of the process; a gate goes with its limits and its checklist."""
    wanted = in_force
    for other in (kind, "limits", "checklists") if kind == "gates" else (kind,):
        kept = {k: part for k, part in in_force.of(other).items() if k[: len(key)] != key}
        wanted = wanted.with_parts(other, kept)
    if apply(wanted, reason_typed(kind, of)):
        st.session_state[f"plant_{kind}_chosen"] = NEW


def apply(wanted: Process, reason: str) -> bool:
    """Write the version, or say why not; what was typed stays where it is refused."""
    try:
        with acting() as (transaction, by):
            _version, changes = apply_process(transaction, by=by, wanted=wanted, reason=reason)
    except (Refusal, RecordUnavailable) as problem:
        say_problem(problem, place="plant")
        return False
    empty_fields(["plant_template_reason"])
    named = list(map(str, changes[:NAMED]))
    if len(changes) > NAMED:
        named.append(PLANT_SAVED_MORE.format(count=len(changes) - NAMED))
    say("success", PLANT_SAVED.format(changes=" ".join(named)), place="plant")
    return True


def name_of(key: Key) -> str:
    """Name a part among the others of its kind, whatever is added before it or retired."""
    return "|".join(map(cell_text, key))
