"""Views: a frame in, a chart or table out; no query and no decision."""
