"""The matrix of `sql/domain.md, Roles`, at the API, the commands and every other face.

Everything a person can reach stands in a table here: API and server routes, screens, callbacks of
screens, terminal commands, commands. An entry says which action of the matrix it is, or why it is
none. What is missing here, or no longer there, fails: a new button is decided about on purpose.
"""

import ast
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from starlette.testclient import TestClient

from dashboards.api import application
from dashboards.api.application import create_api
from dashboards.api.tokens import issue_token
from dashboards.commands import (
    assessments,
    decisions,
    holds,
    import_mappings,
    importing,
    links,
    lots,
    masters,
    movements,
    packing,
    password_changes,
    pipeline_runs,
    place_changes,
    places,
    productions,
    readings,
    renames,
    rework,
    runs,
    sessions,
    settlements,
    shipments,
    unit_shipments,
    unpacking,
    voids,
    withdrawals,
)
from dashboards.commands import people as persons
from dashboards.commands.authority import PERMITTED, Action, Face
from dashboards.commands.corrections import Corrected
from dashboards.commands.master_kinds import Master
from dashboards.commands.refusals import DecisionRefused, NotPermitted
from dashboards.terminal import main as terminal
from sql.vocabulary import Role
from tests.engines import ask, undone
from tests.plants import correct_as_known, gate_id_of, just_confirmed

DASHBOARDS = Path(__file__).resolve().parents[2] / "dashboards"
ALL = frozenset(Role)
A, M, AU, O, V = Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.OPERATOR, Role.VIEWER  # noqa: E741

# The matrix: action -> (the roles that may, the Action that authority is asked for).
MATRIX: dict[str, tuple[frozenset[Role], Action | None]] = {
    "sign_in": (ALL, None),
    "health": (ALL, None),
    "list_lots": (ALL, Action.READ),
    "trace_lot": (ALL, Action.READ),
    "dashboard": (ALL, Action.READ),
    "create_lot": (frozenset({A, M, O}), Action.WRITE_LOTS),
    "link_lots": (frozenset({A, M, O}), Action.WRITE_LOTS),
    "void_link_with_reason": (frozenset({A, M}), Action.CORRECT),
    "correct_lot_with_reason": (frozenset({A, M}), Action.CORRECT),
    "import_csv_epcis": (frozenset({A, M}), Action.IMPORT),
    "decide_PASS": (frozenset({A, M, AU, O}), Action.DECIDE),
    "decide_HOLD": (frozenset({A, M, AU, O}), Action.DECIDE),
    "decide_FAIL": (frozenset({A, M, AU, O}), Action.DECIDE),
    "lift_HOLD": (frozenset({A, M}), Action.LIFT_HOLD),
    "override_FAIL": (frozenset({A, M}), Action.LIFT_HOLD),
    "release_own_lot": (frozenset(), None),
    "read_audit_trail": (frozenset({A, AU}), Action.READ_AUDIT),
    "verify_chain": (frozenset({A, AU}), Action.READ_AUDIT),
    "run_pipeline_now": (frozenset({A, M}), Action.RUN_PIPELINE),
    "manage_users": (frozenset({A}), Action.MANAGE_USERS),
    "reset_other_password": (frozenset({A}), Action.MANAGE_USERS),
    "see_password_hash": (frozenset(), None),  # tests/sql/test_database_roles.py
    "delete_any_record": (frozenset(), None),  # the same
}
NOT_YET = {"export_recall_pack"}  # there is no recall pack so far

