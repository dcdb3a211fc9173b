"""`python -m orebook.cli`."""

import sys

from orebook.cli import main

sys.exit(main())
