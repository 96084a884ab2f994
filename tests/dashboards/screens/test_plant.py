"""The plant's process is read and changed on one screen, and every version says what it changed."""

import io
import zipfile

from dashboards.commands.process.differences import differences
from dashboards.commands.process.reading import process_in_force
from dashboards.exports.process_files import process_archive, process_files
from dashboards.imports.process_folder import TEMPLATES, read_process
from tests.plants import button

WHY = "as the supplier's sheet says"
PLANT = "plant_limits"


def typed_limit(app, *, gate: str, characteristic: str, unit: str, upper: str) -> None:
    """Fill in the form of a new limit and save it."""
    of = app.text_input[0].key  # the form of types stands first; its keys say the version
    version = of.rsplit("_", 1)[1]
    at = f"new_{version}"
    app.selectbox(key=f"{PLANT}_gate_number_{at}").select(gate)
    app.text_input(key=f"{PLANT}_characteristic_{at}").input(characteristic)
    app.text_input(key=f"{PLANT}_unit_{at}").input(unit)
    app.text_input(key=f"{PLANT}_upper_bound_{at}").input(upper)
    app.text_input(key=f"{PLANT}_reason_{at}").input(WHY)
    button(app, f"{PLANT}_save_{at}").click().run()


def limits_of(record) -> dict[str, str]:
    with record.snapshot() as snapshot:
        limits = process_in_force(snapshot).of("limits").values()
    return {one["characteristic"]: str(one["upper_bound"]) for one in limits}


def test_two_limits_are_added_one_after_the_other_and_history_says_which(screen, record) -> None:
    app = screen("plant")
    typed_limit(app, gate="3", characteristic="ash", unit="percent", upper="0.9")
    assert "ash at gate 3" in app.success[0].value
    assert app.selectbox(key=f"{PLANT}_chosen").value == "new"
    typed_limit(app, gate="3", characteristic="moisture", unit="percent", upper="15.5")

    assert not app.exception and "moisture at gate 3" in app.success[0].value
    known = limits_of(record)
    assert (known["ash"], known["moisture"]) == ("0.9", "15.5")


def test_a_limit_that_was_changed_stays_chosen_and_reads_as_it_is_now(screen, record) -> None:
    app = screen("plant")
    typed_limit(app, gate="3", characteristic="ash", unit="percent", upper="0.9")
    (chosen,) = [name for name in app.selectbox(key=f"{PLANT}_chosen").options if "ash" in name]
    app.selectbox(key=f"{PLANT}_chosen").select(chosen).run()
    (field,) = [
        one
        for one in app.text_input
        if one.key.startswith(f"{PLANT}_upper_bound_") and "ash" in one.key
    ]
    assert field.value == "0.9"
    at = field.key.removeprefix(f"{PLANT}_upper_bound_")
    field.input("1.1")
    app.text_input(key=f"{PLANT}_reason_{at}").input(WHY)
    button(app, f"{PLANT}_save_{at}").click().run()

    assert not app.exception and "≤ 0.9" in app.success[0].value and "≤ 1.1" in app.success[0].value
    assert limits_of(record)["ash"] == "1.1"
    assert "ash" in app.selectbox(key=f"{PLANT}_chosen").value


def test_what_a_version_changed_is_said_to_whoever_ticks_it(screen, record) -> None:
    app = screen("plant")
    typed_limit(app, gate="3", characteristic="ash", unit="percent", upper="0.9")
    history = next(one for one in app.dataframe if "applied_by" in one.value)
    assert list(history.value["reason"])[0] == WHY

    app.session_state["plant_history"] = {"selection": {"rows": [0], "columns": []}}
    app.run()

    said = [one.value for one in app.markdown]
    assert any("New: limit ash at gate 3" in one.replace("\\", "") for one in said), said
    assert sum(one.startswith("- ") for one in said) == 1


def test_who_only_reads_sees_the_process_and_no_form(screen) -> None:
    app = screen("plant", role="OPERATOR")

    assert not app.text_input and any("history" in (one.key or "") for one in app.dataframe)


