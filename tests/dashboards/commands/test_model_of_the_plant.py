"""Random days of a plant against a plain model of it: what is accepted, what is left, to the gram.

The model knows the domain's rules and nothing of the code: dictionaries, Decimals, and the order in
which things happened, where what an import brings happened before all else. Two people
act; after every step the kilograms are summed from the raw facts, voids left out, in Decimal.
LOTLINE_TEST_EXAMPLES says how many days.
"""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

import networkx as nx
import polars as pl
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from dashboards.commands.assessments import assess_origin
from dashboards.commands.corrections import Corrected
from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.packing import pack_lot
from dashboards.commands.production_sides import Output
from dashboards.commands.productions import record_production
from dashboards.commands.refusals import Refusal
from dashboards.commands.shipments import record_shipment
from dashboards.commands.unpacking import unpack
from dashboards.commands.voids import Voidable, void_fact
from dashboards.commands.withdrawals import withdraw_decision
from dashboards.imports.csv_folder import import_frames
from sql.record.engine import DatabaseRole, Record
from sql.trail.audit import verify
from tests.engines import ask, engine_of
from tests.plants import correct_as_known, gate_id_of, just_confirmed
from tests.presence import present

EXAMPLES = int(os.environ.get("LOTLINE_TEST_EXAMPLES", "4"))
STEPS = 50
WHY = "because the test says so"
GRAMS = st.integers(0, 60_000).map(lambda grams: Decimal(grams) / 1000)
MAYBE_KG = st.none() | GRAMS


@dataclass
class Lot:
    """What the model knows of a lot."""

    lot_id: int
    weight: Decimal | None
    decisions: list[tuple[int, bool, str]] = field(
        default_factory=list
    )  # id, whether at the receipt's gate, and word; withdrawn ones left out
    assessed: set[int] = field(default_factory=set)

    def latest(self) -> dict[bool, tuple[int, str]]:
        """Return the latest decision at the gate and without one: id and word."""
        return {at_gate: (number, word) for number, at_gate, word in self.decisions}

    def stops(self) -> set[int]:
        """Return the decisions that stop it."""
        return {number for number, word in self.latest().values() if word != "PASS"}


@dataclass(frozen=True)
class Out:
    """What left a lot, came back to it or was found of it, and when in the order of things."""

    kind: str
    code: str
    kg: Decimal | None
    step: int
    line: int | None = None  # of a return: the shipment's line


BEFORE_ALL = -1


def unit_of(lot_id: int) -> str:
    """Return the code of the one unit that a lot is packed in, with its right check digit."""
    digits = f"{lot_id:017}"
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(digits))
    return digits + str(-total % 10)


