"""`lotline trace`: one lot or several, live from the record."""

from datetime import UTC, datetime

import click

from dashboards.terminal.parameters import MOMENT, TEXT
from dashboards.terminal.printing import FORMATS, in_words, print_exactly, print_rows
from dashboards.terminal.saying import NoAnswer, say
from sql.record.opening import open_to_read
from sql.record.transactions import Transaction
from sql.settings import settings
from sql.vocabulary import Direction

TRACE_COLUMNS = [
    "direction",
    "steps",
    "lot_code",
    "lot_type",
    "product_code",
    "share",
    "suspect_kg",
    "weight_kg",
    "on_hand_kg",
    "disposition",
]
UNDECIDED = 2


@click.command()
@click.argument("lots", nargs=-1, required=True, type=TEXT, metavar="LOT...")
@click.option(
    "--direction", type=click.Choice([way.value for way in Direction]), default=Direction.BOTH.value
)
@click.option(
    "--as-of",
    "as_of",
    type=MOMENT,
    default=None,
    help="As was known at this time, ISO 8601 with offset.",
)
@click.option("--exact", is_flag=True, help="Each LOT is a lot's own code, and nothing else.")
@click.option(
    "--among",
    type=TEXT,
    multiple=True,
    help="What was looked for, once for each thing: each LOT is the own code of one that was "
    "offered for it, and the verdict names those that were not taken.",
)
@click.option("--format", "form", type=FORMATS, default="table")
def trace(
    lots: tuple[str, ...],
    direction: str,
    as_of: datetime | None,
    exact: bool,
    among: tuple[str, ...],
    form: str,
) -> None:
    """Trace a lot through the record, live; several lots together, each kilogram counted once.

    LOT is its code, or whatever else finds it: a supplier's lot, a delivery document, a scan. Where
    it may mean several lots, they are named, nothing is traced, and it ends with 2.
    """
    from dashboards.exports.trace_units import unit_columns
    from dashboards.terminal import trace_text
    from dashboards.terminal.gone_lots import why_gone
    from dashboards.terminal.json_text import json_text
    from dashboards.terminal.trace_since import since
    from dashboards.views.verdicts import lines, verdict_stamp
    from sql.amount_columns import columns_told
    from sql.genealogy.gaps import NOTHING_OFFERED
    from sql.genealogy.lot_choice import lots_meant, not_found, not_taken
    from sql.genealogy.origin_stops import name_stops
    from sql.genealogy.trace import trace as trace_lots
    from sql.genealogy.whereabouts import whereabouts
    from sql.warehouse.open_findings import open_findings

    typed = [lot.strip() for lot in lots]
    if not all(typed):
        raise click.BadParameter("a lot's code, or what else finds it, is needed")
    known = open_findings(settings().home)
    then = "" if as_of is None else f" as known on {as_of.isoformat()}"
    record, asked_at = open_to_read(settings()), datetime.now(UTC)
    with record.snapshot(as_of=as_of) as snapshot:
        if exact or among:
            offered = lots_meant(snapshot, among, taken=typed)
            codes, beside = [*typed, *not_found(offered)], not_taken(offered, typed)
        else:
            codes, beside = _chosen(snapshot, typed, then), NOTHING_OFFERED
        found = trace_lots(snapshot, codes, Direction(direction), known, not_taken=beside)
        gone = "" if found is not None else why_gone(snapshot, codes[0])
        where = None if found is None else whereabouts(snapshot, found.lots, found.shipments)
        if found is not None:
            name_stops(snapshot, found.lots)
    if found is None or where is None:
        raise NoAnswer(f"Lot {codes[0]} is not in the record{then}. {gone}".strip())
    way = Direction(direction)
    later = None if as_of is None else since(record, found, way, as_of)
    said = lines(found.verdict) if later is None else [*later.lines(), *lines(found.verdict)]
    if form == "json":
        question = {"lots": typed, "direction": way, "as_of": as_of, "asked_at": asked_at}
        whole = {"question": question, **trace_text.whole(found, where)}
        whole["since"] = later and later.whole()
        print_exactly(f"{json_text(whole, indent=2)}\n")
        return
    is_stopped = any(lot.get("stopped_by") for lot in found.lots)
    columns = [*TRACE_COLUMNS, *(["stopped_by"] if is_stopped else [])]
    columns += ["suspects"] if len(codes) > 1 else []
    columns += unit_columns(found.lots) if form == "csv" else []
    told = columns_told(columns, found.lots)
    if form == "csv":
        stamp = verdict_stamp(found.verdict, as_of or asked_at)
        rows = [{name: row.get(name) for name in told} | stamp for row in found.lots]
        print_rows(in_words(rows), form)
        say(*said, err=True)
        return
    print_rows([trace_text.row_said(row, told) for row in found.lots], form)
    say(*said)
    trace_text.print_to_do(found, where, way)
    if later is not None:
        later.print_rows()


def _chosen(snapshot: Transaction, typed: list[str], then: str) -> list[str]:
    """Return the codes of the lots that are surely meant; else say what may be, and end."""
    from dashboards.terminal import trace_text
    from dashboards.terminal.gone_lots import gone_said
    from sql.genealogy.lot_choice import lots_meant

    meant = lots_meant(snapshot, typed)
    for said in (doubt for one in meant for doubt in trace_text.doubts(one)):
        say(said, err=True)
    nothing = [one for one in meant if not one.found.lots]
    if nothing:
        said = [f"Lot {nothing[0].typed} is not in the record{then}."]
        for one in nothing[0].voided:
            said.append(gone_said(one))
        raise NoAnswer("\n".join(said))
    open_ones = [one for one in meant if one.lot_code is None]
    if open_ones:
        offered = [line for one in open_ones for line in trace_text.choices(one, then)]
        again = trace_text.choose_with([one.typed for one in meant])
        say(*offered, again, err=True)
        raise click.exceptions.Exit(UNDECIDED)
    for one in meant:
        if said := trace_text.found_by(one):
            say(said, err=True)
    return [one.lot_code for one in meant if one.lot_code]
