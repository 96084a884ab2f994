"""What a page does with a scan that goes into no box, and how a terminal is set up."""
