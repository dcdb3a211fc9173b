"""The numbers in sentences, tied to the figures in tables.

`claims` gives every number of the prose with what it ties to; `directions` the words that state a direction
without a number and are not borne out.
"""

from orebook.check.prose.moves import directions
from orebook.check.prose.run import claims

__all__ = ["claims", "directions"]
