"""Precedents as a table: found among those that are wanted, trimmed, read from a draft, and harmless to look at."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Citation
from assistant.live import LiveAssistant
from assistant.panels.found import (
    MOST_LACKING,
    SHOWN,
    Found,
    found_html,
    key_of,
    precedents_for,
    read_draft,
    trim,
)
from assistant.precedent import Fact, Precedent, Precedents
from assistant.precedents import LONGEST_IDEA
from corpus.document import Span
from corpus.errors import MisuseError
from index.listing import from_query
from index.panels.frame import Frame, Pressed
from index.settings import Settings
from index.wanted import Wanted
from tests.hostile import ATTACK, NAUGHTY, harms, tree
from web.frames import make_frames

IDEA = "A library where young people learn to make films about their village"
ENGLISH, ROMANIAN = make_frames()
TEXTS = st.one_of(st.sampled_from(NAUGHTY), st.text(max_size=40))


@pytest.fixture(scope="module")
def live(sample_store: Path) -> Iterator[LiveAssistant]:
    """Open the sample store."""
    opened = LiveAssistant(Settings(sample_store))
    yield opened
    opened.close()


def precedent(title: str, identity: str | None, label: str = "Budget", text: str = "5 EUR") -> Precedent:
    cited = Citation(0, title, identity, "lamps.pdf", identity or "d", 2, Span(3, 8), text)
    return Precedent(title, (Fact(label, text, cited),), (Fact("", text, cited),), ("drones",), 0.5)


def found(*some: Precedent, wanted: Wanted | None = None) -> Found:
    return Found(Precedents(IDEA, some, 15, "en", date(2026, 11, 26)), wanted or Wanted())


LAMPS, BOATS = precedent("Lamps", "lamps"), precedent("Boats", "boats", "Period", "2014")


# Found


@pytest.mark.parametrize(
    ("frame", "idea"),
    [(ENGLISH, IDEA), (ROMANIAN, "O bibliotecă în care tinerii învață să facă filme despre satul lor")],
)
def test_projects_like_an_idea_are_found_in_its_language(live: LiveAssistant, frame: Frame, idea: str) -> None:
    told = precedents_for(frame, live, idea, Wanted())
    assert told.language == frame.language
    assert 3 < len(told.found) <= SHOWN
    assert len({key_of(one) for one in told.found}) == len(told.found)
    page = tree(found_html(frame, Found(told)))
    assert [one.text for one in page.xpath(".//th[@scope='row']")] == [one.title for one in told.found]


def test_only_projects_that_are_wanted_are_found(live: LiveAssistant) -> None:
    everything = precedents_for(ENGLISH, live, IDEA, Wanted())
    early = precedents_for(ENGLISH, live, IDEA, from_query({"until": "2012"}))
    assert 0 < early.total < everything.total
    assert {key_of(one) for one in early.found} < {key_of(one) for one in everything.found}
    none = precedents_for(ENGLISH, live, IDEA, from_query({"since": "2090"}))
    assert (none.found, none.total) == ((), 0)
    page = tree(found_html(ENGLISH, Found(none)))
    assert page.xpath(".//table | .//form") == []
    assert page.xpath(".//p[@role='status']")


@pytest.mark.parametrize("idea", ["", " \n ", "?!…", "\u200b"])
def test_an_idea_without_a_word_is_asked_for(live: LiveAssistant, idea: str) -> None:
    with pytest.raises(MisuseError, match="Write your idea first"):
        precedents_for(ENGLISH, live, idea, Wanted())
    with pytest.raises(MisuseError, match="ideea"):
        precedents_for(ROMANIAN, live, idea, Wanted())


# Trimmed


def test_what_is_taken_out_can_be_put_back() -> None:
    whole = found(LAMPS, BOATS)
    less = trim(whole, Pressed("out", "lamps"))
    assert less.kept == (BOATS,)
    assert trim(less, Pressed("out", "boats")).kept == ()
    assert trim(less, Pressed("back")) == whole


@pytest.mark.parametrize("what", [("out",), ("out", "none"), ("drop", "lamps"), ("", "lamps")])
def test_other_acts_take_nothing_out(what: tuple[Any, ...]) -> None:
    assert trim(found(LAMPS, BOATS), Pressed(*what)).kept == (LAMPS, BOATS)


def test_a_project_that_no_id_is_told_of_is_known_by_its_title() -> None:
    assert [key_of(one) for one in (LAMPS, precedent("Nets", None))] == ["lamps", "Nets"]


# Shown


def test_the_table_has_a_head_for_each_detail_and_the_form_holds_what_is_kept() -> None:
    shown = trim(found(LAMPS, BOATS, precedent("Nets", "nets"), wanted=Wanted(since="2014")), Pressed("out", "nets"))
    page = tree(found_html(ROMANIAN, shown))
    assert [one.text for one in page.xpath(".//thead/tr/th")][2:4] == ["Budget", "Period"]
    assert page.xpath(".//form/@action") == ["/ro/track-record"]
    fields = {name: page.xpath(f".//input[@name='{name}']/@value") for name in ("idea", "query", "keep")}
    assert fields == {"idea": [IDEA], "query": ["since=2014"], "keep": ["lamps", "boats"]}
    assert page.xpath(".//button[@data-act='out']/@data-value") == ["lamps", "boats"]
    assert len(page.xpath(".//button[@data-act='back']")) == 1
    assert page.xpath(".//a[@class='source-link']/@href")[0] == "/ro/passages/lamps?start=3&end=8"
    assert {len(row) for row in page.iter("tr")} == {5}


def test_with_all_taken_out_there_is_nothing_to_take_along_and_a_way_back() -> None:
    page = tree(found_html(ENGLISH, trim(found(LAMPS), Pressed("out", "lamps"))))
    assert page.xpath(".//table | .//form") == []
    assert page.xpath(".//button/@data-act") == ["back"]


def test_of_the_hundreds_of_words_that_a_draft_has_and_a_project_has_not_a_dozen_are_told() -> None:
    lacking = tuple(f"word{n}" for n in range(300))
    one = Precedent("Lamps", LAMPS.facts, (), lacking, 0.5)
    (told,) = tree(found_html(ENGLISH, found(one))).find_class("lacks")
    assert told.text == f"Does not mention: {', '.join(lacking[:MOST_LACKING])} and {300 - MOST_LACKING} more"


@given(st.lists(TEXTS, min_size=6, max_size=6))
def test_whatever_a_precedent_holds_is_shown_as_text(texts: list[str]) -> None:
    title, identity, label, text, idea, trouble = texts
    one = precedent(title, identity, label, text)
    told = Precedents(idea, (one, precedent("Nets", "nets", label)), 15, "en", date(2026, 11, 26))
    for shown in (Found(told), Found(told, out=frozenset({"nets"}))):
        assert harms(found_html(ENGLISH, shown)) == []
    assert harms(found_html(ENGLISH, Found(), trouble=trouble)) == []


def test_an_idea_goes_into_the_form_as_it_is() -> None:
    told = Precedents(ATTACK, (LAMPS,), 15, "en", date(2026, 11, 26))
    assert tree(found_html(ENGLISH, Found(told))).xpath(".//input[@name='idea']/@value") == [ATTACK]


# Drafts


def test_a_draft_is_read_from_word_pdf_and_text(sample: Path, tmp_path: Path) -> None:
    written = docx.Document()
    written.add_paragraph("Copiii fac filme despre satul lor, la bibliotecă.")
    written.save(str(tmp_path / "draft.docx"))
    (tmp_path / "draft.txt").write_text("Old boats are mended by young people.", encoding="utf-8")
    assert "filme despre satul lor" in read_draft(ENGLISH, str(tmp_path / "draft.docx"))
    assert "boats are mended" in read_draft(ENGLISH, str(tmp_path / "draft.txt"))
    assert "OCCUPY LIBRARY" in read_draft(ENGLISH, str(sample / "occupy-library-report.pdf"))


def test_a_draft_is_read_as_far_as_an_idea_goes(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("boats and nets " * 10_000, encoding="utf-8")
    assert len(read_draft(ENGLISH, str(tmp_path / "long.txt"))) == LONGEST_IDEA


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.docx", b"PK no"), ("broken.pdf", b"%PDF-1.7 no"), ("empty.txt", b""), ("blank.md", b" \n "),
        ("program.exe", b"MZ"), ("none.docx", None), ("<img src=x onerror=hurt=1>.pdf", b"no"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_named_without_the_place_it_was_sent_to(
    tmp_path: Path, name: str, data: bytes | None
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(MisuseError) as error:
        read_draft(ENGLISH, str(tmp_path / name))
    assert str(error.value).startswith(f"{name} cannot be read; ")
    assert str(tmp_path) not in str(error.value)
    shutil.rmtree(tmp_path)
