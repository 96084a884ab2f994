"""A label scanned into a box that takes a code is read there, whatever the box."""

from datetime import UTC, date, datetime

import pytest

from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import BadValue
from tests.cases import each_of
from tests.engines import ask
from tests.plants import button, type_into
from tests.presence import present

GTIN = "05991234000018"
DELIVERY = f"(01){GTIN}(17)271130(3102)002550(10)SUPLOT7"
OF_BEEF, OF_SPICE, OF_NONE = "]C110RAW-BEEF-001", "(10)RAW-SPICE-001", "(10)NOBODY"


@pytest.fixture
def sold(plant, record) -> None:
    """Have a product with a GTIN."""
    with record.transaction() as transaction:
        columns = ["product_code", "name", "gtin"]
        transaction.copy("facts.products", columns, [("TRIM", "Beef trim", GTIN[1:])])


def test_a_suppliers_label_fills_what_it_says(screen, sold) -> None:
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input(DELIVERY).run()

    assert app.text_input(key="new_lot_code").value == ""
    assert app.selectbox(key="new_product_code").value == "TRIM"
    assert app.text_input(key="new_supplier_lot_code").value == "SUPLOT7"
    assert app.session_state["new_expires_on"] == date(2027, 11, 30)
    assert app.text_input(key="new_weight_kg").value == "25.5"
    assert "lot SUPLOT7" in app.info[0].value
    assert "net weight 25.5 kg" in app.info[0].value and "use by 2027-11-30" in app.info[0].value


def test_a_label_in_the_suppliers_box_fills_too_and_an_unknown_product_is_said(
    screen, plant
) -> None:
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_supplier_lot_code").input(DELIVERY).run()

    assert app.text_input(key="new_supplier_lot_code").value == "SUPLOT7"
    assert f"No product has the GTIN {GTIN}" in app.warning[0].value


def test_of_a_label_that_does_not_tell_where_its_lot_ends_none_is_filled_in(screen, sold) -> None:
    """A scanner dropped the sign behind the lot: SUPLOT7 with a day, or a longer code."""
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input(f"]C101{GTIN}10SUPLOT717271130").run()

    assert app.text_input(key="new_supplier_lot_code").value == ""
    assert app.selectbox(key="new_product_code").value == "TRIM"
    assert "lacks a separator" in app.warning[0].value


def test_a_label_that_fills_a_form_is_looked_for_nowhere(screen, sold) -> None:
    """Its check digit is wrong: that is said, and no search is spoken of, for there was none."""
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input("(01)05991234000019(10)SUPLOT7").run()

    assert "check digit is wrong" in app.warning[0].value
    assert "Looked for" not in app.warning[0].value


def test_a_plain_code_stays_as_it_was_typed(screen, plant) -> None:
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input("10D9T").run()

    assert app.text_input(key="new_lot_code").value == "10D9T"


def test_a_label_opens_its_lot_on_the_list(screen, plant) -> None:
    app = screen("lots")
    app.text_input(key="lots_search").input(OF_BEEF).run()

    assert app.query_params["lot"] in ("RAW-BEEF-001", ["RAW-BEEF-001"])


def test_a_label_of_no_lot_is_said_on_the_list(screen, plant) -> None:
    app = screen("lots")
    app.text_input(key="lots_search").input(OF_NONE).run()

    assert "No lot of the record" in app.error[0].value


def test_a_label_is_taken_for_a_parent(screen, plant, record) -> None:
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    app.text_input(key="parent_code").input(OF_SPICE)
    button(app, "parent_save").click().run()

    assert "RAW-SPICE-001 is recorded as a parent" in app.success[0].value.replace("\\", "")
    with record.transaction() as transaction:
        links = "select count(*) from facts.lot_genealogy where parent_lot_id = 2"
        assert ask(transaction, links).fetchone() == (2,)


def test_a_label_of_no_lot_is_refused_as_a_parent_and_stays_typed(screen, plant) -> None:
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    app.text_input(key="parent_code").input(OF_NONE)
    button(app, "parent_save").click().run()

    assert "No lot of the record" in app.error[0].value
    assert app.text_input(key="parent_code").value == OF_NONE


def test_a_code_that_no_text_can_hold_is_no_parent_and_the_screen_stays(screen, plant) -> None:
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    app.text_input(key="parent_code").input("A\x00B")
    button(app, "parent_save").click().run()

    assert not app.exception and len(app.error) == 1
    assert app.text_input(key="parent_code").value == "A\x00B"


def test_a_label_opens_the_gate_of_its_lot(screen, plant) -> None:
    app = screen("qc_decisions")
    app.text_input(key="qc_scan").input(OF_SPICE).run()

    assert app.selectbox(key="qc_lot_1").value == "RAW-SPICE-001"


def test_a_label_finds_a_parent_of_a_new_lot(screen, plant) -> None:
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_parent_search").input(OF_SPICE).run()

    options = app.selectbox(key="new_parent").options
    assert len(options) == 1 and "RAW-SPICE-001" in options[0]


