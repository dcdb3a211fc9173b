"""EDGAR submissions: whose they are, and which documents they hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orebook.model.book import Identity
from orebook.read.parts import HTML, SCHEDULE, SKIP, TEXT
from orebook.read.submission import is_html, split

HEADER = """-----BEGIN PRIVACY-ENHANCED MESSAGE-----
Proc-Type: 2001,MIC-CLEAR

<SEC-DOCUMENT>0000719413-95-000012.txt : 19951114
<SEC-HEADER>0000719413-95-000012.hdr.sgml : 19951114
ACCESSION NUMBER:\t\t0000719413-95-000012
CONFORMED SUBMISSION TYPE:\t10-Q
PUBLIC DOCUMENT COUNT:\t\t2
CONFORMED PERIOD OF REPORT:\t19950930
FILED AS OF DATE:\t\t19951113

FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tEXAMPLE MINING CO /DE/
\t\tFISCAL YEAR END:\t\t\t1231

\tFORMER COMPANY:\t
\t\tFORMER CONFORMED NAME:\tOLD NAME CO
</SEC-HEADER>
"""
DOCUMENTS = """<DOCUMENT>
<TYPE>10-Q
<SEQUENCE>1
<FILENAME>q3.txt
<DESCRIPTION>QUARTERLY REPORT
<TEXT>

First line of the report.
Last line of the report.

</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-27
<SEQUENCE>2
<TEXT>
<ARTICLE> 5
<CASH> 12
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""
WHOSE = Identity(
    "EXAMPLE MINING CO /DE/", "10-Q", date(1995, 9, 30), date(1995, 11, 13), "0000719413-95-000012", "1231",
    former=("OLD NAME CO",),
)  # fmt: skip


def bodies(text: str) -> list[tuple[str, str, str, list[str]]]:
    """Kind, type, file name and body of each document."""
    lines = text.split("\n")
    return [(part.kind, part.type, part.name, lines[part.first - 1 : part.last]) for part in split(lines).parts]


def test_header_and_documents() -> None:
    text = HEADER + DOCUMENTS
    assert split(text.split("\n")).identity == WHOSE
    assert bodies(text) == [
        (TEXT, "10-Q", "q3.txt", ["First line of the report.", "Last line of the report."]),
        (SCHEDULE, "EX-27", "", ["<ARTICLE> 5", "<CASH> 12"]),
    ]


def test_the_header_of_before_1996() -> None:
    text = (HEADER + DOCUMENTS).replace("SEC-DOCUMENT", "IMS-DOCUMENT").replace("SEC-HEADER", "IMS-HEADER")
    assert split(text.split("\n")).identity == WHOSE


@pytest.mark.parametrize("missing", ["</TEXT>\n", "</DOCUMENT>\n", "</SEC-DOCUMENT>\n", "</SEC-HEADER>\n", "<TEXT>\n"])
def test_missing_tags_change_nothing(missing: str) -> None:
    text = HEADER + DOCUMENTS
    assert split(text.replace(missing, "").split("\n")).identity == WHOSE
    assert bodies(text.replace(missing, "")) == bodies(text)


def test_all_end_tags_missing() -> None:
    text = (HEADER + DOCUMENTS).replace("</TEXT>\n", "").replace("</DOCUMENT>\n", "").replace("</SEC-DOCUMENT>\n", "")
    assert bodies(text) == bodies(HEADER + DOCUMENTS)


def test_documents_without_a_header() -> None:
    made = split(DOCUMENTS.split("\n"))
    assert [part.type for part in made.parts] == ["10-Q", "EX-27"]
    assert made.identity == Identity(form="10-Q")


def test_tagged_headers() -> None:
    text = (
        "<SUBMISSION>\n<ACCESSION-NUMBER>0000719413-95-000012\n<TYPE>10-Q\n<PERIOD>19950930\n<FILING-DATE>19951113\n"
        "<FILER>\n<COMPANY-DATA>\n<CONFORMED-NAME>EXAMPLE MINING CO /DE/\n<FISCAL-YEAR-END>1231\n</COMPANY-DATA>\n"
    )
    assert split((text + DOCUMENTS).split("\n")).identity == WHOSE._replace(former=())


