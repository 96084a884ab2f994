"""The parts of the screen of productions: what records one, and what shows those recorded."""
