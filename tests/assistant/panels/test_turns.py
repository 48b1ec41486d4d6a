"""A turn as HTML: whatever stands in its fields is text, markers lead to their words, tables have heads."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from assistant.answer import LLM, Answer, Citation, Statement
from assistant.mend import Mend
from assistant.panels.answering import Conversation
from assistant.panels.conversation import begun_html, now_html, past_html, tools_html
from assistant.panels.growing import Halt
from assistant.panels.turns import LONGEST_GLANCE, Turn, mends_of, turn_html
from assistant.part import Choice, Part
from assistant.understood import Understood
from corpus.document import Span
from index.panels.frame import Frame
from tests.hostile import ATTACK, NAUGHTY, harms, text_of, tree

FRAME = Frame()
TEXTS = st.one_of(st.sampled_from(NAUGHTY), st.text(max_size=60))
CHECKED = "Every statement was checked against the words it rests on."
NAME = "abc-DEF_1"


def citation(n: int, quote: str = "Budget: 5 EUR", project: str | None = "Lamps") -> Citation:
    return Citation(n, project, "lamps", "lamps.pdf", "d1", 2, Span(7, 7 + len(quote)), quote)


def answer(*statements: Statement, citations: tuple[Citation, ...] = (), status: str = "answered") -> Answer:
    return Answer("What?", status, statements, citations, "budget of Lamps", "en")


def turn(*statements: Statement, citations: tuple[Citation, ...] = (citation(1), citation(2))) -> Turn:
    return Turn("What?", answer(*statements, citations=citations), name=f"{NAME}/3", generation=1)


def page_of(shown: Turn, *, is_last: bool = True, frame: Frame = FRAME) -> HtmlElement:
    return tree(turn_html(frame, shown, 3, is_last=is_last))


def markers(page: HtmlElement) -> list[tuple[str, str | None]]:
    """Each marker of the statements and where it leads."""
    (said,) = page.find_class("said")
    return [(str(one.text), one.get("href")) for one in said.iter("a")]


# Escaped


@given(st.lists(TEXTS, min_size=12, max_size=12), st.booleans(), st.sampled_from(("answered", "refused", "clarify")))
def test_whatever_stands_in_a_turn_is_shown_as_text(texts: list[str], is_kept: bool, status: str) -> None:
    said, other, project, document, quote, plan, line, part, choice, suggestion, question, identity = texts
    cited = Citation(1, project, identity, document, identity, 2, Span(0, 1), quote)
    given_ = Answer(question, status, (Statement(said, (1,)), Statement(other, is_remark=True)), (cited,), plan, "en")
    understood = Understood(line, (Part("field", part, "k", (Choice(choice, Mend(field="x")),), Mend(("k",))),))
    shown = Turn(
        question, given_, name=f"{NAME}/1", is_kept=is_kept, understood=understood, suggestions=(suggestion,),
        verdict="up",
    )  # fmt: skip
    for one in (shown, Turn(question), Turn(question, trouble=said)):
        conversation = Conversation(identity, (one, one))
        for page in (
            now_html(FRAME, conversation), past_html(FRAME, conversation), tools_html(FRAME, conversation),
            begun_html(FRAME, (suggestion,)),
        ):  # fmt: skip
            assert harms(f"<div>{page}</div>") == []


@pytest.mark.parametrize("text", [one for one in NAUGHTY if "\x00" not in one and "\x0b" not in one])
def test_a_naughty_statement_is_read_as_it_was_said(text: str) -> None:
    page = turn_html(FRAME, turn(Statement(text, (1,))), 1)
    assert text in text_of(page)
    assert len(tree(page).xpath(".//article/*")) == len(
        tree(turn_html(FRAME, turn(Statement("x", (1,))), 1)).xpath(".//article/*")
    )


def test_a_naughty_suggestion_and_question_come_back_as_they_were() -> None:
    shown = replace(turn(Statement("x", (1,))), suggestions=(ATTACK,), question=ATTACK)
    page = page_of(shown)
    assert page.xpath(".//button[@data-act='ask']/@data-value") == [ATTACK]
    assert [str(one.text_content()) for one in page.iter("h2")] == [ATTACK]


# Markers


def test_a_marker_leads_to_the_words_of_its_turn_as_they_were_quoted() -> None:
    page = page_of(turn(Statement("5 EUR.", (1,)), Statement("6 EUR.", (2, 1))))
    first, second = (f"/citations/{NAME}/3/{n}" for n in (1, 2))
    assert markers(page) == [("[1]", first), ("[2]", second), ("[1]", first)]
    romanian = page_of(turn(Statement("5 EUR.", (1,))), frame=Frame("en", base="/ro"))
    assert markers(romanian) == [("[1]", f"/ro{first}")]


def test_the_marker_of_an_answer_not_kept_leads_to_the_words_in_the_document_as_it_is_now() -> None:
    shown = replace(turn(Statement("5 EUR.", (1,))), is_kept=False, name="/token")
    assert markers(page_of(shown)) == [("[1]", "/passages/d1?start=7&end=20")]


def test_a_marker_whose_citation_there_is_not_is_left_out() -> None:
    assert markers(page_of(turn(Statement("5 EUR.", (1, 7))))) == [("[1]", f"/citations/{NAME}/3/1")]


def test_many_markers_in_a_row_are_told_as_first_and_last() -> None:
    cited = tuple(citation(n) for n in range(1, 9))
    page = page_of(turn(Statement("8 projects.", tuple(range(1, 9))), citations=cited))
    assert [told for told, _ in markers(page)] == ["[1]", "[8]"]
    assert len(page.xpath(".//details[@class='sources']//li")) == 8


@pytest.mark.parametrize("quote", ["one\n two\t three", "word " * 500, "x" * 2_000])
def test_the_quote_beside_a_marker_is_one_line_and_no_longer_than_can_be_read_at_a_glance(quote: str) -> None:
    page = page_of(turn(Statement("5 EUR.", (1,)), citations=(citation(1, quote),)))
    (glance,) = page.xpath(".//div[contains(@class, 'said')]//a/@data-quote")
    assert "\n" not in glance
    assert len(glance) <= LONGEST_GLANCE + 2
    assert glance[:3] == quote[:3]


# Tables


def test_rows_make_a_table_with_a_head_and_a_marker_beside_each_row() -> None:
    rows = ("| Project | Budget | |", "|---|---|---|", "| Lamps | 5 EUR | |", "| Boats | – | |")
    statements = [Statement(row, (1,) if "5 EUR" in row else (), is_remark="5 EUR" not in row) for row in rows]
    page = page_of(turn(Statement("Compared:", is_remark=True), *statements, Statement("That is all.", is_remark=True)))
    (table,) = page.iter("table")
    assert [one.text for one in table.xpath("./thead/tr/th[@scope='col']")][:2] == ["Project", "Budget"]
    assert [one.text for one in table.xpath("./tbody/tr/th[@scope='row']")] == ["Lamps", "Boats"]
    assert [len(row) for row in table.iter("tr")] == [len(table.find("./thead/tr"))] * 3
    assert markers(page) == [("[1]", f"/citations/{NAME}/3/1")]
    (region,) = page.find_class("scrolled")
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert region.get("aria-label")
    (said,) = page.find_class("said")
    assert [str(one.text_content()) for one in said.iter("p")] == ["Compared:", "That is all."]


@pytest.mark.parametrize(
    "texts", [("| a | b |",), ("|---|",), ("|---|", "| a |"), ("| a |", "| b |"), ("| a", "said"), ("|-", "|-")]
)
def test_what_only_begins_like_a_row_is_a_paragraph(texts: tuple[str, ...]) -> None:
    page = page_of(turn(*(Statement(text, (1,)) for text in texts)))
    assert list(page.iter("table")) == []
    (said,) = page.find_class("said")
    assert [one.text.strip() for one in said.iter("p")] == [*texts]


# What is said of it


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        ((Statement("5 EUR.", (1,)), Statement("Found:", is_remark=True)), CHECKED),
        ((Statement("5 EUR.", (1,)), Statement("6 EUR.")), "Not every statement has a source"),
        ((Statement("Nothing.", is_remark=True),), "Nothing is stated, so nothing is cited."),
    ],
)
def test_whether_every_statement_was_checked_is_told(statements: tuple[Statement, ...], says: str) -> None:
    cited = (citation(1),) if any(one.cites for one in statements) else ()
    page = page_of(turn(*statements, citations=cited))
    (told,) = page.find_class("checked")
    assert says in str(told.text_content())
    assert bool(page.find_class("tick")) == (says == CHECKED)


@pytest.mark.parametrize(("status", "says"), [("refused", "Not answered"), ("clarify", "Please say more")])
def test_what_is_no_answer_is_said_to_be_none(status: str, says: str) -> None:
    shown = Turn("What?", answer(Statement("No.", is_remark=True), status=status), name=f"{NAME}/3")
    (said,) = page_of(shown).find_class("said")
    assert says in str(said.text_content())
    assert said.get("class") == f"said {status}"


def test_a_question_that_waits_and_one_that_failed_offer_nothing() -> None:
    for shown, says in ((Turn("What?"), "Looking"), (Turn("What?", trouble="No room"), "No room")):
        page = page_of(shown)
        assert says in str(page.text_content())
        assert page.xpath(".//button | .//a | .//form") == []


def test_buttons_say_which_turn_they_are_of_and_what_was_pressed() -> None:
    page = page_of(replace(turn(Statement("5 EUR.", (1,))), verdict="down"))
    pressed = {one.get("data-value"): one.get("aria-pressed") for one in page.xpath(".//button[@data-act='rate']")}
    assert pressed == {"3:up": "false", "3:down": "true"}
    assert page.xpath(".//form[@data-act='comment']/@data-value") == ["3"]
    thanked = page_of(replace(turn(Statement("5 EUR.", (1,))), verdict="down", is_commented=True))
    assert thanked.xpath(".//form[@data-act='comment']") == []
    assert "Thank you" in str(thanked.text_content())


def test_every_change_that_is_offered_has_the_key_that_it_is_found_by() -> None:
    parts = (
        Part("field", "budget", "f", (Choice("period", Mend(field="period")), Choice("funder", Mend(field="funder")))),
        Part("condition", "in 2014", "c", removed=Mend(without=("c",))),
    )
    understood = Understood("budget of Lamps in 2014", parts, (Part("condition", "EU", "e", removed=Mend(("x",))),))
    shown = replace(turn(Statement("5 EUR.", (1,))), understood=understood)
    page = page_of(shown)
    offered = page.xpath(".//form[@data-act='mend']//option/@value") + [
        value.partition(":")[2] for value in page.xpath(".//button[@data-act='mend']/@data-value")
    ]
    assert sorted(offered) == sorted(mends_of(shown)) == ["0.0", "0.1", "1", "2"]
    assert mends_of(shown)["1"] == Mend(without=("c",))
    for one in page.iter("select"):
        assert page.xpath(f".//label[@for='{one.get('id')}']")


# Written by a language model


def written(*statements: Statement, notice: str = "", model: str = "tiny-1") -> Turn:
    shown = turn(*statements)
    assert shown.answer
    return replace(shown, model=model, answer=replace(shown.answer, mode=LLM, notice=notice))


def test_who_has_written_it_is_told_in_place_of_that_it_was_quoted() -> None:
    for model, says in (("tiny-1", "Written by the language model tiny-1;"), ("", "Written by a language model;")):
        page = page_of(written(Statement("5 EUR.", (1,)), model=model))
        (told,) = page.find_class("checked")
        assert says in str(told.text_content())
        assert CHECKED not in str(told.text_content())
    (told,) = page_of(replace(turn(Statement("5 EUR.", (1,))), model="tiny-1")).find_class("checked")
    assert CHECKED in str(told.text_content())


def test_sentences_of_a_model_make_a_paragraph_and_items_and_remarks_stand_alone() -> None:
    texts = ("It cost 5 EUR.", "It went on.", "- A lamp.", "- A boat.", "More was said.", "Lamp – “5 EUR”")
    page = page_of(written(*(Statement(text, (1,)) for text in texts), Statement("Not found: x.", is_remark=True)))
    (said,) = page.find_class("said")
    assert [" ".join(str(one.text_content()).split()) for one in said.iter("p")] == [
        "It cost 5 EUR. [1] It went on. [1]", "- A lamp. [1]", "- A boat. [1]", "More was said. [1]",
        "Lamp – “5 EUR” [1]", "Not found: x.",
    ]  # fmt: skip
    assert len(page.find_class("line")) == 7


def test_a_connecting_sentence_is_set_apart_for_eye_and_ear_and_explained() -> None:
    page = page_of(written(Statement("5 EUR.", (1,)), Statement("So it was.", is_connecting=True)))
    (one,) = page.find_class("connecting")
    assert one.tag == "em"
    assert str(one.text_content()).strip() == "Without a source: So it was."
    assert "Sentences in italics only connect the others" in str(page.text_content())
    assert "in italics" not in str(page_of(written(Statement("5 EUR.", (1,)))).text_content())


def test_what_was_left_out_is_told_below_the_answer_and_copied_with_it() -> None:
    page = page_of(written(Statement("5 EUR.", (1,)), notice="1 sentence was left out."))
    (said,) = page.find_class("said")
    assert [one.text for one in said.find_class("notice")] == ["1 sentence was left out."]
    (copied,) = page.xpath(".//button[@class='copy']/@data-text")
    assert "1 sentence was left out." in copied
    assert "tiny-1" in copied


def test_an_answer_that_grows_has_its_markers_and_can_be_stopped_and_nothing_else() -> None:
    shown = replace(written(Statement("5 EUR.", (1,))), halt=Halt(), is_kept=False, name="/", suggestions=("What?",))
    page = page_of(shown)
    assert [one.get("data-act") for one in page.iter("button")] == ["stop"]
    assert "Still writing…" in str(page.text_content())
    assert markers(page) == [("[1]", "/passages/d1?start=7&end=20")]
    assert page.find_class("about") == page.find_class("tools") == page.find_class("sources") == []
    (article,) = page.iter("article")
    assert article.get("class") == "turn growing"


def test_a_question_that_a_model_is_asked_can_be_stopped_while_it_waits() -> None:
    for model, acts in (("tiny-1", ["stop"]), ("", [])):
        page = page_of(Turn("What?", model=model, halt=Halt()))
        assert [one.get("data-act") for one in page.iter("button")] == acts


def test_what_stands_before_a_growing_answer_stands_there_when_it_is_whole() -> None:
    """The page changes only what is new: what stays in its place is not drawn again."""
    first, second = Statement("5 EUR.", (1,)), Statement("6 EUR.", (2,))
    steps = (((first,), Halt()), ((first, second), None))
    pages = [page_of(replace(written(*some), halt=halt)) for some, halt in steps]
    for page in pages:
        (article,) = page.iter("article")
        assert [child.tag for child in article][:2] == ["h2", "div"]
    before, after = ([str(one.text_content()) for one in page.find_class("line")] for page in pages)
    assert before == ["5 EUR. [1]"]
    assert after == ["5 EUR. [1]", "6 EUR. [2]"]


def test_only_the_last_turn_offers_what_to_ask_next() -> None:
    shown = replace(turn(Statement("5 EUR.", (1,))), suggestions=("Who funded Lamps?",))
    assert page_of(shown).find_class("next")
    assert not page_of(shown, is_last=False).find_class("next")


def test_a_conversation_that_is_not_kept_has_no_address_and_one_that_is_has_three_files() -> None:
    assert text_of(tools_html(FRAME, Conversation("", (Turn("What?"),))) or "<p></p>").strip() == ""
    links = tree(tools_html(Frame(base="/ro"), Conversation(NAME))).xpath(".//a/@href")
    assert links == [f"/ro/conversations/{NAME}.{ending}" for ending in ("docx", "md", "pdf")]
