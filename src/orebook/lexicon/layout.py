"""Words by which the book tells headings, units' blocks and closing rows apart.

Each text is a list of phrases that strokes and line ends part, or of words that blanks part.

Source: house reading of filed statements (Regulation S-X 5-02, 5-03; SFAS 95 / ASC 230 statement forms).
"""

from __future__ import annotations

LAYOUT = {
    # A banner with one of these words names a mine, a unit or a segment.
    "entity": {
        "words": """
unit|units|mine|mines|segment|segments|operations|operation|project|property|complex|division|district|deposit
joint venture|share)|interest)
""",
        # … unless one of these says that it is a part of a statement.
        "unless": """
by segment|activities|data|summary|prices|price|assets|liabilities|equity|continuing operations
discontinued operations|statement|statements|financial|sale of|sales of|gross profit|results of operations|income
revenue|revenues|expenses|costs|per share|other information|earnings|loss|from operations
""",
        # Banners that name a unit only where their neighbours do.
        "beside": """
other|corporate|all other|total|company|consolidated|eliminations|general corporate
""",
        # Of these words alone a banner is a section of a statement (`OPERATIONS`), or says nothing.
        "bare": """
operations|operation|mine|mines|project|projects|property|properties|unit|units|segment|segments|division|divisions
""",
        # Classes of reserves and resources: rows that stand under each mine's name.
        "classes": """
proven|probable|proven and probable|proven & probable|total proven and probable|measured|indicated
measured and indicated|measured & indicated|inferred
""",
        # Words of the trade: a heading of these alone names a metal, a process, a class or a measure, and no mine.
        "trade": """
gold silver lead zinc copper molybdenum nickel cobalt platinum palladium ore concentrate concentrates
by-product by-products metal metals equivalent production produced sales sold mined milled processed mining
milling mill heap leach leaching leached crushed stacked open pit underground surface stockpile stockpiles
waste total average proven probable measured indicated inferred reserves resources reserve resource grade
grades recovery recoveries cost costs cash unit per ounce ounces ton tons tonne tonnes pound pounds oxide
sulfide sulphide prices price realized statistics data operating financial and & of for the in by other gross
net 100% basis attributable payable contained forward put call options option purchased bought contracts fixed
spot deferred actual budget plan guidance forecast
""",
        # What may follow a mine's name in the title of its own table, beside words of the trade.
        "titles": "results summary highlights information selected key quarterly review performance",
    },
    # Rows that name a balance wherever they stand: under columns of selected data that name a stretch of time they are of
    # its end.
    "balances": {
        "words": """
total assets|assets|identifiable assets|total identifiable assets|current assets|total current assets|total liabilities
current liabilities|total current liabilities|working capital|working capital (deficit)|working capital (deficiency)
net working capital|long-term debt|total debt|net debt|long-term obligations|total long-term debt|shareholders' equity
stockholders' equity|total shareholders' equity|total stockholders' equity|shareholder's equity|net assets|cash position
cash and cash equivalents|cash and short-term investments|cash and equivalents|cash and marketable securities
cash, cash equivalents and short-term investments|cash, cash equivalents & short-term investments|cash, cash equivalents and marketable securities
cash & cash equivalents|cash and investments|cash and bullion|current ratio|debt to equity ratio
""",
        # Headings over rows that are all balances.
        "headings": """
balance sheet|financial position|financial condition|at period end|at year end|at quarter end|at end of period|at end of year|period-end|year-end
""",
        # Headings under which what is called after a balance is what it cost, or by how much it moved.
        "flows": "average|averages|average balances|interest|interest charges|interest expense|fixed charges|changes in|cash flows",
    },
    # Rows that close a whole statement: no section heading holds them.
    "closing": {
        "starts": """
total liabilities and|total liability and|total liabilities, |total shareholders' equity and liabilities
net increase in cash|net decrease in cash|net change in cash|net increase (decrease) in cash
net (decrease) increase in cash|net (increase) decrease in cash|net decrease (increase) in cash
increase (decrease) in cash|increase in cash and|decrease in cash and|(decrease) increase in cash
cash and cash equivalents at |cash and cash equivalents, |change in cash and cash equivalents
cash and cash equivalents beginning|cash and cash equivalents end|cash at |cash, beginning|cash, end
effect of exchange rate|effect of foreign exchange|common shares outstanding at |effect of foreign currency
cash and short-term investments, |cash and short-term investments at |cash and temporary investments
""",
        # … where they are the whole label.
        "whole": """
increase in cash|decrease in cash|change in cash|increase (decrease) in cash|net cash flow
""",
    },
    # Words by which a company's own line above a title is known.
    "company": {
        "endings": """
company|co|inc|incorporated|corporation|corp|limited|ltd|llc|l.l.c|plc|n.v|n.l|s.a|trust|partners|l.p|lp|holdings|group
subsidiaries|subsidiary|bancorp|mines|mining|resources|industries
""",
    },
    # Lines above a table that are no title.
    "untitled": {
        "words": "unaudited|audited|(unaudited)|consolidated|condensed|continued|(continued)",
    },
}
