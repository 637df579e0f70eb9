"""The terminal: the consoles for messages and results, how a grade looks, and how a command stops with a sentence."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer
from rich.console import Console

#: Columns of output that goes to no terminal: wide enough for a sentence, or for the formulas of four forms.
WIDE = 200
_WIDTH = 120
#: Contradicted and conflicting numbers must catch the eye.
STYLES = {
    "verified": "",
    "unverified": "dim",
    "contradicted": "bold red",
    "conflicting": "bold magenta",
    "corrected": "cyan",
}


def messages() -> Console:
    """The console for progress and complaints: standard error, whatever else is done to it later."""
    console = Console(stderr=True)
    return console if console.is_terminal else Console(stderr=True, width=_WIDTH)


def results(width: int = _WIDTH) -> Console:
    """The console for results: standard output, `width` columns wide where that is no terminal."""
    return Console() if sys.stdout.isatty() else Console(width=width)


def stop(message: str, code: int, hint: str | None = None) -> NoReturn:
    """End the command: a sentence on standard error, what would help where that is known, and the exit code."""
    out = messages()
    out.print(message, style="bold red", markup=False, soft_wrap=True)
    if hint:
        out.print(f"what would help: {hint}", markup=False, soft_wrap=True)
    raise typer.Exit(code)