# What there is -> the action of the matrix, or in words why it is none.
ROUTES = {
    "GET /health": "health",
    "POST /login": "sign_in",
    "POST /lots": "create_lot",
    "POST /qc-decisions": "decide_PASS",
    "POST /movements": "create_lot",
    "POST /productions": "create_lot",
    "POST /packings": "create_lot",
    "POST /moves": "create_lot",
    "GET /stands/{lot_code:path}": "trace_lot",
    "GET /traceability/{lot_code:path}": "trace_lot",
    "GET /docs": "list_lots",
    "GET /openapi.json": "list_lots",
}
SERVER_ROUTES = {
    "/session/open": "swaps a ticket, given at sign-in, for the cookie",
    "/session/close": "ends the asker's own session",
    "/lots": "only sends on to the root",
    "/zxing": "a reader of codes, the same for everybody; holds nothing of the plant",
}
SCREENS = {
    "lots": "list_lots",
    "new_lot": "create_lot",
    "productions": "list_lots",  # shows them; recording is asked by the command
    "packing": "list_lots",  # shows units; packing is asked by the commands
    "qc_decisions": "list_lots",  # shows decisions; deciding is asked by the command
    "trace": "trace_lot",
    "common_ancestors": "dashboard",
    "exposure": "dashboard",
    "stock": "dashboard",
    "quality": "dashboard",
    "readings": "dashboard",
    "plant": "dashboard",  # shows the process; changing it is asked by the command
    "data_quality": "dashboard",
    "master_data": "dashboard",  # shows; changing is asked by the commands
    "scanner": "dashboard",
    "people": "manage_users",
    "audit": "read_audit_trail",
    "imports": "import_csv_epcis",
    "account": "own account: everybody signed in",
    "sign_in": "before there is a person",
}
CALLBACKS = {
    "app: signing.sign_out": "own session",
    "screens/account: change": "own password",
    "screens/account: leave_everywhere": "own sessions",
    "screens/audit: check": "verify_chain",
    "screens/audit: first_page": "read_audit_trail",
    "screens/common_ancestors: take_rejected": "dashboard",
    "screens/imports: look": "import_csv_epcis",
    "screens/imports: bring_in": "import_csv_epcis",
    "screens/imports: keep": "import_csv_epcis",
    "screens/importing/export: _packed": "import_csv_epcis",
    "screens/data_quality: run_now": "run_pipeline_now",
    "screens/data_quality: settle": "correct_lot_with_reason",
    "screens/lots: close": "list_lots",
    "screens/master_data: choose_selected": "dashboard",
    "screens/masters/drawing: add": "correct_lot_with_reason",
    "screens/masters/drawing: change": "correct_lot_with_reason",
    "screens/masters/drawing: close": "correct_lot_with_reason",
    "screens/lots: first_page": "list_lots",
    "screens/lots: open_selected": "list_lots",
    "screens/lot/corrections: save_correction": "correct_lot_with_reason",
    "screens/lot/origin: save_assessment": "lift_HOLD",
    "screens/lot/floor: save_parent": "link_lots",
    "screens/lot/floor: save_reading": "decide_PASS",
    "screens/lot/floor: save_shipment": "create_lot",
    "screens/lot/movements: save_movement": "create_lot",
    "screens/lot/rework: save_rework": "lift_HOLD",
    "screens/lot/renaming: save_rename": "correct_lot_with_reason",
    "screens/lot/corrections: save_void": "void_link_with_reason",
    "screens/lot/corrections: save_withdrawal": "correct_lot_with_reason",
    "screens/lots: keep_list": "list_lots",
    "screens/lots: search": "list_lots",
    "screens/new_lot: register": "create_lot",
    "screens/producing/recording: save": "create_lot",
    "screens/producing/recorded: save_void": "void_link_with_reason",
    "screens/packing_units/shown: opened": "list_lots",
    "screens/packing_units/shown: _kept": "list_lots",  # names a lot that is shown
    "views/production_form: add_output": "draws fields; writes nothing",
    "views/production_form: remove_output": "draws fields; writes nothing",
    "screens/lot/places: save_place": "create_lot",
    "screens/masters/places: add_place": "correct_lot_with_reason",
    "screens/masters/place_changing: change": "correct_lot_with_reason",
    "screens/people: add": "manage_users",
    "screens/people: change": "manage_users",
    "screens/people: reset": "reset_other_password",
    "screens/plant: process_at": "dashboard",
    "screens/plant: save": "the process: who may import",
    "screens/plant: retire": "the process: who may import",
    "screens/plant_changes/taking: take": "the process: who may import",
    "screens/qc_decisions: lot_chosen": "opens a gate; writes nothing",
    "screens/qc_decisions: save": "decide_PASS",
    "screens/qc_decisions: scanned": "opens a gate; writes nothing",
    "screens/scanner: choose_keys": "a setting of the browser; writes nothing",
    "screens/sign_in: sign_in": "sign_in",
    "screens/tracing/holding: save_hold": "decide_HOLD",
    "views/search_box: _find_typed": "trace_lot",
    "views/search_box: _find_list": "trace_lot",
    "views/lot_offers: _take": "trace_lot",
    "views/lot_offers: _forget": "trace_lot",
    "views/taken_lots: add_taken": "lists what goes in; writes nothing",
    "views/taken_lots: taken_lots(prefix).remove": "lists what goes in; writes nothing",
    "views/new_lot_form: fill_from_label": "fills a form; writes nothing",
    "views/new_lot_form: follow_product": "fills a form; writes nothing",
    "views/production_form: follow_product": "fills a form; writes nothing",
    "views/trace_graph: _unfold": "trace_lot",
    "views/as_of: _choose": "list_lots",
    "views/as_of: leave": "list_lots",
}
ON_THE_SERVER = "whoever runs it on the server holds the database anyway"
TERMINAL = dict.fromkeys(
    [
        "up",
        "migrate",
        "import",
        "export",
        "refresh",
        "check",
        "trace",
        "stands",
        "sql",
        "user add",
        "user password",
        "audit verify",
        "backup",
        "restore",
        "process export",
        "process check",
        "process apply",
    ],
    ON_THE_SERVER,
)
COMMANDS = {
    "lots.register_lot": "create_lot",
    "links.link_lots": "link_lots",
    "links.guard_use": "only refuses; called by what uses a lot, which asked",
    "productions.record_production": "create_lot",
    "production_sides.used_lot": "only refuses; called by record_production, which asked",
    "production_sides.made_lot": "called by record_production, which asked; registering asks too",
    "shipments.record_shipment": "create_lot",
    "packing.pack_lot": "create_lot",
    "packing.pack_unit": "create_lot",
    "packing.write_packing": "called by pack and unpack, which asked",
    "unpacking.unpack": "create_lot",
    "unit_shipments.ship_unit": "create_lot",
    "movements.register_movement": "create_lot",
    "place_changes.change_place": "correct_lot_with_reason",
    "places.register_place": "correct_lot_with_reason",
    "places.move_lot": "create_lot",
    "rework.rework_lot": "lift_HOLD",
    "movement_guards.guard_stops": "only refuses; called by register_movement, which asked",
    "decisions.decide": "decide_PASS",
    "readings.record_reading": "decide_PASS",
    "settlements.settle_finding": "correct_lot_with_reason",
    "voids.void_fact": "void_link_with_reason",
    "voids.void_lot": "void_link_with_reason",
    "corrections.correct_lot": "correct_lot_with_reason",
    "renames.rename_lot": "correct_lot_with_reason",
    "masters.register_master": "correct_lot_with_reason",
    "masters.change_master": "correct_lot_with_reason",
    "runs.close_run": "correct_lot_with_reason",
    "deviations.hold_for_imported": "called by import_rows, which asked",
    "retired_guards.guard_product": "called by register_lot and correct_lot, which asked",
    "retired_guards.guard_partner": "called by register_lot and record_shipment, which asked",
    "movement_partners.partner_of": "called by register_movement, which asked",
    "deviations.hold_for_reading": "called by record_reading; it decides, which asks",
    "import_revising.apply_changes": "called by import_rows, which asked",
    "withdrawals.withdraw_decision": "correct_lot_with_reason",
    "assessments.assess_origin": "lift_HOLD",
    "importing.import_rows": "import_csv_epcis",
    "import_mappings.save_mapping": "import_csv_epcis",
    "people.add_user": "manage_users",
    "people.change_user": "manage_users",
    "password_changes.reset_password": "reset_other_password",
    "pipeline_runs.ask_for_run": "run_pipeline_now",
    "pipeline_runs.note_act": "run_pipeline_now",
    "sign_in.confirm_password": "own password",
    "password_changes.change_password": "own password",
    "sessions.end_all_sessions": "own sessions",
    "holds.hold_lots": "decide_HOLD",
    "signatures.sign_all": "called by hold_lots, which asked",
    "floor_times.floor_stretch": "only reads a time; called by commands, which asked",
    "floor_times.floor_time": "only reads a time; called by commands, which asked",
    "applying.apply_process": "asks for changing the process: who may import",
    "plausible.beyond_reason_given": "only refuses; called by register_lot, which asked",
    "decision_guards.guard_second_person": "only refuses; called by decide, which asked",
    "expiry_guards.expiry_reason_given": "only refuses; called by what uses or ships, which asked",
    "lift_guards.guard_lift": "only refuses; called by decide, and asks for lifting itself",
    "lot_writing.write_lot": "called by register_lot, which asked",
    "import_writing.write_files": "called by import_rows, which asked",
    "signatures.sign": "called by the commands that write what is signed, after they asked",
    "writing.name_writer": "names the writer; writes nothing itself",
    "writing.begin_writing": "names the writer and takes the lock; writes nothing itself",
    "repeats.once": "runs another command, which asks",
}
CALLBACK_KEYWORDS = {"on_click", "on_change", "on_select", "on_submit", "on_dismiss", "select"}


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def callbacks() -> set[str]:
    """Name every function that a screen hands to a widget, or to a view that hands it on."""
    found = set()
    files = [
        DASHBOARDS / "app.py",
        DASHBOARDS / "sessions" / "current.py",
        *DASHBOARDS.glob("screens/**/*.py"),
        *DASHBOARDS.glob("views/*.py"),
    ]
    for file in files:
        module = parsed(file)
        functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
        own = {
            getattr(f, "name", "")
            for f in module.body
            if "screens" in file.relative_to(DASHBOARDS).parts
        } - {""}
        handed_on = {arg.arg for f in functions for arg in [*f.args.args, *f.args.kwonlyargs]}
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            values = [value for value in call.args if getattr(value, "id", None) in own]
            values += [word.value for word in call.keywords if word.arg in CALLBACK_KEYWORDS]
            values += [
                word.value
                for word in call.keywords
                if getattr(word.value, "id", "") in own and word.arg not in ("format_func", "key")
            ]
            for value in values:
                if isinstance(value, ast.Constant) or getattr(value, "id", "") in handed_on - own:
                    continue
                place = file.relative_to(DASHBOARDS).with_suffix("").as_posix()
                found.add(f"{place}: {ast.unparse(value)}")
    return found


