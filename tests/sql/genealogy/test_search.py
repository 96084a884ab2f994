"""A search names every lot that may be meant, by whatever somebody heard or scanned."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from dashboards.commands.lots import Parent, register_lot
from sql.genealogy.gaps import NotTaken
from sql.genealogy.label_codes import label_code_in, lot_id_on
from sql.genealogy.labels import read_label
from sql.genealogy.lot_choice import Meant, lot_meant, lots_meant, not_taken
from sql.record.engine import DatabaseRole, Record
from tests.cases import each_of
from tests.engines import ask, engine_of, undone
from tests.presence import present

GTIN, OTHER_GTIN = "5991234567894", "5991234567887"


@pytest.fixture
def plant(record, people, database):
    """Three lots of a product with a GTIN, one of another; one shipped."""
    by = people["MANAGER"]
    run(
        database,
        "insert into facts.products (product_code, name, gtin) values"
        f" ('ROD15', 'Döner rod 15 kg', '{GTIN}'), ('ROD30', 'Döner rod 30 kg', null),"
        f" ('PEP', 'Pepper', '{OTHER_GTIN}')",
        "insert into facts.partners (partner_code, name, role) values"
        " ('FARM', 'Green Farm', 'SUPPLIER'), ('SHOP', 'Corner Shop', 'CUSTOMER')",
    )
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=by,
            lot_code="RAW-7",
            weight_kg=100,
            supplier_code="FARM",
            supplier_lot_code="S/100%_x",
        )
        for code, product in (("FG-1", "ROD15"), ("FG-12", "ROD15"), ("10D9T", "ROD30")):
            register_lot(
                transaction,
                by=by,
                lot_code=code,
                weight_kg=10,
                product_code=product,
                parents=[Parent("RAW-7", 10)],
            )
    ship(database, "SH-1", "FG-12", "DN 77/2026", "359912345678901231")


@pytest.fixture
def receipts(record, people, plant):
    """Four receipts of one supplier: three clerks, one lot; and a lot that we have too."""
    with record.transaction() as transaction:
        for code, supplier_lot, product in (
            ("R1", "P-4471", "PEP"),
            ("R2", "p-4471", "PEP"),
            ("R3", "P 4471", "PEP"),
            ("R4", "26-321", "PEP"),
            ("26-321", None, "ROD15"),
        ):
            register_lot(
                transaction,
                by=people["MANAGER"],
                lot_code=code,
                weight_kg=25,
                product_code=product,
                supplier_code="FARM" if supplier_lot else None,
                supplier_lot_code=supplier_lot,
            )


def register(record, people, code: str, *, supplier="FARM", supplier_lot=None) -> None:
    """Register a received lot of 1 kg."""
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["MANAGER"],
            lot_code=code,
            weight_kg=1,
            supplier_code=supplier,
            supplier_lot_code=supplier_lot,
        )


def run(database, *statements: str, **values) -> None:
    """Write past the guards, as only the owner can."""
    owner = Record(database, DatabaseRole.OWNER)
    with engine_of(owner).begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement), values)
    owner.close()


def ship(database, code: str, lot: str, document: str, sscc: str | None = None) -> None:
    """Write a shipment past the guards: what may leave the plant is tested elsewhere."""
    run(
        database,
        "insert into facts.shipments (shipment_code, lot_id, customer_id, quantity_kg, document,"
        " sscc, happened_at) select :code, lot_id, partner_id, 1, :document, :sscc, now()"
        " from lots, partners where lot_code = :lot and partner_code = 'SHOP'",
        code=code,
        lot=lot,
        document=document,
        sscc=sscc,
    )


def asked(record, typed: str, **more) -> Meant:
    with record.snapshot() as snapshot:
        meant = lot_meant(snapshot, typed, **more)
    assert meant.found.count >= len(meant.found.lots)
    assert meant.found.meant_count >= len(meant.codes)
    return meant


def found(record, typed: str) -> list[tuple[str, str]]:
    return [(lot["lot_code"], lot["matched_by"]) for lot in asked(record, typed).found.lots]


def sure(record, typed: str) -> str | None:
    return asked(record, typed).lot_code


@each_of("typed", ["P-4471", "p-4471", "P 4471", "P4471", "p–4471", "Р-4471", "(10)P-4471"])
def test_every_spelling_of_a_suppliers_lot_names_every_receipt_of_it(
    record, receipts, typed
) -> None:
    """The last but one is written with a Cyrillic letter."""
    meant = asked(record, typed)
    assert set(meant.codes) == {"R1", "R2", "R3"}
    assert meant.lot_code is None


def test_an_own_lot_does_not_hide_a_suppliers_lot_of_the_same_code(record, receipts) -> None:
    meant = asked(record, "26-321")
    assert set(meant.codes) == {"26-321", "R4"}
    assert meant.lot_code is None
    assert not_taken([meant], ["26-321"]) == NotTaken(("R4",))


def test_a_gtin_on_the_label_tells_lots_of_one_code_apart(record, receipts) -> None:
    for gtin, lot_code in ((GTIN, "26-321"), (OTHER_GTIN, "R4")):
        meant = asked(record, f"(01)0{gtin}(10)26-321")
        assert (meant.lot_code, meant.codes) == (lot_code, [lot_code])
        assert {lot["lot_code"] for lot in meant.found.beside} >= {"26-321", "R4"} - {lot_code}
    unknown = asked(record, "(01)05991234567009(10)26-321")
    assert (unknown.lot_code, set(unknown.codes)) == (None, {"26-321", "R4"})


@each_of("typed", ["Green Farm", "green  farm", "greenf", "FARM", "Fa gr", "Grèen-Farm"])
def test_a_suppliers_name_finds_its_lots(record, receipts, typed) -> None:
    assert set(asked(record, typed).codes) == {"RAW-7", "R1", "R2", "R3", "R4"}


@each_of("typed", ["Corner Shop", "shop", "corner"])
def test_a_customers_name_finds_what_was_shipped_there(record, plant, typed) -> None:
    assert asked(record, typed).codes == ["FG-12"]
    assert sure(record, typed) is None


def test_a_name_is_found_by_beginnings_of_its_words_and_not_across_them(
    record, people, plant, database
) -> None:
    run(
        database,
        "insert into facts.partners (partner_code, name, role) values"
        " ('P7', 'Tiszakanyar Pulyka Kft.', 'SUPPLIER')",
    )
    for code, supplier in (("T-1", "P7"), ("T-2", "FARM")):
        register(record, people, code, supplier=supplier)
    for typed in ("een fa", "farmx", "n F", "AK-F", "& kft &&& x"):
        assert found(record, typed) == [], typed
    for typed in ("pulyka kft", "kft", "Tisza puly", "pulykakft", "Kft & Pulyka"):
        assert [code for code, _ in found(record, typed)] == ["T-1"], typed


@each_of("typed", ["Bolt Orseg", "bolt őrség", "Őrs", "ORSEG bolt", "boltors"])
def test_a_name_is_found_whatever_its_accents(record, plant, database, typed) -> None:
    run(database, "update facts.partners set name = 'Bolt Őrség Kft' where partner_code = 'SHOP'")
    assert asked(record, typed).codes == ["FG-12"]


ACCENTED = ("TEJFÖL-12", "TEJFOL-12", "TEJFÕL-12", "TEJFO\u0308L 12", "tejføl#12")


def test_accents_tell_no_two_spellings_of_a_suppliers_lot_apart(record, people, plant) -> None:
    for at, written in enumerate(ACCENTED):
        register(record, people, f"T{at}", supplier_lot=written)
    for typed in (*ACCENTED, "tejföl12", "(TEJFOL)12"):
        meant = asked(record, typed)
        assert set(meant.codes) == {"T0", "T1", "T2", "T3", "T4"}, typed
        assert meant.lot_code is None
        assert typed not in ACCENTED[:3] or meant.codes[0] == f"T{ACCENTED.index(typed)}"


def test_accents_tell_no_two_own_codes_apart_and_the_one_typed_comes_first(
    record, database, plant
) -> None:
    for code in ("ARVIZTURO-1", "ÁRVÍZTŰRŐ-1"):
        run(
            database,
            "insert into facts.lots (lot_code, happened_at) values (:code, now())",
            code=code,
        )
    for code, other in (("ARVIZTURO-1", "ÁRVÍZTŰRŐ-1"), ("ÁRVÍZTŰRŐ-1", "ARVIZTURO-1")):
        assert found(record, code) == [(code, "lot_code"), (other, "lot_code_alike")]
        assert sure(record, code) is None


SIGNED = ("Q#4471", "Q,4471", "Q:4471", "(Q)4471", "Q+4471", "Q*4471", "Q'4471", "Q·4471", "Q→4471")


def test_no_punctuation_tells_spellings_of_a_suppliers_lot_apart(record, people, plant) -> None:
    for at, written in enumerate(SIGNED):
        register(record, people, f"S{at}", supplier_lot=written)
    for typed in ("Q-4471", "q4471", *SIGNED):
        assert set(asked(record, typed).codes) == {f"S{at}" for at in range(len(SIGNED))}, typed


def test_a_code_of_punctuation_alone_is_found_as_it_is_written(record, people, plant) -> None:
    register(record, people, "X-1", supplier_lot="***")
    assert found(record, "***") == [("X-1", "supplier_lot_code")]
    assert found(record, "###") == []


def test_words_in_front_of_a_code_hide_no_lot(record, people, plant) -> None:
    register(record, people, "FL-77")
    register(record, people, "X-1", supplier_lot="FL/77")
    for typed in ("LOT FL-77", "lot: FL-77", "Lot no. FL77", "Lot#FL-77", "tétel  fl 77"):
        meant = asked(record, typed)
        assert set(meant.codes) == {"FL-77", "X-1"}, typed
        assert meant.lot_code is None
    assert {code for code, _ in found(record, "delivery DN 77/2026")} == {"FG-12"}


def test_a_suppliers_lot_without_the_words_that_were_typed_may_be_meant_too(
    record, people, plant
) -> None:
    register(record, people, "X-1", supplier_lot="LOT FL-77")
    register(record, people, "X-2", supplier_lot="FL-77")
    for typed in ("LOT FL-77", "FL-77"):
        assert set(asked(record, typed).codes) == {"X-1", "X-2"}


def test_a_list_with_commas_is_looked_for_lot_by_lot(record, plant) -> None:
    with record.snapshot() as snapshot:
        meant = lots_meant(snapshot, ["FG-1, RAW-7; NOPE-9", "FG-1"])
    assert [(one.typed, one.lot_code) for one in meant] == [
        ("FG-1", "FG-1"),
        ("RAW-7", "RAW-7"),
        ("NOPE-9", None),
    ]


def test_the_whole_code_comes_before_its_parts(record, plant) -> None:
    assert found(record, "FG-1") == [("FG-1", "lot_code"), ("FG-12", "part_of_lot_code")]
    assert sure(record, "FG-1") == "FG-1"
    assert [lot["lot_code"] for lot in asked(record, "FG-1").found.beside] == ["FG-12"]
    assert found(record, "fg-1")[0] == ("FG-1", "lot_code_alike")
    assert sure(record, "fg – 1") == "FG-1"


def test_a_suppliers_lot_written_with_more_beside_it_may_be_meant_too(
    record, people, receipts
) -> None:
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["MANAGER"],
            lot_code="R5",
            weight_kg=1,
            supplier_code="FARM",
            supplier_lot_code="Lot 26-321 B",
        )
    assert set(asked(record, "26-321").codes) == {"26-321", "R4", "R5"}


@each_of(
    ("typed", "lot_code", "matched_by"),
    [
        ("S/100%_x", "RAW-7", "supplier_lot_code"),
        ("s 100%x", "RAW-7", "supplier_lot_code"),
        ("100%", "RAW-7", "part_of_supplier_lot_code"),
        ("359912345678901231", "FG-12", "sscc"),
        ("3 5991234 567890123 1", "FG-12", "sscc"),
        ("(00)359912345678901231", "FG-12", "sscc"),
        ("DN 77/2026", "FG-12", "document"),
        ("dn-77-2026", "FG-12", "document"),
        ("SH-1", "FG-12", "shipment_code"),
        ("77/20", "FG-12", "part_of_document"),
        ("30 kg", "10D9T", "part_of_product"),
        ("rod30", "10D9T", "product"),
        ("0D9", "10D9T", "part_of_lot_code"),
    ],
)
def test_a_lot_is_found_by(record, plant, typed, lot_code, matched_by) -> None:
    assert found(record, typed) == [(lot_code, matched_by)]
    whole = not matched_by.startswith("part_of") and matched_by != "product"
    assert sure(record, typed) == (lot_code if whole else None)


@each_of(("typed", "matched"), [("30 kg", "Döner rod 30 kg"), ("rod3", "ROD30")])
def test_it_is_said_what_of_a_product_matched(record, plant, typed, matched) -> None:
    """An allergen stands in the name alone: the code says nothing to who looks for it."""
    assert [lot["matched"] for lot in asked(record, typed).found.lots] == [matched]


@each_of("typed", ["%", "_", "-", "nobody", "\\", "'; drop table lots", "a" * 500, "\0"])
def test_nothing_is_found_by_signs_of_a_pattern(record, plant, typed) -> None:
    assert found(record, typed) == []


def test_a_gtin_gives_its_lots_and_with_a_lot_that_one(record, plant) -> None:
    assert found(record, GTIN) == [("FG-12", "gtin"), ("FG-1", "gtin")]
    assert sure(record, GTIN) is None
    meant = asked(record, f"(01)0{GTIN}(10)FG-1")
    assert meant.lot_code == "FG-1"
    assert meant.sure is not None and meant.sure["is_of_gtin"]


def test_a_page_says_how_many_there_are(record, plant) -> None:
    result = asked(record, "FG", most=1).found
    assert (len(result.lots), result.count, result.meant_count, result.sure) == (1, 2, 2, None)


def test_what_a_list_had_no_room_for_counts_as_not_taken_unless_it_was(record, receipts) -> None:
    """Five lots of the farm, and a list of two."""
    listed = asked(record, "Green Farm", most=2)
    for taken, unlisted in (
        ([], 3),
        (listed.codes[:1], 3),
        (["RAW-7"], 2),
        ([*listed.codes, "RAW-7", "R1"], 1),
    ):
        meant = asked(record, "Green Farm", most=2, taken=taken)
        named = tuple(sorted(set(listed.codes) - set(taken)))
        assert not_taken([meant], taken) == NotTaken(named, unlisted)
        assert meant.found.taken_count == len(taken)


def test_two_lots_on_one_document_are_offered_and_none_is_taken(record, plant, database) -> None:
    ship(database, "SH-2", "FG-1", "DN 77/2026")
    assert sure(record, "DN 77/2026") is None
    assert len(found(record, "DN 77/2026")) == 2


def test_a_labels_code_finds_its_lot_and_no_other(record, plant, database) -> None:
    with record.snapshot() as snapshot:
        labels = {
            code: present(snapshot.one("lot_shown", lot_code=code))["label_code"]
            for code in ("RAW-7", "FG-1", "FG-12", "10D9T")
        }
    assert len(set(labels.values())) == 4
    for lot_code, label in labels.items():
        assert re.fullmatch("L[2-9A-HJKMNP-TV-Y]{7}", label)
        for typed in (label, label.lower(), f"{label[:4]} {label[4:]}", f"(01)0{GTIN}(10){label}"):
            assert sure(record, typed) == lot_code, typed
        for at in range(1, 8):
            misread = label[:at] + ("3" if label[at] != "3" else "4") + label[at + 1 :]
            assert sure(record, misread) is None, misread


@pytest.mark.parametrize("lot_id", [1, 28, 29, 707_280, 707_281, 29**5 - 1, 29**5, 2**40])
def test_every_lot_has_a_label_code_that_is_read_back(record, lot_id) -> None:
    with record.snapshot() as snapshot:
        label = present(ask(snapshot, "select lot_label_code(:id)", id=lot_id).fetchone())[0]
    assert label_code_in(label) == label
    assert lot_id_on(label) == lot_id


SIGNS = "aAáBbőßss12-_./ –#,(':"
texts = st.text(SIGNS, min_size=1, max_size=4).map(str.strip).filter(bool)


def key(written: str) -> str:
    """Say what is compared of a code, by the rule in words: its letters and digits, accents off."""
    apart = unicodedata.normalize("NFKD", written.replace("ß", "ss")).lower()
    letters = "".join(sign for sign in apart if unicodedata.category(sign)[0] in "LN")
    return letters or "".join(written.replace("–", "-").split())


def behind_words(typed: str) -> set[str]:
    """Say what stands in it behind one word or more."""
    words = re.split(r"[\s:#]+", typed)
    tails = {"".join(words[at:]) for at in range(1, len(words))} if words[0] else set()
    tails |= {"".join(words[at:]) for at in range(2, len(words))}
    return {key(tail) for tail in tails if any(sign.isalnum() for sign in tail)}


def scanned(lots: dict[str, str | None], typed: str) -> tuple[set[str], set[str]]:
    """Look at every code of the record, one by one: those that match whole, and in part."""
    wanted, tails = key(typed), behind_words(typed)
    keys = {code: {key(code), *([key(of)] if of else [])} for code, of in lots.items()}
    whole = {code for code in lots if wanted in keys[code]}
    part = {code for code in lots if tails & keys[code] or any(wanted in one for one in keys[code])}
    return whole, part


@settings(max_examples=40)
@given(
    lots=st.dictionaries(texts, st.one_of(st.none(), texts), min_size=1, max_size=6),
    typed=st.lists(texts, min_size=1, max_size=4),
)
def test_what_is_offered_is_what_a_scan_of_all_codes_finds(owner, lots, typed) -> None:
    """Own codes and suppliers' lots of few signs, so that they meet, and whatever is typed."""
    # The record keeps one of own codes that look alike; separators but spaces tell them apart.
    unlike = {code.lower().replace(" ", "").replace("–", "-"): code for code in lots}
    lots = {code: lots[code] for code in unlike.values()}
    with undone(owner) as transaction:
        driver = transaction.connection
        driver.execute("set local session_replication_role = replica")
        for code, supplier_lot in lots.items():
            driver.execute(
                "insert into facts.lots (lot_code, supplier_lot_code, happened_at)"
                " values (%s, %s, now())",
                (code, supplier_lot),
            )
        for one in [*typed, *lots]:
            meant = lot_meant(transaction, one)
            whole, part = scanned(lots, one)
            assert {lot["lot_code"] for lot in meant.found.lots} == whole | part, one
            assert set(meant.codes) >= (whole or part), one
            assert meant.lot_code is None or {meant.lot_code} == whole == set(meant.codes), one
            assert read_label(one).typed == one