def test_a_label_is_taken_for_a_parent_of_a_new_lot(screen, plant) -> None:
    app = screen("new_lot", "OPERATOR")
    type_into(app, "new_parent", OF_SPICE)
    app.button(key="new_parent_add").click().run()

    assert not app.exception and app.session_state["new_parents"] == ["RAW-SPICE-001"]


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower"])
def test_the_short_code_of_a_label_is_taken_in_every_box(screen, plant, record, typed) -> None:
    with record.transaction() as transaction:
        select = "select lot_label_code(lot_id) from lots where lot_code = 'RAW-SPICE-001'"
        code = present(ask(transaction, select).fetchone())[0]
    scan = code.lower() if typed == "lower" else typed.format(code)

    app = screen("lots")
    app.text_input(key="lots_search").input(scan).run()
    assert app.query_params["lot"] in ("RAW-SPICE-001", ["RAW-SPICE-001"])
    app = screen("qc_decisions")
    app.text_input(key="qc_scan").input(scan).run()
    assert app.selectbox(key="qc_lot_1").value == "RAW-SPICE-001"
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    app.text_input(key="parent_code").input(scan)
    button(app, "parent_save").click().run()
    assert "RAW-SPICE-001 is recorded as a parent" in app.success[0].value.replace("\\", "")
    app = screen("new_lot", "OPERATOR")
    type_into(app, "new_parent", scan)
    app.button(key="new_parent_add").click().run()
    assert app.session_state["new_parents"] == ["RAW-SPICE-001"]


@pytest.fixture
def twice(plant, record, people) -> None:
    """Have two receipts of one supplier's lot, as two clerks typed it."""
    with record.transaction() as transaction:
        for code, typed in (("R1", "P-4471"), ("R2", "p 4471")):
            register_lot(
                transaction,
                by=people["MANAGER"],
                lot_code=code,
                lot_type="RAW",
                weight_kg=25,
                supplier_code="SUP",
                supplier_lot_code=typed,
            )


@pytest.mark.parametrize(
    ("name", "typed_in", "pressed"),
    [
        ("lots", "lots_search", None),
        ("qc_decisions", "qc_scan", None),
        ("lots", "parent_code", "parent_save"),
        ("new_lot", "new_parent", "new_parent_add"),
    ],
)
def test_a_label_that_may_mean_two_lots_is_taken_for_neither(
    screen, twice, record, name, typed_in, pressed
) -> None:
    opened = {"lot": "FG-DONER-X1"} if typed_in == "parent_code" else {}
    app = screen(name, **opened)
    type_into(app, typed_in, "(10)P-4471")
    if pressed is None:
        app.run()
    else:
        button(app, pressed).click().run()

    assert not app.exception
    assert "may mean more than one lot: R1, R2" in app.error[0].value.replace("\\", "")
    assert not any(code in str(app.query_params.get("lot")) for code in ("R1", "R2"))
    with record.transaction() as transaction:
        assert ask(transaction, "select count(*) from lot_genealogy").fetchone() == (3,)


@each_of(
    "text",
    [
        DELIVERY,
        "]C110XT-1",
        "(10)XT-1",
        "(00)123456789012345675",
        f"01{GTIN}10SUPLOT7",
    ],
)
def test_a_label_is_never_a_lots_name_nor_a_suppliers(transaction, people, text) -> None:
    for field in ("lot_code", "supplier_lot_code"):
        facts = {"lot_code": "L", field: text}
        with pytest.raises(BadValue, match="whole label as it was scanned") as refused:
            register_lot(transaction, by=people["OPERATOR"], **facts)
        assert (refused.value.field, refused.value.code) == (field, "LABEL")


@each_of(
    "code", ["10D9T", "(TEST) 5", "0112345678901234 X", "01123456789012345", "17-271130", "(10"]
)
def test_a_code_that_only_looks_a_little_like_a_label_is_taken(transaction, people, code) -> None:
    assert register_lot(transaction, by=people["OPERATOR"], lot_code=code)["lot_code"] == code


SECOND = {
    "another lot": ("(01)05991234000999(10)SUPB", None, "SUPB"),
    "no such day": (f"(01){GTIN}(17)270230(10)SUPC", "TRIM", "SUPC"),
    "a lot alone": ("(10)SUPD", None, "SUPD"),
}


@each_of("second", list(SECOND))
def test_of_an_earlier_label_nothing_stays_when_another_is_scanned(screen, sold, second) -> None:
    label, product, supplier_lot = SECOND[second]
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input(DELIVERY).run()
    app.text_input(key="new_lot_code").input(label).run()

    assert app.text_input(key="new_supplier_lot_code").value == supplier_lot
    assert app.selectbox(key="new_product_code").value == product
    assert app.session_state["new_expires_on"] is None
    assert app.text_input(key="new_weight_kg").value == ""


def test_what_a_person_typed_stays_where_a_label_says_nothing_of_it(screen, sold) -> None:
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input(DELIVERY).run()
    app.text_input(key="new_weight_kg").input("24.8").run()
    app.text_input(key="new_lot_code").input("(10)SUPD").run()

    assert app.text_input(key="new_weight_kg").value == "24.8"


