"""The pipeline: copies of the record, models, checks and editions, wired for Dagster.

One file a subject, flat. Functions here hold wiring; the work is done in `sql`, where it can
be tested without Dagster. Nothing here writes to the record.
"""
