"""How the demo plant's book is closed: lots named, the reference added, the future taken out.

What is written here looks at the whole book when the floor has stopped. Nothing is left to
chance, and nothing is judged by quality.
"""

from collections.abc import Set
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from dashboards.demo.book import Book, Lot
from dashboards.demo.site_time import local, local_date

REFERENCE_DAYS_AGO = 40
UNDECIDED_COUNTS = {"RAW": 3, "DEB": 2, "BULK": 1, "MIX": 1, "SKW": 5, "FRZ": 2, "FG": 6}


def add_reference(book: Book, until: datetime) -> None:
    """Add the reference answer: 500 kg beef and 40 of 50 kg spice, 540 kg mix, 530 kg doner."""
    day = local_date(until - timedelta(days=REFERENCE_DAYS_AGO))
    day -= timedelta(days=max(0, day.weekday() - 4))
    expires_on = day + timedelta(days=365)
    beef = Lot(
        "RAW",
        "RAW-BEEF",
        500_000,
        local(day, 40),
        "BEEF",
        "S-ALFOLD",
        "ALF-REF-01",
        Decimal("2.4"),
        day + timedelta(days=6),
        "RAW-BEEF-001",
    )
    spice = Lot(
        "RAW",
        "SPICE-DONER",
        50_000,
        local(day, 50),
        None,
        "S-ORIENT",
        "ORI-REF-01",
        Decimal("3.1"),
        expires_on,
        "RAW-SPICE-001",
    )
    mix = Lot(
        "MIX",
        "MIX-BEEF",
        540_000,
        local(day, 180),
        "BEEF",
        temperature_c=Decimal("2.8"),
        code="MIX-BATCH-88",
    )
    doner = Lot(
        "FG",
        "DONER-BEEF",
        530_000,
        local(day, 480),
        "BEEF",
        temperature_c=Decimal("-20.5"),
        expires_on=expires_on,
        code="FG-DONER-X1",
    )
    for lot in (beef, spice, mix, doner):
        measured_c = lot.temperature_c if lot.kind == "RAW" else None
        who = "manager" if lot.kind == "FG" else "operator"
        at = lot.at + timedelta(minutes=25)
        lot.decisions.append((at, "PASS", None, measured_c, f"{who}@demo.example"))
        if lot.kind == "RAW":
            lot.readings.append((lot.at, "surface_temperature", measured_c, "C"))
    mix.readings.append((mix.at, "mix_temperature", mix.temperature_c, "C"))
    mix.readings.append((mix.at, "mix_time", 45, "min"))
    for parent, child, grams in ((beef, mix, 500_000), (spice, mix, 40_000), (mix, doner, 530_000)):
        book.links.append((parent, child, grams, child.at))
    book.lots += [beef, spice, mix, doner]


def cut(book: Book, until: datetime) -> None:
    """Take out what happened after a moment; the last lots of each type wait for a decision."""
    book.lots = sorted((lot for lot in book.lots if lot.at <= until), key=lambda lot: lot.at)
    for lot in book.lots:
        lot.decisions = [row for row in lot.decisions if row[0] <= until]
        lot.readings = [row for row in lot.readings if row[0] <= until]
    book.shipments = [row for row in book.shipments if row[4] <= until]
    _keep_known(book)
    for kind in ("SKW", "FRZ"):
        _take_out_descendants(book, _last(book, kind))
    used = {parent for parent, *_ in book.links} | {row[1] for row in book.shipments}
    for kind in UNDECIDED_COUNTS:
        for lot in _last(book, kind, besides=used):
            lot.decisions = []


def _last(book: Book, kind: str, besides: Set[Lot] = frozenset()) -> list[Lot]:
    ours = [lot for lot in book.lots if lot.kind == kind and lot not in besides]
    return ours[-UNDECIDED_COUNTS[kind] :]


def _take_out_descendants(book: Book, lots: list[Lot]) -> None:
    children: dict[Lot, list[Lot]] = {}
    for parent, child, *_ in book.links:
        children.setdefault(parent, []).append(child)
    waiting, gone = list(lots), set()
    while waiting:
        below = children.get(waiting.pop(), [])
        gone.update(below)
        waiting += below
    book.lots = [lot for lot in book.lots if lot not in gone]
    book.shipments = [row for row in book.shipments if row[1] not in gone]
    _keep_known(book)


def _keep_known(book: Book) -> None:
    known = set(book.lots)
    book.links = [row for row in book.links if row[0] in known and row[1] in known]


def name_lots(book: Book) -> None:
    """Name each lot without a code TYPE-YYYYMMDD-DUNA-NNNN, numbered in the order of time."""
    counts: dict[str, int] = {}
    for lot in sorted(book.lots, key=lambda lot: lot.at):
        stem = f"{lot.kind}-{local_date(lot.at):%Y%m%d}-DUNA"
        counts[stem] = counts.get(stem, 0) + 1
        lot.code = f"{stem}-{counts[stem]:04d}"


def last_shift_moment(days: list[date], until: datetime) -> datetime:
    """Return the last moment people worked, at least two hours into a shift."""
    for day in reversed(days):
        if until >= local(day, 120):
            return min(until.astimezone(UTC).replace(microsecond=0), local(day, 12 * 60))
    return local(days[0], 120)
