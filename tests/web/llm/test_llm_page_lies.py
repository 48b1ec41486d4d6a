"""What a language model says that is false, or should not be said, is at no time in the page nor anywhere else.

Everything that is ever put into the page is written down from its beginning. What opens the breaker comes last.
"""

import io
import zipfile
from urllib.request import urlopen

import pytest
from gradio_client import Client
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.scripted_characters import CHARACTERS, PLANTED_KEY, WRONG_MONEY, WRONG_NAME, WRONG_YEAR
from tests.scripted_model import ScriptedModel
from tests.serving import Served
from tests.web.llm_site import BUDGET, FUNDER, PERIOD, RIGHT, ROMANIAN, TEXT, finished, was_there

NEVER = (WRONG_NAME, WRONG_YEAR, WRONG_MONEY, PLANTED_KEY, "CHF", "579.014", "279.014 RON", "onerror=", "leak.example")


@pytest.mark.parametrize(
    ("character", "question"),
    [
        ("changes a digit", BUDGET), ("swaps the currency", BUDGET), ("shifts dates", PERIOD),
        ("changes names", FUNDER), ("knows it all", BUDGET), ("cites what is not there", TEXT),
        ("says the key", BUDGET), ("writes markup", ROMANIAN), ("tells its prompt", BUDGET),
    ],
)  # fmt: skip
def test_what_is_false_is_at_no_time_in_the_page(
    page: Page, model: ScriptedModel, character: str, question: str
) -> None:
    model.character = CHARACTERS[character]()
    finished(page, question)
    there = was_there(page)
    assert "Silver Stories" in there
    assert [one for one in NEVER if one in there] == []
    assert page.evaluate("window.hurt") is None


def test_a_program_gets_the_last_answer_with_who_has_written_it(app: Served, model: ScriptedModel) -> None:
    model.character = CHARACTERS["obeys a document"]()
    told = Client(app.url, verbose=False).predict(BUDGET, [], api_name="/ask")
    assert told["mode"] == "llm"
    assert told["answer"] == f"{RIGHT} [1]"
    assert "left out" in told["notice"]


def test_the_planted_key_is_in_no_log_file_page_door_or_download(page: Page, app: Served, model: ScriptedModel) -> None:
    asked = len(model.headers)
    for character in ("honest", "says the key", "refuses the key", "breaks the plan"):
        model.character = CHARACTERS[character]()
        finished(page, BUDGET)
    assert any(PLANTED_KEY in str(told) for told in model.headers[asked:]), "the model was not asked with the key"
    model.character = CHARACTERS["says the key"]()
    told = [
        was_there(page),
        app.errors(),
        "".join(app.said),
        str(Client(app.url, verbose=False).predict(BUDGET, [], api_name="/ask")),
    ]
    told += [text_at(f"{app.url}{path}") for path in ("/", "/config", "/gradio_api/info", "/healthz")]
    conversation = page.evaluate("new URLSearchParams(location.search).get('c')")
    told += [downloaded(f"{app.url}/conversations/{conversation}.{ending}") for ending in ("md", "docx", "pdf")]
    assert [one[:80] for one in told if PLANTED_KEY in one] == []
    assert all("279.014" in one for one in (told[0], told[3], *told[-3:]))
    files = [path for path in app.store.rglob("*") if path.is_file()]
    assert [path.name for path in files if PLANTED_KEY.encode() in path.read_bytes()] == []


def text_at(address: str) -> str:
    with urlopen(address) as reply:  # noqa: S310  # the test's own server
        return str(reply.read().decode())


def downloaded(address: str) -> str:
    """The text of a document that a conversation was saved as."""
    with urlopen(address) as reply:  # noqa: S310  # the test's own server
        made = reply.read()
    if address.endswith("docx"):
        with zipfile.ZipFile(io.BytesIO(made)) as parts:
            return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    if address.endswith("pdf"):
        return "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(made)).pages)
    return str(made.decode())


@pytest.mark.parametrize("character", ["closes at once", "refuses the key", "breaks down", "says nothing of note"])
def test_where_the_model_gives_nothing_the_documents_own_words_come_and_that_is_said(
    page: Page, model: ScriptedModel, character: str
) -> None:
    model.character = CHARACTERS[character]()
    finished(page, BUDGET)
    expect(page.locator("#now .said")).to_contain_text("Silver Stories – Budget: “279.014 EUR”")
    expect(page.locator("#now .notice")).to_have_text(
        "The language model gave no answer; these are the documents' own words."
    )
    expect(page.locator("#now .checked")).to_contain_text("Every statement was checked against the words it rests on.")
