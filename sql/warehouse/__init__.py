"""The warehouse: a DuckDB file of what follows from the record, and the editions made of it.

Models and rules are read from files. How the closure is walked is handed in, never imported.
"""
