"""Over the API a code that is only printed on labels is answered with the lots it may mean."""


def test_a_trace_of_a_printed_code_names_the_lots_and_takes_none(plant) -> None:
    for code in ("B1", "B2"):
        body = {"lot_code": code, "printed_code": "15-12", "weight_kg": 10}
        assert plant.client.post("/lots", json=body, headers=plant.as_role("OPERATOR")).is_success
    answer = plant.client.get("/traceability/15-12", headers=plant.as_role("VIEWER"))

    assert answer.status_code == 409
    assert answer.json()["code"] == "PRINTED_CODE"
    assert answer.json()["detail"] == (
        "No lot has the code 15-12; it is printed on the label of B2, B1. Name the lot by its own "
        "code."
    )


def test_a_parent_named_by_a_printed_code_is_refused_and_nothing_is_registered(plant) -> None:
    as_operator = plant.as_role("OPERATOR")
    body = {"lot_code": "C1", "printed_code": "17-12", "weight_kg": 10}
    assert plant.client.post("/lots", json=body, headers=as_operator).is_success
    child = {"lot_code": "TRAY", "parents": [{"lot_code": "17-12", "quantity_kg": 1}]}
    answer = plant.client.post("/lots", json=child, headers=as_operator)

    assert (answer.status_code, answer.json()["code"]) == (409, "PRINTED_CODE")
    unknown = plant.client.get("/traceability/TRAY", headers=as_operator)
    assert (unknown.status_code, unknown.json()["detail"]) == (404, "Lot not found")
