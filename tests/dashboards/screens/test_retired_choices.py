"""Forms offer a retired product or partner to managers alone, marked, for what happened before."""

from datetime import UTC, datetime, time, timedelta

import pytest

from dashboards.commands.master_kinds import Master
from dashboards.commands.masters import change_master
from tests.plants import button

WHY = "not made here any more"


@pytest.fixture
def retired(plant, record, people) -> str:
    """Retire the first product now and return its code."""
    with record.transaction() as transaction:
        code = transaction.all("products_known")[0]["product_code"]
        (held,) = transaction.all("known_products", codes=[code])
        change_master(
            transaction,
            by=people["MANAGER"],
            master=Master.PRODUCT,
            code=code,
            said={"name": held["name"], "is_retired": True},
            reason=WHY,
            based_on=held["revision_id"],
        )
    return code


def test_a_manager_registers_what_was_made_of_it_before_and_nothing_of_today(
    screen, retired, record
) -> None:
    offered = screen("new_lot", "OPERATOR").selectbox(key="new_product_code").options
    assert not any("retired" in one for one in offered)
    app = screen("new_lot", "MANAGER")
    assert [one for one in app.selectbox(key="new_product_code").options if "(retired)" in one]

    app.text_input(key="new_lot_code").input("LATE")
    app.selectbox(key="new_product_code").select(retired)
    button(app, "new_register").click().run()
    assert "is retired since" in app.error[0].value

    yesterday = datetime.now(UTC) - timedelta(days=1)
    app.date_input(key="new_floor_day").set_value(yesterday.date())
    app.time_input(key="new_floor_time").set_value(time(6, 15))
    button(app, "new_register").click().run()
    assert "LATE is registered" in app.success[0].value
