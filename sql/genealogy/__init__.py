"""Which lots went into which: the closure, live traces, search, verdicts and common ancestors."""
