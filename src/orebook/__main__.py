"""`python -m orebook`: the command line."""

from orebook.cli import start

start()