class Plant(RuleBasedStateMachine):
    """The plant as it should be; `record`, `owner`, `people` are put in by the test."""

    record: Record
    owner: Record
    people: dict
    gate_id: int
    numbers = iter(range(10**9))

    @initialize()
    def open(self) -> None:
        self.day = next(self.numbers)
        self.lots: dict[str, Lot] = {}
        self.links: dict[int, tuple[str, str, Decimal | None]] = {}
        self.shipped: list[tuple[str, Decimal | None]] = []
        self.outs: dict[tuple[str, int], Out] = {}  # by kind of fact and its id
        self.decided_at: dict[int, int] = {}
        self.packed: dict[str, Decimal] = {}  # by lot: what stands in its unit
        self.productions: dict[int, list[int]] = {}  # their links
        self.steps = iter(range(10**6))
        self.lines: set[tuple[str, str]] = set()

    def attempt(self, expected: bool, command, **values):
        """Run a command; it must be accepted or refused as the model says."""
        try:
            with self.record.transaction() as transaction:
                given = command(transaction, **values)
        except Refusal as refusal:
            assert not expected, f"refused, though the model allows it: {refusal}"
            return None
        assert expected, f"accepted {values}, though the model refuses it"
        return given

    # What the model can work out.

    def given_out(self, code: str) -> Decimal:
        """Add up what left the lot for good, as far as it is known."""
        sums = {kind: Decimal(0) for kind in ("ship", "RETURNED", "COUNTED")}
        for out in self.outs.values():
            if out.code == code:
                sums[out.kind] = sums.get(out.kind, Decimal(0)) + (out.kg or Decimal(0))
        away = max(sums.pop("ship") - sums.pop("RETURNED"), Decimal(0))
        del sums["COUNTED"]
        return away + sum(sums.values(), Decimal(0))

    def left(
        self,
        code: str,
        weight: Decimal | None,
        at: float = float("inf"),
        without: tuple[str, int] | None = None,
    ) -> Decimal | None:
        """Say what the lot had left at most between the counts around a step; None: no bound."""
        outs = [out for key, out in self.outs.items() if out.code == code and key != without]
        left = weight
        for out in sorted(outs, key=lambda out: out.step):
            if out.kind == "COUNTED":
                if out.step > at:
                    break
                left = out.kg
            elif left is not None:
                left += (out.kg or Decimal(0)) * (1 if out.kind == "RETURNED" else -1)
        return left

    def undecided(self, code: str) -> Decimal:
        """Add up what came back and nobody has decided about since."""
        last = max(
            (self.decided_at[number] for number, _gate, _word in self.lots[code].decisions),
            default=BEFORE_ALL,
        )
        return sum(
            (
                out.kg or Decimal(0)
                for out in self.outs.values()
                if out.code == code and out.kind == "RETURNED" and out.step > last
            ),
            Decimal(0),
        )

    def can_move(self, code: str, kg: Decimal | None) -> bool:
        """Tell whether so much is left, and loose: what stands in its unit is not taken."""
        left = self.left(code, self.lots[code].weight)
        if left is None:
            return True
        packed = self.packed.get(code, Decimal(0))
        loose = max(max(left, Decimal(0)) - packed, Decimal(0))
        if kg is None:
            return not packed or loose > 0
        return kg <= loose

    def can_give(self, code: str, kg: Decimal | None) -> bool:
        """Tell whether it may be used or shipped: what came back waits for a decision."""
        left, back = self.left(code, self.lots[code].weight), self.undecided(code)
        if not self.can_move(code, kg) or left is None or left < 0 or not back:
            return self.can_move(code, kg)
        free = max(left - back, Decimal(0))
        return free > 0 if kg is None else kg <= free

    def note(self, kind: str, number: int, out: str, code: str, kg, line=None) -> None:
        self.outs[kind, number] = Out(out, code, kg, next(self.steps), line)

    def disposition(self, code: str) -> str:
        latest = self.lots[code].latest()
        words = {word for _number, word in latest.values()}
        if words & {"HOLD", "FAIL"}:
            return "rejected" if "FAIL" in words else "hold"
        if self.stops_of_origin(code):
            return "stopped"
        return "released" if True in latest else "pending"

    def stopped(self, code: str) -> bool:
        return self.disposition(code) in ("hold", "rejected", "stopped")

    def stops_of_origin(self, code: str) -> set[int]:
        """Return the decisions about ancestors that stop a lot and were not assessed."""
        above, found = [code], {code}
        while above:
            child = above.pop()
            new = {a for a, b, _kg in self.links.values() if b == child} - found
            found |= new
            above += new
        stops = set().union(*(self.lots[one].stops() for one in found - {code}))
        return stops - self.lots[code].assessed

    def makes_circle(self, parent: str, child: str) -> bool:
        graph = nx.DiGraph([(a, b) for a, b, _kg in self.links.values()])
        return parent == child or (
            graph.has_node(child) and graph.has_node(parent) and nx.has_path(graph, child, parent)
        )

    def some(self, data) -> str:
        return data.draw(st.sampled_from(sorted(self.lots)))

    # What people do.

    @rule(weight=MAYBE_KG, who=st.sampled_from(["OPERATOR", "MANAGER", "VIEWER"]))
    def register(self, weight, who) -> None:
        code = f"D{self.day}-{len(self.lots)}"
        lot = self.attempt(
            who != "VIEWER",
            register_lot,
            by=self.people[who],
            lot_code=code,
            lot_type="RAW",
            weight_kg=weight,
        )
        if lot is not None:
            self.lots[code] = Lot(lot["lot_id"], weight)

    @precondition(lambda self: self.lots)
    @rule(data=st.data())
    def register_again(self, data) -> None:
        known = self.some(data)
        twin = data.draw(st.sampled_from([known, known.lower(), known.replace("D", "D ")]))
        self.attempt(False, register_lot, by=self.people["OPERATOR"], lot_code=twin)

    @precondition(lambda self: len(self.lots) > 1)
    @rule(data=st.data(), kg=MAYBE_KG)
    def link(self, data, kg: Decimal | None) -> None:
        parent, child = self.some(data), self.some(data)
        expected = (
            not self.makes_circle(parent, child)
            and not self.stopped(parent)
            and self.can_give(parent, kg)
            and kg != 0
        )
        link_id = self.attempt(
            expected,
            link_lots,
            by=self.people["OPERATOR"],
            quantity_kg=kg,
            parent_lot_code=parent,
            child_lot_code=child,
        )
        if link_id is not None:
            self.links[link_id] = (parent, child, kg)
            self.note("link", link_id, "link", parent, kg)

    @precondition(lambda self: self.lots)
    @rule(data=st.data(), kg=GRAMS)
    def pack(self, data, kg: Decimal) -> None:
        """Put some of a lot into its unit: no more than is here and stands in none."""
        code = self.some(data)
        left, packed = self.left(code, self.lots[code].weight), self.packed.get(code, Decimal(0))
        done = self.attempt(
            kg > 0 and (left is None or kg <= left - packed),
            pack_lot,
            by=self.people["OPERATOR"],
            sscc=unit_of(self.lots[code].lot_id),
            lot_code=code,
            quantity_kg=kg,
        )
        if done is not None:
            self.packed[code] = packed + kg

    @precondition(lambda self: self.lots)
    @rule(data=st.data(), kg=MAYBE_KG)
    def take_out(self, data, kg: Decimal | None) -> None:
        """Take some of a lot out of its unit, or all of it."""
        code = self.some(data)
        packed = self.packed.get(code, Decimal(0))
        done = self.attempt(
            packed > 0 and (kg is None or 0 < kg <= packed),
            unpack,
            by=self.people["OPERATOR"],
            sscc=unit_of(self.lots[code].lot_id),
            lot_code=code,
            quantity_kg=kg,
        )
        if done is not None:
            self.packed[code] = packed - (packed if kg is None else kg)

    @precondition(lambda self: self.lots)
    @rule(data=st.data(), kg=MAYBE_KG, made=GRAMS, who=st.sampled_from(["OPERATOR", "VIEWER"]))
    def produce(self, data, kg: Decimal | None, made: Decimal, who) -> None:
        """Make a lot of one or two others, in one production."""
        used = {self.some(data): kg}
        used.setdefault(self.some(data), Decimal(1))
        code = f"D{self.day}-{len(self.lots)}"
        done = self.attempt(
            who != "VIEWER"
            and made > 0
            and all(
                not self.stopped(one) and self.can_give(one, took) and took != 0
                for one, took in used.items()
            ),
            record_production,
            by=self.people[who],
            production_code=f"P-{code}",
            inputs=[Parent(one, took) for one, took in used.items()],
            outputs=[Output(code, made, lot_type="RAW")],
        )
        if done is None:
            return
        with engine_of(self.owner).connect() as connection:
            links = connection.execute(
                text(
                    "select link_id, parent_lot_id, child_lot_id from facts.lot_genealogy "
                    "where production_id = :id order by link_id"
                ),
                {"id": done},
            ).all()
        codes = {self.lots[one].lot_id: one for one in used}
        self.lots[code] = Lot(links[0].child_lot_id, made)
        self.productions[done] = [link.link_id for link in links]
        for link in links:
            parent = codes[link.parent_lot_id]
            self.links[link.link_id] = (parent, code, used[parent])
            self.note("link", link.link_id, "link", parent, used[parent])

    @precondition(lambda self: self.productions)
    @rule(data=st.data(), who=st.sampled_from(["OPERATOR", "MANAGER"]))
    def void_a_production(self, data, who) -> None:
        """Take a production back: its links go, what it made stays."""
        number = data.draw(st.sampled_from(sorted(self.productions)))
        done = self.attempt(
            who == "MANAGER",
            void_fact,
            by=self.people[who],
            kind=Voidable.PRODUCTION,
            fact_id=number,
            reason=WHY,
        )
        if done is not None:
            for link_id in self.productions.pop(number):
                del self.links[link_id]
                del self.outs["link", link_id]

    @precondition(lambda self: self.links)
    @rule(data=st.data(), who=st.sampled_from(["OPERATOR", "MANAGER"]))
    def void(self, data, who) -> None:
        """Take a link back; one of a production goes with it alone."""
        link_id = data.draw(st.sampled_from(sorted(self.links)))
        is_alone = not any(link_id in links for links in self.productions.values())
        done = self.attempt(
            who == "MANAGER" and is_alone,
            void_fact,
            by=self.people[who],
            kind=Voidable.LINK,
            fact_id=link_id,
            reason=WHY,
        )
        if done is not None:
            del self.links[link_id]
            del self.outs["link", link_id]
            self.attempt(
                False,
                void_fact,
                by=self.people[who],
                kind=Voidable.LINK,
                fact_id=link_id,
                reason=WHY,
            )

    @precondition(lambda self: self.lots)
    @rule(data=st.data(), weight=MAYBE_KG, who=st.sampled_from(["OPERATOR", "MANAGER"]))
    def correct(self, data, weight, who) -> None:
        code = self.some(data)
        left = self.left(code, weight, at=BEFORE_ALL)
        expected = who == "MANAGER" and (left is None or left >= 0)
        done = self.attempt(
            expected,
            correct_as_known,
            by=self.people[who],
            lot_code=code,
            reason=WHY,
            corrected=Corrected(None, weight, None, None, datetime.now(UTC)),
        )
        if done is not None:
            self.lots[code].weight = weight

    @precondition(lambda self: self.lots)
    @rule(
        data=st.data(),
        word=st.sampled_from(["PASS", "HOLD", "FAIL"]),
        who=st.sampled_from(["OPERATOR", "MANAGER"]),
        signed=st.booleans(),
        at_gate=st.booleans(),
    )
    def decide(self, data, word, who, signed, at_gate) -> None:
        code = self.some(data)
        before = self.lots[code].latest().get(at_gate, (0, "PASS"))[1]
        order = ["PASS", "HOLD", "FAIL"]
        lifts = order.index(word) < order.index(before)
        expected = (not lifts or who == "MANAGER") and (signed or not (lifts or word == "FAIL"))
        decision = self.attempt(
            expected,
            decide,
            by=self.people[who],
            lot_code=code,
            decision=word,
            notes=WHY,
            gate_id=self.gate_id if at_gate else None,
            temperature_c=2,
            confirmation=just_confirmed(self.people[who]) if signed else None,
        )
        if decision is not None:
            self.lots[code].decisions.append((decision["decision_id"], at_gate, word))
            self.decided_at[decision["decision_id"]] = next(self.steps)

    @precondition(lambda self: self.lots)
    @rule(data=st.data(), who=st.sampled_from(["OPERATOR", "MANAGER"]), signed=st.booleans())
    def assess(self, data, who, signed) -> None:
        """Let one lot go in spite of its origin: for the decisions that stop it now."""
        code = self.some(data)
        stops = self.stops_of_origin(code)
        done = self.attempt(
            who == "MANAGER" and signed and bool(stops),
            assess_origin,
            by=self.people[who],
            lot_code=code,
            decision_ids=stops,
            reason=WHY,
            confirmation=just_confirmed(self.people[who]) if signed else None,
        )
        if done is not None:
            self.lots[code].assessed |= stops

    @precondition(lambda self: any(lot.decisions for lot in self.lots.values()))
    @rule(data=st.data(), signed=st.booleans())
    def withdraw(self, data, signed) -> None:
        decided = [(code, one) for code, lot in self.lots.items() for one in lot.decisions]
        code, one = data.draw(st.sampled_from(decided))
        by = self.people["MANAGER"]
        done = self.attempt(
            signed,
            withdraw_decision,
            by=by,
            decision_id=one[0],
            reason=WHY,
            confirmation=just_confirmed(by) if signed else None,
        )
        if done is not None:
            self.lots[code].decisions.remove(one)

    @precondition(lambda self: self.lots)
    @rule(data=st.data(), kg=MAYBE_KG, is_new=st.booleans())
    def ship(self, data, kg: Decimal | None, is_new) -> None:
        """Ship under a new code, or one that may have the lot already: that is asked about."""
        code = self.some(data)
        shipment = f"S{len(self.shipped)}" if is_new else "S"
        expected = (
            not self.stopped(code)
            and self.can_give(code, kg)
            and kg != 0
            and (shipment, code) not in self.lines
        )
        done = self.attempt(
            expected,
            record_shipment,
            by=self.people["OPERATOR"],
            lot_code=code,
            shipment_code=shipment,
            customer_code="C",
            quantity_kg=kg,
        )
        if done is not None:
            self.shipped.append((code, kg))
            self.note("shipment", done, "ship", code, kg)
            self.lines.add((shipment, code))

    @precondition(lambda self: self.lots)
    @rule(data=st.data(), kg=GRAMS, who=st.sampled_from(["OPERATOR", "MANAGER"]))
    def import_a_child(self, data, kg: Decimal, who) -> None:
        """History is taken as it was: from a held lot, and more than it had."""
        parent, child = self.some(data), f"D{self.day}-{len(self.lots)}"
        when = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
        frames = {
            "lots": pl.DataFrame(
                {
                    "lot_code": [child],
                    "lot_type": ["RAW"],
                    "product_code": [None],
                    "weight_kg": [str(kg)],
                    "happened_at": [when],
                }
            ),
            "genealogy": pl.DataFrame(
                {
                    "parent_lot_code": [parent],
                    "child_lot_code": [child],
                    "quantity_kg": [str(kg)],
                    "happened_at": [when],
                }
            ),
        }
        done = self.attempt(
            who == "MANAGER" and kg != 0, import_frames, frames=frames, by=self.people[who]
        )
        if done is not None:
            with engine_of(self.owner).connect() as connection:
                lot_id, link_id = connection.execute(
                    text("select max(child_lot_id), max(link_id) from facts.lot_genealogy")
                ).one()
            self.lots[child] = Lot(lot_id, kg)
            self.links[link_id] = (parent, child, kg)
            self.outs["link", link_id] = Out("link", parent, kg, BEFORE_ALL)

    @precondition(lambda self: self.lots)
    @rule(
        data=st.data(),
        kind=st.sampled_from(["WASTE", "SAMPLE", "DESTROYED", "DONATED", "COUNTED"]),
        kg=MAYBE_KG,
        who=st.sampled_from(["OPERATOR", "MANAGER"]),
        signed=st.booleans(),
    )
    def move(self, data, kind, kg: Decimal | None, who, signed) -> None:
        """Write off, sample, destroy, give away or count."""
        code = self.some(data)
        disposition = self.disposition(code)
        expected = {
            "WASTE": not self.stopped(code),
            "DONATED": not self.stopped(code) and self.can_give(code, kg),
            "DESTROYED": (not self.stopped(code) or who == "MANAGER")
            and (signed or disposition != "rejected"),
        }.get(kind, True)
        if kind == "COUNTED":  # what stands in a unit was found, too
            expected = expected and kg is not None and kg >= self.packed.get(code, Decimal(0))
        else:
            expected = expected and kg != 0 and self.can_move(code, kg)
        done = self.attempt(
            expected,
            register_movement,
            by=self.people[who],
            lot_code=code,
            kind=kind,
            quantity_kg=kg,
            reason=WHY,
            confirmation=just_confirmed(self.people[who]) if signed else None,
        )
        if done is not None:
            self.note("movement", done["movement_id"], kind, code, kg)

    @precondition(lambda self: any(kind == "shipment" for kind, _number in self.outs))
    @rule(data=st.data(), kg=GRAMS)
    def come_back(self, data, kg: Decimal) -> None:
        """Something of a line comes back: no more than is still away."""
        lines = sorted(
            number
            for (kind, number), out in self.outs.items()
            if kind == "shipment" and out.kg is not None
        )
        if not lines:
            return
        line = data.draw(st.sampled_from(lines))
        shipped = self.outs["shipment", line]
        shipped_kg = shipped.kg or Decimal(0)
        back = sum(
            (out.kg or Decimal(0) for out in self.outs.values() if out.line == line), Decimal(0)
        )
        with self.record.snapshot() as snapshot:
            named = ask(
                snapshot, "select shipment_code from shipments where shipment_id = :id", id=line
            ).fetchone()
        done = self.attempt(
            0 < kg <= shipped_kg - back,
            register_movement,
            by=self.people["OPERATOR"],
            lot_code=shipped.code,
            kind="RETURNED",
            quantity_kg=kg,
            reason=WHY,
            shipment_code=present(named)[0],
            shipment_id=line,
        )
        if done is not None:
            self.note("movement", done["movement_id"], "RETURNED", shipped.code, kg, line)

    @precondition(lambda self: any(kind == "movement" for kind, _number in self.outs))
    @rule(data=st.data(), who=st.sampled_from(["OPERATOR", "MANAGER"]))
    def void_a_movement(self, data, who) -> None:
        """Take a movement back, but for what came back or was found and has left again."""
        numbers = sorted(number for kind, number in self.outs if kind == "movement")
        key = ("movement", data.draw(st.sampled_from(numbers)))
        out = self.outs[key]
        left = self.left(out.code, self.lots[out.code].weight, out.step, without=key)
        rests = out.kind in ("RETURNED", "COUNTED") and left is not None and left < 0
        done = self.attempt(
            who == "MANAGER" and not rests,
            void_fact,
            by=self.people[who],
            kind=Voidable.MOVEMENT,
            fact_id=key[1],
            reason=WHY,
        )
        if done is not None:
            del self.outs[key]

    # What must hold after every step.

    @invariant()
    def the_record_is_what_the_model_says(self) -> None:
        if not getattr(self, "lots", None):
            return
        ids = {lot.lot_id: code for code, lot in self.lots.items()}
        with engine_of(self.owner).connect() as connection:
            links = connection.execute(
                text(
                    "select link_id, parent_lot_id, child_lot_id, quantity_kg "
                    "from facts.lot_genealogy where parent_lot_id = any(:ids) and link_id not in "
                    "(select link_id from facts.link_voids)"
                ),
                {"ids": list(ids)},
            ).all()
            current = connection.execute(
                text(
                    "select lot_id, weight_kg, coalesce(given_out_kg, given_out_at_least_kg), "
                    "lot_disposition(lot_id), coalesce(on_hand_kg, on_hand_at_most_kg, "
                    "-overdrawn_kg, -overdrawn_at_least_kg) "
                    "from lots cross join lateral lot_balance(lot_id, weight_kg) "
                    "where lot_id = any(:ids)"
                ),
                {"ids": list(ids)},
            ).all()
            packed = connection.execute(
                text("select lot_id, quantity_kg from packed where lot_id = any(:ids)"),
                {"ids": list(ids)},
            ).all()
        held = {row[0]: (ids[row[1]], ids[row[2]], row[3]) for row in links}
        assert held == self.links
        assert {ids[lot_id]: kg for lot_id, kg in packed} == {
            code: kg for code, kg in self.packed.items() if kg
        }
        assert {
            ids[lot_id]: (weight, given_out, disposition, left)
            for lot_id, weight, given_out, disposition, left in current
        } == {
            code: (
                lot.weight,
                self.given_out(code),
                self.disposition(code),
                self.left(code, lot.weight),
            )
            for code, lot in self.lots.items()
        }


@pytest.mark.timeout(300 + 30 * EXAMPLES)
def test_a_plant_that_people_work_in_stays_what_the_model_says(record, database, people) -> None:
    with record.transaction() as transaction:
        transaction.copy(
            "facts.partners", ["partner_code", "name", "role"], [("C", "Shop", "CUSTOMER")]
        )
        Plant.gate_id = gate_id_of(transaction, 1)
    Plant.record, Plant.people = record, people
    Plant.owner = Record(database, DatabaseRole.OWNER)
    run_state_machine_as_test(
        Plant,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            suppress_health_check=[
                HealthCheck.data_too_large,
                HealthCheck.filter_too_much,
                HealthCheck.large_base_example,
                HealthCheck.too_slow,
            ],
        ),
    )
    with Plant.owner.snapshot() as snapshot:
        assert verify(snapshot, sees_passwords=True).breaks == []
    Plant.owner.close()
