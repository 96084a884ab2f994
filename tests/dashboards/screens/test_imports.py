"""The import screen: files as read, columns chosen, what would come in, and the import, once."""

import pytest

from dashboards.commands.import_mappings import kept_mappings
from dashboards.imports.columns import FILES
from dashboards.words.imports import IMPORT_TABLES
from tests.dashboards.imports.workbooks import archive, xlsx
from tests.engines import ask
from tests.plants import button

LOTS = (
    "Jel;Szín;Fajta;Termék;Mennyi;Időpont\n"
    "Á-1;kék;RAW;;1.234,5;2026.01.12 06:30\n"
    "Á-2;zöld;RAW;;2,25;2026.01.12 07:30\n"
)


@pytest.fixture
def imports(screen):
    """Return a function that opens the screen with files uploaded."""

    def open_with(*files: tuple[str, bytes], role: str = "MANAGER"):
        app = screen("imports", role)
        for name, raw in files:
            app.file_uploader[0].upload(name, raw, "text/csv")
        app.run()
        assert not app.exception
        return app

    return open_with


def box(app, ending: str):
    """Find the one select box whose key ends so."""
    (found,) = [one for one in app.selectbox if one.key.endswith(ending)]
    return found


def mapped(app):
    """Choose by hand what headings alone don't tell."""
    box(app, "_table").select("lots").run()
    for column, heading in (("lot_code", 0), ("lot_type", 2), ("weight_kg", 4)):
        box(app, f"_0_{column}").select(heading)
    return app.run()


def test_a_file_of_anybody_comes_in_by_hand_and_its_mapping_is_kept(imports, record) -> None:
    app = mapped(imports(("rakat.csv", LOTS.encode("cp1250"))))
    assert any("Not taken: Szín" in said.value.replace("\\", "") for said in app.caption)
    app.button(key="imports_look").click().run()

    counted = app.dataframe[-1].value.to_dict("records")
    assert [(row["Rows"], row["New"], row["Refused"]) for row in counted] == [(2, 2, 0)]
    assert rows(record) == []
    app.text_input(key="imports_keep_name").input("Rakat")
    next(one for one in app.button if one.label == "Keep").click().run()
    button(app, "imports_import").click().run()

    assert not app.exception and "Lots 2" in app.success[0].value
    assert rows(record) == [("Á-1", "1234.5"), ("Á-2", "2.25")]
    with record.transaction() as transaction:
        assert list(kept_mappings(transaction)) == ["Rakat"]


def test_an_archive_comes_in_as_the_files_that_were_packed(imports, record) -> None:
    lots = "lot_code,lot_type,product_code,weight_kg,happened_at\nÁ-3,RAW,,4.5,2026-01-12 06:30\n"
    besides = {"export/": "", "__MACOSX/export/._lots.csv": "x", "export/readme.txt": "x"}
    app = imports(("export.zip", archive({"export/lots.csv": lots, **besides})))
    app.button(key="imports_look").click().run()
    button(app, "imports_import").click().run()

    assert not app.exception and "Lots 1" in app.success[0].value
    assert rows(record) == [("Á-3", "4.5")]


def rows(record) -> list[tuple]:
    with record.transaction() as transaction:
        found = ask(
            transaction, "select lot_code, trim_scale(weight_kg)::text from lots order by 1"
        )
        return [tuple(row) for row in found]


def test_what_is_refused_is_told_by_cause_and_nothing_can_be_imported(imports, record) -> None:
    lines = "".join(f"L{n};MEAT;;1;2026.01.12 06:30\n" for n in range(1000))
    text = f"lot_code;lot_type;product_code;weight_kg;happened_at\n{lines}"
    app = imports(("lots.csv", text.encode()))
    app.button(key="imports_look").click().run()

    said = " ".join(one.value for one in app.markdown).replace("\\", "")
    assert "lots.csv:2, 3, 4, 5, 6 and 995 more: lot_type" in said
    assert app.error and button(app, "imports_import").disabled
    assert rows(record) == []


