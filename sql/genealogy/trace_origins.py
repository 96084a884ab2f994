"""Which of several lots asked about each lot of a trace comes from, or went into.

Sets are kept as the bits of whole numbers, so that a hundred suspects cost hardly more than one.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from sql.genealogy.trace_ways import BACK, Way


def suspects_by_lot(
    way: Way, lot_ids: Sequence[int], codes: Mapping[int, str]
) -> dict[int, tuple[str, ...]]:
    """Name, for every lot that a way reached, the lots asked about that it was reached from.

    Each lot asked about is reached from itself. Ways through another of them count: what comes
    from that one comes from what that one was made of.

    Args:
        way: What one direction found.
        lot_ids: The lots asked about, in the order they are named.
        codes: Their codes.
    """
    if len(lot_ids) == 1:
        alone = (codes[lot_ids[0]],)
        return dict.fromkeys([lot_ids[0], *way.walked.lot_ids.tolist()], alone)
    parents, children = (way.links[name].tolist() for name in ("parent_lot_id", "child_lot_id"))
    sources, targets = (children, parents) if way.direction is BACK else (parents, children)
    onward: dict[int, list[int]] = defaultdict(list)
    for source, target in zip(sources, targets, strict=True):
        onward[source].append(target)
    bits = {lot: 1 << at for at, lot in enumerate(lot_ids)}
    waiting, queued = deque(lot_ids), set(lot_ids)
    while waiting:
        lot = waiting.popleft()
        queued.remove(lot)
        carried = bits[lot]
        for target in onward[lot]:
            known = bits.get(target, 0)
            if carried | known != known:
                bits[target] = carried | known
                if target not in queued:
                    queued.add(target)
                    waiting.append(target)
    named = {
        some: tuple(codes[lot] for at, lot in enumerate(lot_ids) if some >> at & 1)
        for some in set(bits.values())
    }
    return {lot: named[some] for lot, some in bits.items()}
