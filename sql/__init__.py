"""The ground floor: the record (PostgreSQL), the warehouse (DuckDB), and how to speak to them.

Nothing here knows a screen, an API or an asset: `sql` imports neither `pipelines` nor
`dashboards`, so that both can stand on it without standing on one another.
"""
