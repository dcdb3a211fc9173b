"""The sheets of the workbook; `orebook.write.xlsx` puts them together."""