def routes() -> set[str]:
    """Name every route of the API, those of its routers too."""
    api = create_api(application.Settings(database_url="postgresql://", secret_key="x" * 32))
    found, waiting = set(), list(api.routes)
    while waiting:
        route = waiting.pop()
        inner = getattr(route, "original_router", route)
        waiting += getattr(inner, "routes", [])
        for method in getattr(route, "methods", None) or []:
            found.add(f"{method} {getattr(route, 'path', '')}")
    return found


def terminal_commands(group=terminal.lotline, before="") -> set[str]:
    found = set()
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= terminal_commands(command, f"{before}{name} ")
        else:
            found.add(f"{before}{name}")
    return found


def commands() -> set[str]:
    """Name every public function of the commands that acts for somebody."""
    return {
        f"{file.stem}.{function.name}"
        for file in DASHBOARDS.glob("commands/**/*.py")
        for function in parsed(file).body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and "by" in {arg.arg for arg in [*function.args.args, *function.args.kwonlyargs]}
    }


def screens_shown() -> dict[str, str]:
    """List the screens of the navigation and the action each asks for."""
    listed = next(
        node.value
        for node in parsed(DASHBOARDS / "app.py").body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SCREENS"
    )
    assert isinstance(listed, ast.List)
    rows = [row.elts for row in listed.elts if isinstance(row, ast.Tuple)]
    return {ast.literal_eval(row[0]): ast.unparse(row[3]).removeprefix("Action.") for row in rows}


