"""The record: PostgreSQL, by address or embedded, and every way to speak to it.

Nothing here knows a lot, a rule or a screen; what is asked lies in `postgres/queries`.
"""
