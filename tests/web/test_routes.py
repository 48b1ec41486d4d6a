"""The routes around the page, in the whole app: documents, citations, what is taken along, and hostile text in them."""

import io
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import docx
import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.answer import Answer
from assistant.conversation import keep
from assistant.live import Answered, LiveAssistant
from corpus.document import Document
from corpus.errors import MisuseError
from index.settings import Settings
from index.sync import build
from tests.assistant.papers import markdown_notes, pdf_text, word_notes
from tests.hostile import ATTACK, NAUGHTY, harms, text_of, tree
from tests.serving import Served, serving
from web.health import health

BUDGET = "What was the budget of Silver Stories?"
IDEA = "A library where young people learn to make films about their village"
NAME = "<img src=x onerror=window.hurt=1>.md"
FORMS = ("track_record", "precedents")
LONG = 50_000
LINES = 2_800


@pytest.fixture(scope="module")
def live(sample_store: Path, sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveAssistant]:
    """Open a copy of the sample store, with a document that carries all that is hostile, and one that is long."""
    folder = tmp_path_factory.mktemp("routes")
    (docs := folder / "docs").mkdir()
    naughty = "\n\n".join(f"It says {one} here." for one in NAUGHTY).replace("\x00", "")  # with it, it is no text
    told = f"# Angle Garden {ATTACK}\n\nPeriod: May 2016 – April 2018 | Budget: 1,000 EUR | Funder: {ATTACK}"
    (docs / NAME).write_text(f"{told}\n\n{naughty}\n", encoding="utf-8")
    (docs / "long.txt").write_text("\n\n".join(f"Line {n} of many." for n in range(LINES)), encoding="utf-8")
    shutil.copytree(sample_store, folder / "store")
    build(Settings(folder / "store"), [sample, docs])
    opened = LiveAssistant(Settings(folder / "store"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(live: LiveAssistant, root: Path) -> Iterator[Served]:
    """Serve the whole app, so that no page at the root takes what a route should answer."""
    with serving(live.settings.store, root) as served:
        yield served


@pytest.fixture
def client(app: Served) -> Iterator[httpx.Client]:
    """Visit it; afterwards nothing has failed in it."""
    with httpx.Client(base_url=app.url, timeout=60) as visitor:
        yield visitor
    assert "Traceback" not in app.errors()


def document(live: LiveAssistant, source: str) -> Document:
    return live.current().document(live.current().sources[source].id)


def marked(page: str) -> list[str]:
    return [str(one.text_content()) for one in tree(page).iter("mark")]


def kept(live: LiveAssistant, question: str) -> tuple[str, Answer]:
    """Ask and keep; the conversation's id and the answer."""
    answered: Answered = live.ask(question)
    return keep(answered.store, "", answered.answer, answered.documents.values()).conversation, answered.answer


# Passages


def test_a_passage_is_a_page_with_the_words_marked_and_the_card_of_their_project(
    client: httpx.Client, live: LiveAssistant
) -> None:
    own = document(live, "silver-stories.md")
    start = own.text.index("Budget: 279.014 EUR")
    for base, language in (("", "en"), ("/ro", "ro")):
        answer = client.get(f"{base}/passages/{own.id}?start={start}&end={start + 19}")
        assert answer.status_code == 200
        assert marked(answer.text) == ["Budget: 279.014 EUR"]
        page = tree(answer.text)
        assert page.get("lang") == language
        assert page.findtext(".//title") == "Silver Stories"
        assert "Leonardo da Vinci" in page.text_content()
        assert page.find(f".//a[@href='/originals/{own.id}']") is not None


@pytest.mark.parametrize(
    "where",
    ["", "start=5", "start=9&end=3", "start=-4&end=4", "start=0&end=99999999", "start=a&end=b", "start=&end=",
     "start=1e3&end=²", f"start={'9' * 5000}&end=1", "at=soon", "at=-5", "at=99999999", "part=maybe&start=[]"],
)  # fmt: skip
def test_a_span_that_is_none_marks_nothing_and_shows_the_document(
    client: httpx.Client, live: LiveAssistant, where: str
) -> None:
    own = document(live, "silver-stories.md")
    answer = client.get(f"/passages/{own.id}?{where}")
    assert answer.status_code == 200
    assert marked(answer.text) == []
    assert "Budget: 279.014 EUR" in answer.text


def test_the_part_is_the_inside_of_the_page(client: httpx.Client, live: LiveAssistant) -> None:
    address = f"/passages/{document(live, 'silver-stories.md').id}?start=0&end=14"
    part, page = client.get(f"{address}&part=1").text, client.get(address).text
    assert part in page
    assert "<html" not in part


def test_a_long_document_is_read_to_its_end_window_by_window(client: httpx.Client, live: LiveAssistant) -> None:
    own, seen = document(live, "long.txt"), ""
    address: str | None = f"/passages/{own.id}?part=1"
    for _ in range(20):
        assert address is not None
        part = client.get(address)
        assert len(part.text) < 60_000
        page = tree(part.text)
        (shown,) = page.find_class("document")
        seen += shown.text_content()
        address = next((one.get("href") for one in page.iter("a") if one.text == "What comes after"), None)
        if address is None:
            break
    assert {int(n) for n in re.findall(r"Line (\d+) of many", seen)} == {*range(LINES)}


@pytest.mark.parametrize("address", ["/passages/none", "/ro/passages/none?start=1&end=2", "/passages/%00%3Cimg%3E"])
def test_an_unknown_document_is_not_found_in_plain_words(client: httpx.Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert ("nu mai este aici" in answer.text) == address.startswith("/ro")
    assert harms(answer.text) == []
    assert "<html" not in client.get(f"{address}{'&' if '?' in address else '?'}part=1").text


# Citations and conversations


def test_a_citation_opens_the_words_of_the_answer(client: httpx.Client, live: LiveAssistant) -> None:
    conversation, answer = kept(live, BUDGET)
    for base in ("", "/ro"):
        found = client.get(f"{base}/citations/{conversation}/1/1")
        assert found.status_code == 200
        assert marked(found.text) == [answer.citations[0].quote]
        assert "standing" not in found.text


@pytest.mark.parametrize("rest", ["2/1", "1/9", "0/1", "-1/1", "1/0", "one/two", "1/1x", f"{'9' * 5000}/1"])
def test_a_citation_that_there_is_not_is_not_found(client: httpx.Client, live: LiveAssistant, rest: str) -> None:
    conversation, _ = kept(live, BUDGET)
    for one in (conversation, "none", "%27%20OR%201=1"):
        answer = client.get(f"/citations/{one}/{rest}")
        assert answer.status_code == 404
        assert "no such document here any more" in answer.text


def test_a_conversation_is_read_back_from_each_format(client: httpx.Client, live: LiveAssistant) -> None:
    conversation, _ = kept(live, BUDGET)
    word = client.get(f"/conversations/{conversation}.docx")
    assert next(iter(word_notes(io.BytesIO(word.content)).values())).strip().startswith("“Budget: 279.014 EUR”")
    assert [one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs][:2] == [
        "Questions and answers",
        BUDGET,
    ]
    markdown = client.get(f"/ro/conversations/{conversation}.md")
    assert markdown.text.startswith("# Întrebări și răspunsuri\n")
    assert "Budget: 279.014 EUR" in markdown_notes(markdown.text)["1"]
    pdf = client.get(f"/conversations/{conversation}.pdf")
    assert "279.014 EUR" in pdf_text(pdf.content)
    for answer, ending in ((word, "docx"), (markdown, "md"), (pdf, "pdf")):
        told = answer.headers["content-disposition"]
        assert re.fullmatch(rf'attachment; filename="answers-\d{{4}}-\d\d-\d\d\.{ending}"', told)


def test_a_conversation_of_naughty_questions_is_written_too(client: httpx.Client, live: LiveAssistant) -> None:
    asked, conversation = [], ""
    for question in (*NAUGHTY, f"Who funded Angle Garden {ATTACK}?"):
        with suppress(MisuseError):  # of no word at all
            answered = live.ask(question)
            documents = answered.documents.values()
            conversation = keep(answered.store, conversation, answered.answer, documents).conversation
            asked.append(question)
    assert len(asked) > len(NAUGHTY) - 3
    word = client.get(f"/conversations/{conversation}.docx")
    paragraphs = docx.Document(io.BytesIO(word.content)).paragraphs
    headings = [one.text for one in paragraphs if one.style and one.style.name == "Heading 1"]
    assert len(headings) == len(asked)
    assert ATTACK in headings[0]
    assert client.get(f"/conversations/{conversation}.md").text.count("\n## ") == len(asked)
    assert "DROP TABLE projects" in pdf_text(client.get(f"/conversations/{conversation}.pdf").content)


@pytest.mark.parametrize("name", ["none.docx", "none.exe", "{}.exe", "{}.", "{}.docx.exe", "%00.md"])
def test_a_conversation_or_format_that_there_is_not_is_not_found(
    client: httpx.Client, live: LiveAssistant, name: str
) -> None:
    conversation, _ = kept(live, BUDGET)
    assert client.get(f"/conversations/{name.format(conversation)}").status_code == 404


# What is taken along


def taken(client: httpx.Client, base: str = "", **told: Any) -> Any:
    return client.post(f"{base}/track-record", data=told)


@pytest.fixture(scope="module")
def keys(live: LiveAssistant) -> list[str]:
    """Ids of the three projects most like the idea."""
    found = live.precedents(IDEA, count=3).found
    return [next(fact.citation.project_id or "" for fact in (*one.facts, *one.reasons)) for one in found]


def test_a_track_record_has_a_heading_for_each_project_that_is_kept_and_a_note_for_each_quote(
    client: httpx.Client, live: LiveAssistant, keys: list[str]
) -> None:
    answer = taken(client, idea=IDEA, keep=[keys[2], keys[0]])
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="track-record.docx"'
    found = live.precedents(IDEA, count=3).found
    read = docx.Document(io.BytesIO(answer.content))
    headings = [one.text for one in read.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings == [found[0].title, found[2].title]
    quotes = [fact for one in (found[0], found[2]) for fact in (*one.reasons, *one.facts)]
    assert len(word_notes(io.BytesIO(answer.content))) == len(quotes)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("md", b"# "), ("csv", b""), ("docx", b"PK")])
def test_it_is_taken_along_in_each_format(
    client: httpx.Client, keys: list[str], form: str, ending: str, begins: bytes
) -> None:
    answer = taken(client, "/ro", idea=IDEA, keep=keys, form=form, ending=ending)
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert len(answer.content) > 500


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"idea": IDEA}, 409),
        ({"idea": IDEA, "keep": ["none", ATTACK]}, 409),
        ({"idea": IDEA, "keep": "none", "ending": "exe"}, 400),
        ({"idea": IDEA, "keep": "none", "ending": "/../docx"}, 400),
        ({"idea": IDEA, "keep": "none", "form": ATTACK}, 400),
        ({"idea": " ?! "}, 400),
        ({"idea": ""}, 400),
        ({}, 400),
    ],
)
def test_what_cannot_be_taken_along_is_said(client: httpx.Client, told: dict[str, Any], status: int) -> None:
    for base in ("", "/ro"):
        answer = taken(client, base, **told)
        assert answer.status_code == status
        assert answer.headers["content-type"].startswith("text/plain")
        assert ATTACK not in answer.text