def server_routes() -> set[str]:
    return {
        ast.literal_eval(call.args[0])
        for call in ast.walk(parsed(DASHBOARDS / "serving" / "server.py"))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in ("Route", "Mount", "WebSocketRoute")
    }


@pytest.mark.parametrize(
    ("there", "table"),
    [
        (routes, ROUTES),
        (server_routes, SERVER_ROUTES),
        (callbacks, CALLBACKS),
        (terminal_commands, TERMINAL),
        (commands, COMMANDS),
        (lambda: {file.stem for file in DASHBOARDS.glob("screens/[!_]*.py")}, SCREENS),
    ],
    ids=["API routes", "server routes", "callbacks", "terminal", "commands", "screens"],
)
def test_whatever_a_person_can_reach_stands_in_the_matrix(there, table):
    found = there()
    assert found - set(table) == set(), "not in the matrix"
    assert set(table) - found == set(), "in the matrix and gone"
    for item, action in table.items():
        assert action in MATRIX or " " in action, f"{item}: neither an action nor a reason"


def test_the_navigation_asks_for_what_the_matrix_says():
    for name, asked in screens_shown().items():
        action = SCREENS[name]
        if action in MATRIX:
            assert Action[asked] is MATRIX[action][1], name


def test_the_matrix_is_the_shared_one(shared):
    given = json.loads((shared / "checks" / "role_matrix.json").read_text(encoding="utf-8"))
    assert set(given["actions"]) == set(MATRIX) | NOT_YET
    for action, row in given["actions"].items():
        if action not in NOT_YET:
            may = {Role(r) for r, sign in zip(given["roles"], row, strict=True) if sign in "A?"}
            assert may == MATRIX[action][0], action


