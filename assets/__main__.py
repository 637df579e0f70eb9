"""`python -m assets`: the command `gongkai`, where it is not installed."""

from assets import command

command.app(prog_name="gongkai")