def test_a_long_idea_is_read_and_one_too_long_as_far_as_it_is_read(client: httpx.Client, live: LiveAssistant) -> None:
    idea = f"{IDEA}. " + "It goes on and on about films and books. " * (LONG // 40)
    key = next(fact.citation.project_id for fact in live.precedents(idea[:LONG], count=1).found[0].facts)
    for told in (idea[:LONG], idea + "more " * 1_000):
        answer = taken(client, idea=told, keep=[key], ending="md")
        assert answer.status_code == 200
        assert answer.text.startswith("# Track record\n")


def test_it_narrows_as_the_page_did(client: httpx.Client, keys: list[str]) -> None:
    answer = taken(client, idea=IDEA, keep=keys, query="since=2030", ending="md")
    assert answer.status_code == 409  # none of them is among those that are wanted
    assert taken(client, idea=IDEA, keep=keys, query="since=soon&least=%00", ending="md").status_code == 200


# The others


def test_other_routes_answer_before_the_page_at_the_root(client: httpx.Client, live: LiveAssistant) -> None:
    assert client.get("/projects.csv").text.startswith(("\ufeffid,", "id,"))
    assert client.get("/projects.xlsx").content.startswith(b"PK")
    own = document(live, "occupy-library-report.pdf")
    assert client.get(f"/originals/{own.id}").content.startswith(b"%PDF")
    assert client.get("/own/page.css").status_code == client.get("/own/page.js").status_code == 200


def test_health_is_told_and_a_store_that_is_gone_is_unavailable_without_saying_where(
    sample_store: Path, tmp_path: Path
) -> None:
    shutil.copytree(sample_store, tmp_path / "store")
    live = LiveAssistant(Settings(tmp_path / "store"))
    app = FastAPI()
    health(app, live)
    client = TestClient(app)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok", "generation": 1, "documents": 10, "projects": 15, "passages": 24, "is_warm": False,
    }  # fmt: skip
    (tmp_path / "store").rename(tmp_path / "away")
    gone = client.get("/healthz")
    assert (gone.status_code, gone.json()) == (503, {"status": "unavailable"})
    (tmp_path / "away").rename(tmp_path / "store")
    assert client.get("/healthz").status_code == 200
    live.close()