def test_authority_permits_what_the_matrix_says():
    for action, (roles, asked) in MATRIX.items():
        if asked is not None:
            assert PERMITTED[asked] == roles, action
    # The plant's process is younger than the shared matrix: whoever imports may change it.
    assert PERMITTED[Action.CHANGE_PROCESS] == MATRIX["import_csv_epcis"][0]
    asked_for = {asked for _roles, asked in MATRIX.values()} - {None}
    assert set(PERMITTED) == asked_for | {Action.CHANGE_PROCESS}


# The API: every route as every role, and as those who are nobody.

NOBODY = ["anonymous", "expired", "forged", "switched off", "demoted", "signed out"]
EXPECTED = {
    "health": (200, None),
    "sign_in": (200, None),
    "create_lot": (201, 403),
    "decide_PASS": (201, 403),
    "trace_lot": (200, 403),
    "list_lots": (200, 403),
}


@pytest.fixture
def asking(settings, record, people):
    """Make a function that tells how a route answers somebody, in a plant with one lot."""
    with record.transaction() as transaction:
        lot = lots.register_lot(transaction, by=people["MANAGER"], lot_code="LOT-A")
        places.register_place(transaction, by=people["MANAGER"], place_code="DOCK", name="Dock")
    raised = settings.model_copy(update={"logins_per_minute": 1000, "lots_per_minute": 1000})
    numbers = iter(range(1000))
    bodies = {
        "POST /login": lambda: {"email": "admin@demo.example", "password": "lotline-demo"},
        "POST /lots": lambda: {"lot_code": f"NEW-{next(numbers)}"},
        "POST /qc-decisions": lambda: {"lot_id": lot["lot_id"], "decision": "PASS"},
        "POST /movements": lambda: {"lot_code": "LOT-A", "kind": "WASTE", "quantity_kg": 1},
        "POST /productions": lambda: {
            "production_code": f"P-{next(numbers)}",
            "inputs": [{"lot_code": "LOT-A"}],
            "outputs": [{"lot_code": f"MADE-{next(numbers)}"}],
        },
        "POST /packings": lambda: {"sscc": PALLET, "lot_code": "LOT-A"},
        "POST /moves": lambda: {"lot_code": "LOT-A", "to_place_code": "DOCK", "quantity_kg": 0.001},
    }
    with TestClient(create_api(raised, lambda: record)) as client:

        def ask(route, who):
            method, _, path = route.partition(" ")
            answer = client.request(
                method,
                path.replace("{lot_code:path}", "LOT-A"),
                headers=headers_of(who),
                json=bodies[route]() if route in bodies else None,
            )
            if answer.status_code == 403:
                named = answer.headers["X-Required-Roles"].split(", ")
                assert set(named) == MATRIX[ROUTES[route]][0]
            return answer.status_code

        def headers_of(who):
            if who == "anonymous":
                return {}
            person = people["MANAGER" if who in NOBODY else who]
            with record.transaction() as transaction:
                jti = sessions.start_session(transaction, user_id=person.user_id, face=Face.API)
            token = issue_token(settings, person, jti)
            if who == "expired":
                token = issue_token(settings.model_copy(update={"token_minutes": -1}), person, jti)
            if who == "forged":
                other = settings.model_copy(update={"secret_key": "k" * 40})
                other.__dict__.pop("signing_key", None)
                token = issue_token(other, person, jti)
            with record.transaction() as transaction:
                if who == "signed out":
                    sessions.end_all_sessions(transaction, by=person)
                if who in ("switched off", "demoted"):
                    persons.change_user(
                        transaction,
                        by=people["ADMIN"],
                        user_id=person.user_id,
                        role="VIEWER" if who == "demoted" else "MANAGER",
                        is_active=who == "demoted",
                    )
            return {"Authorization": f"Bearer {token}"}

        yield ask


