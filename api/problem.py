"""What a person can repair; light, because every command of the command line knows it."""


class ForPeopleError(Exception):
    """Something cannot be done; the message is one Dutch sentence that says why and what to do."""
