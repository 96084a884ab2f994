"""How the terminal says anything: as typed, and never so that the terminal obeys it.

All of the terminal's sentences pass here, whoever typed what stands in them; tables and files
for programs are `printing`'s.
"""

import click

from dashboards.terminal.visible import visible


def say(*lines: str, err: bool = False) -> None:
    """Print lines with every sign that a terminal obeys written out, ends of lines too.

    So nothing that a file or a person wrote can look like a line of Lotline's own.

    Args:
        lines: What to say, a line each; an empty one sets what follows apart.
        err: On the stream for what went wrong, which programs that read the answer don't get.
    """
    click.echo("\n".join(map(visible, lines)), err=err)


class NoAnswer(click.ClickException):
    """A question that can't be answered: said line by line, exit 1."""

    def format_message(self) -> str:
        """Return the lines as `say` would print them."""
        return "\n".join(map(visible, self.message.split("\n")))