def in_force(record):
    with record.snapshot() as snapshot:
        return process_in_force(snapshot)


def packed(files: dict[str, str]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as into:
        for name, text in files.items():
            into.writestr(f"plant/{name}", text)
    return archive.getvalue()


def with_files(screen, *files: tuple[str, bytes]):
    """Open the screen and give it the files of a process."""
    app = screen("plant")
    app.selectbox(key="plant_template").select("files").run()
    for name, raw in files:
        app.file_uploader[0].upload(name, raw, "text/csv")
    app.run()
    assert not app.exception
    return app


def said(app) -> list[str]:
    return [one.value.removeprefix("- ").replace("\\", "") for one in app.markdown]


def test_a_process_taken_away_as_files_reads_as_it_did(screen, record) -> None:
    app = with_files(screen, ("kebab.zip", process_archive(in_force(record))))

    assert "Nothing that reads otherwise than before." in said(app)
    assert button(app, "plant_take").disabled


def test_a_process_from_files_is_seen_before_it_is_taken(screen, record) -> None:
    files = process_files(in_force(record))
    files["limits.csv"] += "3,ash,percent,,,,,,0.9,,\n"
    app = with_files(screen, ("our plant.zip", packed(files)))

    new = "New: limit ash at gate 3 for all lots, ≤ 0.9 percent."
    assert "**It would change 1:**" in said(app) and new in said(app), said(app)
    assert "ash" not in limits_of(record)
    app.text_input(key="plant_template_reason").input(WHY)
    button(app, "plant_take").click().run()

    assert not app.exception and new in app.success[0].value.replace("\\", "")
    assert (limits_of(record)["ash"], in_force(record).name) == ("0.9", "our plant")
    assert app.selectbox(key="plant_template").value is None


def test_a_process_whose_files_are_wrong_says_where_and_can_t_be_taken(screen, record) -> None:
    lines = "gate_number,point,text_en,text_hu\n1,one,Cold,Hideg\n"
    app = with_files(screen, ("checklists.csv", lines.encode()))
    of_point = "\nchecklists.csv line 2 point 'one': "
    assert of_point in app.error[0].value.replace("\\", ""), app.error[0].value
    assert button(app, "plant_take").disabled

    app = with_files(screen, ("process.csv", b"x\n"))
    said_wrong = app.error[0].value.replace("\\", "")
    assert "process.csv line 1: is none of lot_types.csv" in said_wrong


def test_a_template_is_seen_before_it_is_taken_and_more_changes_are_counted(screen, record) -> None:
    app = screen("plant")
    app.selectbox(key="plant_template").select("bakery").run()
    seen = next(one for one in said(app) if one.startswith("**It would change"))
    count = int(seen.removeprefix("**It would change ").removesuffix(":**"))
    app.text_input(key="plant_template_reason").input(WHY)
    button(app, "plant_take").click().run()

    assert not app.exception, app.exception
    assert f"And {count - 5} more" in app.success[0].value
    template = read_process(TEMPLATES / "bakery")
    assert differences(in_force(record), template) == []


def test_a_types_colour_is_a_colour_and_stands_in_the_table(screen, record) -> None:
    files = process_files(in_force(record))
    raw = "RAW,received,átvett,1,RECEIVED,,,,,,"
    assert f"{raw}\n" in files["lot_types.csv"]
    blue = files["lot_types.csv"].replace(raw, f"{raw}blue")
    app = with_files(screen, ("lot_types.csv", blue.encode()))
    assert "line 2 colour 'blue': " in app.error[0].value.replace("\\", "")
    assert "such as #1d4ed8" in app.error[0].value.replace("\\", "")

    files["lot_types.csv"] = files["lot_types.csv"].replace(raw, f"{raw}#1D4ED8")
    app = with_files(screen, ("kebab.zip", packed(files)))
    app.text_input(key="plant_template_reason").input(WHY)
    button(app, "plant_take").click().run()

    shown = next(one.value for one in app.dataframe if "colour" in one.value)
    assert [list(one) if one is not None else None for one in shown["colour"]][:2] == [
        ["#1d4ed8"],
        None,
    ]
