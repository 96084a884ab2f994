"""Signatures, lateness and ages as they are said, in English."""

DECIDED_BEFORE = "{decision} by {by}, {when}"
NOT_SIGNED = "not signed"
SIGNATURE = "{name}: {meaning}, {when}, by {method} · {hash}"
LATER = "↷ {age} later"
HOURS = "{hours} h"
AN_IMPORT = "an import"
