"""The lines of the statements, in the order in which they are printed."""

from __future__ import annotations

from orebook.model.named import NamedTuple

INCOME, EXPENSE, ASSET, CREDIT = -1, 1, 1, -1


class Line(NamedTuple):
    """A line of a statement: `sign` turns debits into the printed figure."""

    id: str
    title: str
    sign: int
    section: str


SALES, DIRECT, OTHER_OPERATING = "sales", "direct", "other_operating"
OTHER_INCOME, TAX, AFTER_TAX, DIVIDENDS = "other_income", "tax", "after_tax", "dividends"
CASH, EARNINGS = "cash", "retained_earnings"

_OPERATIONS = (
    Line("sales", "Sales of products", INCOME, SALES),
    Line("reported_cost_of_sales", "Cost of sales and other direct production costs", EXPENSE, DIRECT),
    Line("reported_depreciation", "Depreciation, depletion and amortization", EXPENSE, DIRECT),
    Line("general_and_administrative", "General and administrative", EXPENSE, OTHER_OPERATING),
    Line("exploration", "Exploration", EXPENSE, OTHER_OPERATING),
    Line("pre_development", "Pre-development", EXPENSE, OTHER_OPERATING),
    Line("other_depreciation", "Depreciation and amortization", EXPENSE, OTHER_OPERATING),
    Line("other_operating_expense", "Other operating expense", EXPENSE, OTHER_OPERATING),
    Line("disposal_gain", "Gain on disposition of properties, plants and equipment", EXPENSE, OTHER_OPERATING),
    Line("closed_operations", "Provision for closed operations and environmental matters", EXPENSE, OTHER_OPERATING),
    Line("impairment", "Reduction in carrying value of mining properties", EXPENSE, OTHER_OPERATING),
    Line("interest_income", "Interest and other income", INCOME, OTHER_INCOME),
    Line("investment_gain", "Gain (loss) on investments", INCOME, OTHER_INCOME),
    Line("hedge_gain", "Gain (loss) on derivative contracts", INCOME, OTHER_INCOME),
    Line("foreign_exchange", "Foreign exchange gain (loss)", INCOME, OTHER_INCOME),
    Line("equity_income", "Equity in earnings of affiliates", INCOME, OTHER_INCOME),
    Line("minority_interest", "Minority interest", INCOME, OTHER_INCOME),
    Line("interest_expense", "Interest expense", INCOME, OTHER_INCOME),
    Line("income_tax", "Income tax benefit (provision)", INCOME, TAX),
    Line("discontinued_operations", "Income (loss) from discontinued operations", INCOME, AFTER_TAX),
    Line("extraordinary_item", "Extraordinary loss on retirement of long-term debt", INCOME, AFTER_TAX),
    Line("cumulative_effect", "Cumulative effect of change in accounting principle", INCOME, AFTER_TAX),
)

_BALANCE = (
    Line(CASH, "Cash and cash equivalents", ASSET, "current_assets"),
    Line("short_term_investments", "Short-term investments", ASSET, "current_assets"),
    Line("receivables", "Accounts and notes receivable", ASSET, "current_assets"),
    Line("inventories", "Inventories", ASSET, "current_assets"),
    Line("other_current_assets", "Other current assets", ASSET, "current_assets"),
    Line("investments", "Investments", ASSET, "assets"),
    Line("restricted_cash", "Restricted cash and investments", ASSET, "assets"),
    Line("properties", "Properties, plants and equipment, net", ASSET, "assets"),
    Line("other_noncurrent_assets", "Other noncurrent assets", ASSET, "assets"),
    Line("payables", "Accounts payable and accrued expenses", CREDIT, "current_liabilities"),
    Line("payroll", "Accrued payroll and related benefits", CREDIT, "current_liabilities"),
    Line("dividends_payable", "Preferred stock dividends payable", CREDIT, "current_liabilities"),
    Line("taxes_payable", "Accrued taxes", CREDIT, "current_liabilities"),
    Line("current_debt", "Current portion of long-term debt", CREDIT, "current_liabilities"),
    Line(
        "current_reclamation", "Current portion of accrued reclamation and closure costs", CREDIT, "current_liabilities"
    ),
    Line("deferred_tax", "Deferred income taxes", CREDIT, "liabilities"),
    Line("long_term_debt", "Long-term debt", CREDIT, "liabilities"),
    Line("accrued_reclamation", "Accrued reclamation and closure costs", CREDIT, "liabilities"),
    Line("other_noncurrent_liabilities", "Other noncurrent liabilities", CREDIT, "liabilities"),
    Line("minority", "Minority interest in consolidated mines", CREDIT, "liabilities"),
    Line("preferred_stock", "Preferred stock", CREDIT, "equity"),
    Line("common_stock", "Common stock", CREDIT, "equity"),
    Line("capital_surplus", "Capital surplus", CREDIT, "equity"),
    Line(EARNINGS, "Retained earnings (deficit)", CREDIT, "equity"),
    Line("other_comprehensive_income", "Accumulated other comprehensive income", CREDIT, "equity"),
    Line("treasury_stock", "Treasury stock", CREDIT, "equity"),
)

