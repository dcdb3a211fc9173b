"""The smallest report that foots: one balance sheet of two lines and a total."""

from __future__ import annotations

CLEAN = """\
                 BALANCE SHEETS
                 (in thousands)

                          June 30,     Dec. 31,
                            1999         1998
                         ---------    ---------
Cash                     $     412    $     377
Receivables                  1,903        2,241
                         ---------    ---------
Total assets             $   2,315    $   2,618
                         =========    =========
"""
