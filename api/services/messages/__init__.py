"""Messages that were made ready and wait: handed to a mail server by a command, never by a page."""