@pytest.mark.parametrize(("printed", "cik"), [("0000719413", "719413"), ("719413", "719413"), ("none", "")])
def test_the_number_and_the_former_names_of_the_first_filer(printed: str, cik: str) -> None:
    other = "\tFILER:\n\t\tCOMPANY CONFORMED NAME:\tOTHER CO\n\t\tCENTRAL INDEX KEY:\t\t0000000001\n\tFORMER COMPANY:\n\t\tFORMER CONFORMED NAME:\tOTHER OLD CO\n"
    header = HEADER.replace("\t\tFISCAL YEAR END", f"\t\tCENTRAL INDEX KEY:\t\t{printed}\n\t\tFISCAL YEAR END")
    header = header.replace("</SEC-HEADER>", f"\t\tFORMER CONFORMED NAME:\tFIRST NAME CO\n{other}</SEC-HEADER>")
    found = split((header + DOCUMENTS).split("\n")).identity
    assert (found.company, found.cik, found.former) == (WHOSE.company, cik, ("OLD NAME CO", "FIRST NAME CO"))


def test_a_file_that_is_no_submission_is_one_part() -> None:
    assert split(("A release.", "Cash  12")) == (Identity(), ((TEXT, "", "", "", "", 1, 2),))
    assert split(()).parts[0][-2:] == (1, 0)


def document(form: str, name: str, body: str) -> str:
    return f"<DOCUMENT>\n<TYPE>{form}\n<SEQUENCE>1\n<FILENAME>{name}\n<TEXT>\n{body}\n</TEXT>\n</DOCUMENT>"


@pytest.mark.parametrize(
    ("form", "name", "body", "kind"),
    [
        ("EX-99.1", "x.htm", "<HTML><BODY><P>Text</P></BODY></HTML>", HTML),
        ("8-K", "x.htm", "<XBRL>\n<?xml version='1.0'?>\n<html xmlns='x'><p>Text</p></html>\n</XBRL>", HTML),
        ("EX-99", "x.txt", "<PAGE>\n<TABLE>\n<CAPTION>\n<S>   <C>\nCash   12\n</TABLE>", TEXT),
        ("EX-99", "x.txt", "<div><p>One</p></div><div><p>Two</p></div>", HTML),
        ("10-K", "x.pdf", "<PDF>\nbegin 644 x.pdf\nM)5!$1BTQ\nend", SKIP),
        ("GRAPHIC", "x.jpg", "begin 644 x.jpg\nM_]C_X\nend", SKIP),
        ("EX-99", "logo.txt", "begin 644 x.jpg\nM_]C_X\nend", SKIP),
        ("ZIP", "x.zip", "begin 644 x.zip\nM_]C_X\nend", SKIP),
        ("XML", "R1.htm", "<html><body>1</body></html>", SKIP),
        ("EX-101.INS", "x.xml", "<XBRL>\n<xbrl/>\n</XBRL>", SKIP),
        ("EX-27.1", "x.txt", "<TABLE> <S> <C>\n<PERIOD-TYPE> YEAR", SCHEDULE),
        ("EX-27", "x.txt", "Not applicable.", TEXT),
        ("EX-99", "x.txt", "", SKIP),
    ],
)
def test_what_a_document_is(form: str, name: str, body: str, kind: str) -> None:
    assert [part.kind for part in split(document(form, name, body).split("\n")).parts] == [kind]


def test_documents_set_inside_html() -> None:
    text = (
        "<html><body><document>\n<type>EX-99.1\n<sequence>2\n<filename>x.htm\n<description>EXHIBIT 99.1\n<text>\n"
        "<div><p>One</p></div>\n<p>Two</p></text></description></filename></sequence></type></document></body></html>"
    )
    made = bodies(text)
    assert [part[:3] for part in made] == [(HTML, "EX-99.1", "x.htm")]
    assert made[0][3][0] == "<div><p>One</p></div>"


def test_what_tagged_facts_say_of_the_document() -> None:
    body = (
        '<html><body><ix:nonNumeric name="dei:EntityRegistrantName" id="a">Example &amp; Co</ix:nonNumeric>'
        '<ix:nonNumeric name="dei:DocumentPeriodEndDate" id="b"><b>March 31, 2020</b></ix:nonNumeric></body></html>'
    )
    made = split((body,)).identity
    assert (made.company, made.period_end) == ("Example & Co", date(2020, 3, 31))


def test_a_few_tags_of_filed_text_are_no_html() -> None:
    assert not is_html(("<PAGE>", "<TABLE>", "<S> <C>", "Cash & Co <5>", "</TABLE>"))
    assert is_html(("", "<!DOCTYPE html>"))


def test_the_corpus_divides(shared: Path) -> None:
    folder = shared / "corpus" / "submissions"
    if not folder.is_dir():
        pytest.skip(f"no submissions in {folder}")
    for path in sorted(folder.iterdir()):
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        made = split(lines)
        assert made.identity.company, path.name
        assert made.identity.accession in path.name
        assert all(part.first <= part.last for part in made.parts), path.name
        assert len(made.parts) == sum(line.startswith("<DOCUMENT>") for line in lines), path.name