def test_a_product_chosen_before_goes_where_the_label_names_one_that_nobody_knows(
    screen, sold
) -> None:
    app = screen("new_lot", "OPERATOR")
    app.selectbox(key="new_product_code").select("TRIM").run()
    app.text_input(key="new_lot_code").input("(01)05991234000999(10)SUPB").run()

    assert app.selectbox(key="new_product_code").value is None


MADE_AT = datetime(2026, 3, 9, 6, tzinfo=UTC)
LONG = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@each_of(
    "text",
    [
        f"(01)05991234000015(10){LONG}",
        f"(10){LONG}",
        f"]C110{LONG}",
        f"01{GTIN}10{LONG}",
        "0105991234000015(10)X",
        f"0105991234000015(10){LONG}",
        "(10)ÁB-1",
        "]C1XT-1",
    ],
)
def test_a_label_that_breaks_the_standard_is_no_lots_name_either(transaction, people, text) -> None:
    for field in ("lot_code", "supplier_lot_code"):
        with pytest.raises(BadValue) as refused:
            register_lot(transaction, by=people["OPERATOR"], **{"lot_code": "L", field: text})
        assert (refused.value.field, refused.value.code) == (field, "LABEL")


def test_a_lot_that_is_too_long_for_a_label_is_filled_in_and_said_to_be(screen, sold) -> None:
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input(f"(01){GTIN}(10){LONG}").run()

    assert app.text_input(key="new_lot_code").value == ""
    assert app.text_input(key="new_supplier_lot_code").value == LONG
    assert "longer than 20 characters" in app.warning[0].value


@pytest.fixture
def long_code(plant, record, people) -> str:
    """Have a lot whose code does not fit a label."""
    with record.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code=LONG, lot_type="RAW", weight_kg=5)
    return LONG


def test_a_code_too_long_for_a_label_finds_its_lot_in_every_box(screen, long_code) -> None:
    app = screen("lots")
    app.text_input(key="lots_search").input(f"(10){LONG}").run()
    assert app.query_params["lot"] in (LONG, [LONG])
    app = screen("qc_decisions")
    app.text_input(key="qc_scan").input(f"(10){LONG}").run()
    assert app.selectbox(key="qc_lot_1").value == LONG


@pytest.mark.parametrize(("name", "box"), [("lots", "lots_search"), ("qc_decisions", "qc_scan")])
def test_of_a_code_too_long_for_a_label_that_no_lot_has_the_reason_is_said(
    screen, plant, name, box
) -> None:
    app = screen(name)
    app.text_input(key=box).input(f"(10){LONG}").run()

    assert "longer than 20 characters" in app.error[0].value


def test_a_code_typed_without_case_and_separators_is_its_lots_in_every_box(screen, plant) -> None:
    typed = "raw spice.001"
    app = screen("qc_decisions")
    app.text_input(key="qc_scan").input(typed).run()
    assert app.selectbox(key="qc_lot_1").value == "RAW-SPICE-001"
    app = screen("qc_decisions", lot=typed)
    assert app.selectbox(key="qc_lot_1").value == "RAW-SPICE-001"
    app = screen("lots", lot=typed)
    assert app.query_params["lot"] in ("RAW-SPICE-001", ["RAW-SPICE-001"])
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    app.text_input(key="parent_code").input(typed)
    button(app, "parent_save").click().run()
    assert "RAW-SPICE-001 is recorded as a parent" in app.success[0].value.replace("\\", "")
    app = screen("new_lot", "OPERATOR")
    type_into(app, "new_parent", typed)
    app.button(key="new_parent_add").click().run()
    assert app.session_state["new_parents"] == ["RAW-SPICE-001"]


@pytest.fixture
def alike(plant, record) -> None:
    """Have two lots of an older record that a search can't tell apart."""
    with record.transaction() as transaction:
        transaction.copy(
            "facts.lots", ["lot_code", "happened_at"], [("AT-7", MADE_AT), ("AT7", MADE_AT)]
        )


def test_a_typed_code_that_may_be_one_of_several_names_them_and_an_exact_one_does_not_ask(
    screen, alike
) -> None:
    app = screen("qc_decisions")
    app.text_input(key="qc_scan").input("at.7").run()
    assert "AT-7, AT7" in app.error[0].value.replace("\\", "")
    app = screen("qc_decisions")
    app.text_input(key="qc_scan").input("AT7").run()
    assert "AT7" in [box.value for box in app.selectbox]


def test_a_refusal_goes_with_the_next_success_and_a_success_with_the_next_refusal(
    screen, plant
) -> None:
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    app.text_input(key="parent_code").input(OF_NONE)
    button(app, "parent_save").click().run()
    assert app.error
    app.text_input(key="parent_code").input(OF_SPICE)
    button(app, "parent_save").click().run()
    assert app.success and not app.error
    app.text_input(key="parent_code").input(OF_NONE)
    button(app, "parent_save").click().run()
    assert app.error and not app.success
