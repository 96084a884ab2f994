"""Files that people take away: rows as CSV, a trace as a workbook and as one page."""
