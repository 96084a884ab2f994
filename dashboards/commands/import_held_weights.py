"""Facts of an import that left their kilograms to the product, beside those the record holds."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from dashboards.commands.import_columns import Columns
from dashboards.commands.import_files import Rows
from dashboards.commands.import_likeness import KEY, content, is_compared
from dashboards.commands.import_weights import WEIGHTS
from sql.record.transactions import Row


def as_held(stem: str, rows: Rows, columns: Columns, held: Sequence[Row]) -> Columns:
    """Return a file's columns with weights as the record has them, where rows left them to it.

    A fact that was weighed, or counted when a unit weighed something else, is the same fact.
    """
    if not rows.counted:
        return columns
    kg_field = WEIGHTS[stem][0]
    names = [name for name in columns if name != kg_field and is_compared(stem, name, rows.given)]
    places = range(len(rows.lines))
    alike = {at: content(names, {name: columns[name][at] for name in names}) for at in places}
    weighed = Counter((alike[at], columns[kg_field][at]) for at in places if at not in rows.counted)
    open_: dict[Any, list[Row]] = defaultdict(list)
    by_key: dict[str, list[Row]] = defaultdict(list)
    for fact in held:
        if fact[KEY] is not None:
            by_key[fact[KEY]].append(fact)
        it = content(names, fact)
        if weighed[it, fact[kg_field]]:
            weighed[it, fact[kg_field]] -= 1
        else:
            open_[it].append(fact)
    kilograms = list(columns[kg_field])
    for at in sorted(rows.counted):
        under = by_key.get(columns[KEY][at] or "", [])
        facts = [fact for fact in under if content(names, fact) == alike[at]] or open_[alike[at]]
        if facts:
            same = next((fact for fact in facts if fact[kg_field] == kilograms[at]), facts[0])
            kilograms[at] = same[kg_field]
            facts.remove(same)
    return {**columns, kg_field: kilograms}