def test_every_route_answers_every_role_as_the_matrix_says(asking):
    for route, action in ROUTES.items():
        allowed, refused = EXPECTED[action]
        for role in Role:
            expected = allowed if role in MATRIX[action][0] else refused
            assert asking(route, role.value) == expected, (route, role)


def test_every_route_answers_nobody_with_401(asking):
    for route, action in ROUTES.items():
        for who in NOBODY:
            expected = 200 if action in ("health", "sign_in") else 401
            assert asking(route, who) == expected, (route, who)


def test_who_was_demoted_may_afterwards_do_what_the_new_role_may(asking, record, people):
    with record.transaction() as transaction:
        persons.change_user(
            transaction,
            by=people["ADMIN"],
            role="VIEWER",
            is_active=True,
            user_id=people["MANAGER"].user_id,
        )
    assert asking("POST /lots", "MANAGER") == asking("POST /qc-decisions", "MANAGER") == 403
    assert asking("GET /traceability/{lot_code:path}", "MANAGER") == 200


# The commands: each called with what it would do, as every role.


@pytest.fixture
def floor(record, people):
    """Write a small plant and return the ids that the calls below need."""
    by = people["ADMIN"]
    with record.transaction() as transaction:
        transaction.copy(
            "facts.partners", ["partner_code", "name", "role"], [("CUS", "C", "CUSTOMER")]
        )
        transaction.copy("facts.production_runs", ["run_code"], [("RUN-1",)])
        gate = gate_id_of(transaction, 8)
        for code in ("P", "C", "H", "F"):
            lots.register_lot(transaction, by=by, lot_code=f"LOT-{code}", weight_kg=100)
        lots.register_lot(transaction, by=by, lot_code="LOT-S", lot_type="RAW", weight_kg=9)
        lots.register_lot(transaction, by=by, lot_code="LOT-A", parents=[lots.Parent("LOT-F", 1)])
        link = links.link_lots(
            transaction, by=by, parent_lot_code="LOT-P", child_lot_code="LOT-C", quantity_kg=1
        )
        for code, word in (("H", "HOLD"), ("F", "FAIL")):
            decided = decisions.decide(
                transaction,
                by=by,
                lot_code=f"LOT-{code}",
                decision=word,
                notes="metal was found",
                confirmation=just_confirmed(by),
            )
        other = persons.add_user(
            transaction,
            by=None,
            email="x@demo.example",
            full_name="X",
            role="VIEWER",
            password="lotline-demo",
        )
        line = shipments.record_shipment(
            transaction,
            by=by,
            shipment_code="S0",
            lot_code="LOT-S",
            customer_code="CUS",
            quantity_kg=1,
        )
        reading = readings.record_reading(
            transaction, by=by, lot_code="LOT-S", characteristic="pH", value=6, unit="1"
        )
        packing.pack_lot(transaction, by=by, sscc=CASE, lot_code="LOT-S", quantity_kg=1)
        places.register_place(transaction, by=by, place_code="DOCK", name="Dock")
        lots.register_lot(transaction, by=by, lot_code="LOT-V")
    return {
        "link": link,
        "decision": decided["decision_id"],
        "user": other,
        "gate": gate,
        "shipment": line,
        "reading": reading,
    }


