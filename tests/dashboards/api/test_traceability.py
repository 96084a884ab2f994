from urllib.parse import quote

from tests.cases import each_of


def test_direct_parents_and_children_each_once(client, as_role, new_lot):
    new_lot(lot_code="A", weight_kg=100)
    twice = [{"lot_code": "A", "quantity_kg": 5}, {"lot_code": "A", "quantity_kg": 5}]
    new_lot(lot_code="B", weight_kg=10, parents=twice)
    new_lot(lot_code="C", parents=[{"lot_code": "B"}])
    new_lot(lot_code="D", parents=[{"lot_code": "C"}])
    answer = client.get("/traceability/B", headers=as_role("VIEWER"))
    assert answer.status_code == 200
    traced = answer.json()
    assert set(traced) == {"central", "parents", "children"}
    assert traced["central"]["lot_code"] == "B"
    assert [lot["lot_code"] for lot in traced["parents"]] == ["A"]
    assert [lot["lot_code"] for lot in traced["children"]] == ["C"]


@each_of("code", ["a/b", "x y", "a/../b", "50%", "ő+&?#", "ä"])
def test_codes_with_odd_characters(client, as_role, new_lot, code):
    new_lot(lot_code=code)
    answer = client.get(f"/traceability/{quote(code, safe='')}", headers=as_role("VIEWER"))
    assert answer.status_code == 200 and answer.json()["central"]["lot_code"] == code


@each_of("code", ["none", "%00", "%ED%A0%80", "x" * 101, "%20", "'%3B--"])
def test_an_unknown_code_is_404(client, as_role, code):
    answer = client.get(f"/traceability/{code}", headers=as_role("VIEWER"))
    assert answer.status_code == 404 and answer.json()["detail"] == "Lot not found"
