"""Files that people take away: a trace as a workbook and as one page."""