def _decide(transaction, by, lot_code, decision, notes=None, **more):
    decisions.decide(
        transaction,
        by=by,
        lot_code=lot_code,
        decision=decision,
        notes=notes,
        confirmation=just_confirmed(by),
        **more,
    )


WHY = "written in error, sorry"
CASE, PALLET = "059012345000000012", "059012345000000036"
CALLS = {
    "masters.register_master": lambda t, by, _: masters.register_master(
        t, by=by, master=Master.PRODUCT, code="P-NEW", said={"name": "New"}
    ),
    "masters.change_master": lambda t, by, _: masters.change_master(
        t,
        by=by,
        master=Master.PARTNER,
        code="CUS",
        said={"name": "Shop", "role": "CUSTOMER"},
        reason=WHY,
        based_on=None,
    ),
    "runs.close_run": lambda t, by, _: runs.close_run(
        t, by=by, run_code="RUN-1", reason=None, based_on=None
    ),
    "lots.register_lot": lambda t, by, _: lots.register_lot(t, by=by, lot_code="NEW"),
    "links.link_lots": lambda t, by, _: links.link_lots(
        t, by=by, parent_lot_code="LOT-P", child_lot_code="LOT-C", quantity_kg=1
    ),
    "shipments.record_shipment": lambda t, by, _: shipments.record_shipment(
        t, by=by, shipment_code="S", lot_code="LOT-S", customer_code="CUS", quantity_kg=1
    ),
    "productions.record_production": lambda t, by, _: productions.record_production(
        t,
        by=by,
        production_code="VAT",
        inputs=[lots.Parent("LOT-P", 1)],
        outputs=[productions.Output("OUT", 1)],
    ),
    "packing.pack_lot": lambda t, by, _: packing.pack_lot(t, by=by, sscc=PALLET, lot_code="LOT-S"),
    "packing.pack_unit": lambda t, by, _: packing.pack_unit(t, by=by, sscc=PALLET, inner_sscc=CASE),
    "unpacking.unpack": lambda t, by, _: unpacking.unpack(t, by=by, sscc=CASE, lot_code="LOT-S"),
    "unit_shipments.ship_unit": lambda t, by, _: unit_shipments.ship_unit(
        t, by=by, sscc=CASE, shipment_code="S", customer_code="CUS"
    ),
    "decisions.decide": lambda t, by, _: _decide(t, by, "LOT-C", "PASS"),
    "holds.hold_lots": lambda t, by, _: holds.hold_lots(
        t,
        by=by,
        lot_codes=["LOT-C"],
        still_here=lambda: ["LOT-C"],
        reason=WHY,
        confirmation=just_confirmed(by),
    ),
    "readings.record_reading": lambda t, by, _: readings.record_reading(
        t, by=by, lot_code="LOT-C", characteristic="pH", value=6, unit="1"
    ),
    "settlements.settle_finding": lambda t, by, _: settlements.settle_finding(
        t,
        by=by,
        table="genealogy.mass_balance",
        rule="no_lot_gives_out_more_than_it_holds",
        row={"lot_code": "A"},
        kind="EXPLAINED",
        reason=WHY,
    ),
    "rework.rework_lot": lambda t, by, _: rework.rework_lot(
        t,
        by=by,
        parent_lot_code="LOT-H",
        child_lot_code="LOT-A",
        quantity_kg=1,
        reason="taken apart and washed",
        confirmation=just_confirmed(by),
    ),
    "movements.register_movement": lambda t, by, _: movements.register_movement(
        t, by=by, lot_code="LOT-P", kind="WASTE", quantity_kg=1
    ),
    "place_changes.change_place": lambda t, by, _: place_changes.change_place(
        t, by=by, place_code="DOCK", name="Other", reason=WHY, based_on=None
    ),
    "places.register_place": lambda t, by, _: places.register_place(
        t, by=by, place_code="NEW", name="New"
    ),
    "places.move_lot": lambda t, by, _: places.move_lot(
        t, by=by, lot_code="LOT-P", to_place_code="DOCK"
    ),
    "voids.void_fact": lambda t, by, at: voids.void_fact(
        t, by=by, kind=voids.Voidable.LINK, fact_id=at["link"], reason=WHY
    ),
    "voids.void_lot": lambda t, by, _: voids.void_lot(t, by=by, lot_code="LOT-V", reason=WHY),
    "renames.rename_lot": lambda t, by, _: renames.rename_lot(
        t,
        by=by,
        lot_code="LOT-V",
        new_lot_code="LOT-W",
        reason=WHY,
        confirmation=just_confirmed(by),
    ),
    "corrections.correct_lot": lambda t, by, _: correct_as_known(
        t,
        by=by,
        lot_code="LOT-C",
        reason=WHY,
        corrected=Corrected(None, 42, None, None, datetime.now(UTC) - timedelta(days=1)),
    ),
    "withdrawals.withdraw_decision": lambda t, by, at: withdrawals.withdraw_decision(
        t, by=by, decision_id=at["decision"], reason=WHY, confirmation=just_confirmed(by)
    ),
    "assessments.assess_origin": lambda t, by, at: assessments.assess_origin(
        t,
        by=by,
        lot_code="LOT-A",
        decision_ids=[at["decision"]],
        reason=WHY,
        confirmation=just_confirmed(by),
    ),
    "importing.import_rows": lambda t, by, _: importing.import_rows(t, {}, by=by),
    "import_mappings.save_mapping": lambda t, by, _: import_mappings.save_mapping(
        t, by=by, name="ERP", mapping={}
    ),
    "people.add_user": lambda t, by, _: persons.add_user(
        t, by=by, email="n@demo.example", full_name="N", role="VIEWER", password="lotline-demo"
    ),
    "people.change_user": lambda t, by, at: persons.change_user(
        t, by=by, user_id=at["user"], role="OPERATOR", is_active=True
    ),
    "password_changes.reset_password": lambda t, by, _: password_changes.reset_password(
        t, by=by, email="x@demo.example", password="another-lotline-demo"
    ),
    "pipeline_runs.ask_for_run": lambda t, by, _: pipeline_runs.ask_for_run(t, by=by),
    "pipeline_runs.note_act": lambda t, by, _: pipeline_runs.note_act(
        t, by=by, acts=["launchRun"], asked="{}"
    ),
}
# The same command, asked for what another line of the matrix is about.
MORE_CALLS = {
    "decide_HOLD": lambda t, by, _: _decide(t, by, "LOT-C", "HOLD", WHY),
    "decide_FAIL": lambda t, by, _: _decide(t, by, "LOT-C", "FAIL", WHY),
    "lift_HOLD": lambda t, by, _: _decide(t, by, "LOT-H", "PASS", WHY),
    "override_FAIL": lambda t, by, _: _decide(t, by, "LOT-F", "PASS", WHY),
}


