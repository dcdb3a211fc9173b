"""The release: a book written as text or as a page, from which it reads back to the same facts.

`flow` puts a book's paragraphs and tables in order, `sections` takes a table apart into headings and rows, `text`
and `page` set them; `templates` writes the sentences.
"""
