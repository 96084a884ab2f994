"""Views: rows or a frame in, a chart, table or form out; what a click does is the screen's."""
