"""A move over HTTP: answered as it was written, with where the lot stands, once a key."""

from dashboards.commands.lots import register_lot
from dashboards.commands.places import register_place


def test_a_move_is_answered_with_where_the_lot_stands_and_once(plant) -> None:
    with plant.record.transaction() as transaction:
        for code in ("COLD", "DOCK"):
            register_place(
                transaction, by=plant.people["MANAGER"], place_code=code, name=f"The {code}"
            )
    lot = plant.lot(weight_kg=100)

    def post(role="OPERATOR", key=None, **body):
        headers = plant.as_role(role) | ({} if key is None else {"Idempotency-Key": key})
        asked = {"lot_code": lot["lot_code"], **body}
        return plant.client.post("/moves", json=asked, headers=headers)

    answer = post(key="m-1", to_place_code="COLD", quantity_kg=40)
    assert answer.status_code == 201, answer.text
    written = answer.json()
    assert (written["lot_id"], written["to_place_code"]) == (lot["id"], "COLD")
    assert (written["from_place_code"], written["quantity_kg"]) == (None, 40)
    in_no_unit = {"at_least_quantity": None, "at_most_quantity": None, "unit": None}
    assert written["stands"] == [
        {"place": None, "place_code": None, "at_least_kg": 60, "at_most_kg": 60} | in_no_unit,
        {"place": "COLD The COLD", "place_code": "COLD", "at_least_kg": 40, "at_most_kg": 40}
        | in_no_unit,
    ]
    assert post(key="m-1", to_place_code="COLD", quantity_kg=40).json()["id"] == written["id"]
    refused = post(to_place_code="DOCK", from_place_code="COLD", quantity_kg=41)
    assert (refused.status_code, refused.json()["code"]) == (409, "NOT_ENOUGH")
    assert post(to_place_code="NOWHERE").status_code == 422
    assert post("VIEWER", to_place_code="DOCK").status_code == 403


def test_pieces_that_nobody_weighed_are_moved_and_told_by_place(plant) -> None:
    by = plant.people["MANAGER"]
    with plant.record.transaction() as transaction:
        register_place(transaction, by=by, place_code="CHILL", name="The chiller")
        register_lot(transaction, by=by, lot_code="JARS", quantity=48, unit="jar")
    headers = plant.as_role("OPERATOR")
    asked = {"lot_code": "JARS", "to_place_code": "CHILL", "quantity": 30, "unit": "jar"}

    written = plant.client.post("/moves", json=asked, headers=headers).json()

    assert (written["quantity_kg"], written["quantity"], written["unit"]) == (None, 30, "jar")
    stands = plant.client.get("/stands/JARS", headers=headers).json()["stands"]
    assert stands == written["stands"]
    told = {row["place"]: (row["at_most_quantity"], row["unit"]) for row in stands}
    assert told == {None: (18, "jar"), "CHILL The chiller": (30, "jar")}
    more = plant.client.post("/moves", json=asked | {"quantity": 19}, headers=headers)
    assert (more.status_code, more.json()["field"]) == (409, "quantity")
    assert "at most 18 jar" in more.json()["detail"]


def test_a_lot_is_received_at_a_place_over_http(plant) -> None:
    with plant.record.transaction() as transaction:
        register_place(transaction, by=plant.people["MANAGER"], place_code="BAY", name="The bay")
    headers = plant.as_role("OPERATOR")
    lot = {"lot_code": "R-1", "weight_kg": 50}

    refused = plant.client.post("/lots", json=lot | {"place_code": "NOWHERE"}, headers=headers)
    assert (refused.status_code, refused.json()["field"]) == (422, "place_code")
    written = plant.client.post("/lots", json=lot | {"place_code": "BAY"}, headers=headers)
    assert written.status_code == 201, written.text
    asked = {"lot_code": "R-1", "to_place_code": "BAY"}
    again = plant.client.post("/moves", json=asked, headers=headers)
    assert again.json()["code"] == "THERE_ALREADY"


def test_where_a_lot_stood_is_told_for_any_moment(plant) -> None:
    with plant.record.transaction() as transaction:
        register_place(transaction, by=plant.people["MANAGER"], place_code="HALL", name="The hall")
    lot = plant.lot(weight_kg=100, happened_at="2026-03-02T08:00:00Z")
    moved = {"lot_code": lot["lot_code"], "to_place_code": "HALL", "quantity_kg": 40}
    moved["happened_at"] = "2026-03-02T10:00:00Z"
    headers = plant.as_role("OPERATOR")
    assert plant.client.post("/moves", json=moved, headers=headers).status_code == 201

    def ask(code=lot["lot_code"], **when):
        headers = plant.as_role("VIEWER")
        return plant.client.get(f"/stands/{code}", params=when, headers=headers)

    def places(**when):
        told = ask(**when).json()["stands"]
        return {one["place"]: (one["at_least_kg"], one["at_most_kg"]) for one in told}

    assert places() == {None: (60, 60), "HALL The hall": (40, 40)}
    assert places(at="2026-03-02T10:00:00Z") == places()
    assert places(at="2026-03-02T09:59:59Z") == {None: (100, 100)}
    earlier = ask(at="2026-03-02T07:59:59Z").json()
    assert (earlier["had_come_to_be"], earlier["stands"]) == (False, [])
    # It was not known before it was written down.
    assert ask(as_of="2026-03-02T10:00:00Z").status_code == 404
    assert ask("NOT-THERE").status_code == 404
    for field in ("at", "as_of"):
        refused = ask(**{field: "2999-01-01T00:00:00Z"})
        assert (refused.status_code, refused.json()["field"]) == (422, field)
    assert ask(at="yesterday").status_code == 422
    assert plant.client.get(f"/stands/{lot['lot_code']}").status_code == 401
