"""What comes in as files: read, checked line by line, and handed to one command."""