_CASH_FLOWS = (
    Line("flow_depreciation", "Depreciation, depletion and amortization", CREDIT, "noncash"),
    Line("flow_disposal_gain", "Gain on disposition of properties, plants and equipment", CREDIT, "noncash"),
    Line("flow_investment_gain", "Gain on sale of investments", CREDIT, "noncash"),
    Line("flow_impairment", "Reduction in carrying value of mining properties", CREDIT, "noncash"),
    Line("flow_reclamation_provision", "Provision for reclamation and closure costs", CREDIT, "noncash"),
    Line("flow_stock_compensation", "Stock compensation", CREDIT, "noncash"),
    Line("flow_deferred_tax", "Provision for deferred taxes", CREDIT, "noncash"),
    Line("flow_other_noncash", "Other non-cash charges, net", CREDIT, "noncash"),
    Line("flow_receivables", "Accounts and notes receivable", CREDIT, "changes"),
    Line("flow_inventories", "Inventories", CREDIT, "changes"),
    Line("flow_other_assets", "Other current and noncurrent assets", CREDIT, "changes"),
    Line("flow_payables", "Accounts payable and accrued expenses", CREDIT, "changes"),
    Line("flow_payroll", "Accrued payroll and related benefits", CREDIT, "changes"),
    Line("flow_taxes", "Accrued taxes", CREDIT, "changes"),
    Line(
        "flow_reclamation", "Accrued reclamation and closure costs and other noncurrent liabilities", CREDIT, "changes"
    ),
    Line("flow_additions", "Additions to properties, plants and equipment", CREDIT, "investing"),
    Line("flow_disposals", "Proceeds from disposition of properties, plants and equipment", CREDIT, "investing"),
    Line("flow_investments_bought", "Purchase of investments", CREDIT, "investing"),
    Line("flow_investments_sold", "Proceeds from sale of investments", CREDIT, "investing"),
    Line("flow_restricted", "Decrease (increase) in restricted investments", CREDIT, "investing"),
    Line("flow_other_investing", "Other investing activities", CREDIT, "investing"),
    Line("flow_stock_issued", "Common stock issued under stock option plans", CREDIT, "financing"),
    Line("flow_treasury", "Purchase of treasury shares", CREDIT, "financing"),
    Line("flow_dividends", "Dividends paid to preferred shareholders", CREDIT, "financing"),
    Line("flow_borrowings", "Borrowings on debt", CREDIT, "financing"),
    Line("flow_repayments", "Repayment on debt", CREDIT, "financing"),
    Line("flow_other_financing", "Other financing activities", CREDIT, "financing"),
)

OPERATIONS: dict[str, Line] = {line.id: line for line in _OPERATIONS}
BALANCE: dict[str, Line] = {line.id: line for line in _BALANCE}
CASH_FLOWS: dict[str, Line] = {line.id: line for line in _CASH_FLOWS}
LINES: dict[str, Line] = {**OPERATIONS, **BALANCE, "preferred_dividends_declared": Line("", "", EXPENSE, DIVIDENDS)}
"""Every line that an account may be mapped to. Dividends on preferred shares reduce retained earnings."""