# Hostile text


def test_what_a_document_holds_is_shown_as_text_wherever_it_is_shown(client: httpx.Client, live: LiveAssistant) -> None:
    own = document(live, NAME)
    conversation, answer = kept(live, f"Who funded Angle Garden {ATTACK}?")
    assert answer.citations
    start = own.text.index("Funder: ")
    for address in (
        f"/passages/{own.id}",
        f"/passages/{own.id}?start=0&end={len(own.text)}",
        f"/passages/{own.id}?start={start}&end={start + 99}&part=1",
        f"/citations/{conversation}/1/1",
        f"/ro/citations/{conversation}/1/1?part=1",
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert harms(page.text) == []
        assert ATTACK in text_of(page.text)
        assert "49" not in re.findall(r"\w+", text_of(page.text))


def test_every_naughty_string_is_shown_as_it_was_read(client: httpx.Client, live: LiveAssistant) -> None:
    own = document(live, NAME)
    (shown,) = tree(client.get(f"/passages/{own.id}").text).find_class("document")
    assert shown.text_content().replace("\x00", "").strip() == own.text.replace("\x00", "").strip()


def test_a_naughty_address_is_answered_in_plain_words(client: httpx.Client) -> None:
    from urllib.parse import quote

    for one in NAUGHTY:
        told = quote(one, safe="")
        for address in (
            f"/passages/{told}",
            f"/citations/{told}/1/1",
            f"/originals/{told}",
            f"/conversations/{told}.md",
        ):
            answer = client.get(address)
            assert answer.status_code == 404
            assert answer.headers["content-type"].startswith("text/plain") or harms(answer.text) == []
