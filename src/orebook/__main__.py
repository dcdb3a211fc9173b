"""`python -m orebook`: the command line."""

import sys

from orebook.cli import main

sys.exit(main())
