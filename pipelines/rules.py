"""Every rule of copies and models, as checks: none is listed by hand, so none is forgotten."""

from pipelines.rule_checks import rule_checks
from sql.warehouse.rules import ruled_tables

checks = [rule_checks(table) for table in ruled_tables()]
