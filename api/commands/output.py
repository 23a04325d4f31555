"""What commands share: speaking to the person at the terminal."""

import typer


def say(text: str) -> None:
    """Print a line on stdout."""
    typer.echo(text)


def mention(text: str) -> None:
    """Print a line that is not part of the result, on stderr."""
    typer.echo(text, err=True)