def test_corrections_are_taken_once_they_are_confirmed(imports, record) -> None:
    header = "lot_code;lot_type;product_code;weight_kg;happened_at\n"
    app = imports(("lots.csv", f"{header}A;RAW;;;2026.01.12 06:30\n".encode()))
    app.button(key="imports_look").click().run()
    button(app, "imports_import").click().run()
    assert rows(record) == [("A", None)]

    grown = f"{header}A;RAW;;12,5;2026.01.12 06:30\n".encode()
    app.file_uploader[0].upload("lots.csv", grown, "text/csv")
    app.run()
    app.button(key="imports_look").click().run()
    assert button(app, "imports_import").disabled
    said = " ".join(one.value for one in app.markdown).replace("\\", "")
    assert "Tick the box below to correct it" in said and "--" not in said
    app.checkbox(key="imports_confirmed").check().run()
    button(app, "imports_import").click().run()

    assert not app.exception and "1 corrected" in app.success[0].value
    assert rows(record) == [("A", "12.5")]


def test_a_hidden_sheet_is_named_and_left_out_and_a_bad_file_says_why(imports) -> None:
    book = xlsx(
        {
            "products": [["product_code", "name"], ["P", "Ham"]],
            "partners": [["partner_code", "name", "role"], ["S", "Farm", "SUPPLIER"]],
        },
        hidden=["partners"],
    )
    app = imports(
        ("plant.xlsx", book), ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99)
    )

    assert any("The workbook hides this sheet" in said.value for said in app.caption)
    assert any("old format of Excel" in said.value for said in app.error)
    app.button(key="imports_look").click().run()
    counted = app.dataframe[-1].value.to_dict("records")
    assert [row["Table"] for row in counted] == ["Products"]


def test_every_table_that_can_be_imported_has_words() -> None:
    assert set(IMPORT_TABLES) == set(FILES)


def test_lots_that_an_import_holds_are_named_before_and_counted_after(imports, record) -> None:
    """Receipt wants a surface of at most 4 °C."""
    lots = "lot_code,lot_type,product_code,weight_kg,happened_at\nA-1,RAW,,5,2026-01-12T06:30Z\n"
    readings = (
        "lot_code,characteristic,value,unit,happened_at,gate_number\n"
        "A-1,surface_temperature,7.5,C,2026-01-12T06:40Z,1\n"
    )
    app = imports(("lots.csv", lots.encode()), ("readings.csv", readings.encode()))
    app.button(key="imports_look").click().run()

    assert any(
        "Lot A-1: surface temperature 7.5 °C: outside the limit ≤ 4 °C."
        in one.value.replace("\\", "")
        for one in app.markdown
    )
    button(app, "imports_import").click().run()
    assert "Put on HOLD for results outside their limit: 1" in app.success[0].value.replace(
        "\\", ""
    )
    with record.snapshot() as snapshot:
        assert snapshot.one("lot_shown", lot_code="A-1")["disposition"] == "hold"


def test_a_whole_export_voids_and_sets_aside_on_the_screen_too(imports, record) -> None:
    header = "lot_code;lot_type;product_code;weight_kg;happened_at\n"
    app = imports(
        ("lots.csv", f"{header}A;RAW;;1;2026.01.12 06:30\nB;RAW;;1;2026.01.12 06:30\n".encode())
    )
    app.button(key="imports_look").click().run()
    button(app, "imports_import").click().run()
    less = f"{header}A;RAW;;1;2026.01.12 06:30\nC;RAW;;-1;2026.01.12 06:30\n".encode()
    app.file_uploader[0].upload("lots.csv", less, "text/csv")
    app.run()
    app.checkbox(key="imports_whole").check()
    app.checkbox(key="imports_set_aside").check().run()
    app.button(key="imports_look").click().run()

    (counted,) = app.dataframe[-1].value.to_dict("records")
    assert [counted[name] for name in ("Rows", "New", "To void", "Set aside", "Refused")] == [
        2,
        0,
        1,
        1,
        0,
    ]
    said = " ".join(one.value for one in app.markdown).replace("\\", "")
    assert "lot B is in the record and no longer in lots.csv" in said
    assert button(app, "imports_import").disabled
    app.checkbox(key="imports_confirmed").check().run()
    button(app, "imports_import").click().run()

    assert not app.exception
    assert "1 voided" in app.success[0].value and "1 set aside" in app.success[0].value
    assert rows(record) == [("A", "1")]
    with record.snapshot() as snapshot:
        ((said,),) = ask(snapshot, "select said from rows_set_aside").fetchall()
    assert said.endswith("weight_kg: -1; happened_at: 2026.01.12 06:30")