def is_let(record, by, call, at) -> bool:
    """Tell whether a command lets somebody; what it writes is undone."""
    entries = "select count(*) from audit.entries"
    with undone(record) as transaction:
        before = ask(transaction, entries).fetchall()
        try:
            call(transaction, by, at)
        except NotPermitted:
            assert ask(transaction, entries).fetchall() == before, "refused, yet it wrote"
            return False
    return True


def test_every_command_that_acts_is_called_below():
    acting = {name for name, action in COMMANDS.items() if action in MATRIX}
    assert acting == set(CALLS)


def test_every_command_refuses_exactly_whom_the_matrix_does_not_name(record, people, floor):
    calls = [(COMMANDS[name], name, call) for name, call in CALLS.items()]
    calls += [(action, action, call) for action, call in MORE_CALLS.items()]
    for action, name, call in calls:
        let = {role for role in Role if is_let(record, people[role.value], call, floor)}
        assert let == MATRIX[action][0], name


def test_nobody_releases_a_lot_of_their_own(record, people, floor):
    """Whatever the role: a second person does, at a gate that blocks."""
    for role in MATRIX["decide_PASS"][0] & MATRIX["create_lot"][0]:
        by = people[role.value]
        with pytest.raises(DecisionRefused) as refusal, record.transaction() as transaction:
            lots.register_lot(transaction, by=by, lot_code="OWN", lot_type="FG")
            _decide(transaction, by, "OWN", "PASS", gate_id=floor["gate"], temperature_c=-20)
        assert refusal.value.code == "FOUR_EYES"
