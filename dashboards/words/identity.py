"""What people read where a code may name several lots; see `dashboards.words`."""

from dashboards.words.english.identity import PRINTED_HELP, PRINTED_LABEL, PRINTED_MEANS_MANY

__all__ = ["PRINTED_HELP", "PRINTED_LABEL", "PRINTED_MEANS_MANY"]
