"""A panel's words, numbers and days in two languages, and that what is put into a template is escaped."""

from gettext import NullTranslations
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.panels.frame import Frame, Pressed, number_in, pressed
from index.panels.words import read_words

PO = """msgid "Ask about {title}"
msgstr "Întreabă despre {title}"

msgid "{n} project"
msgid_plural "{n} projects"
msgstr[0] "{n} proiect"
msgstr[1] "{n} proiecte"
msgstr[2] "{n} de proiecte"
"""


def romanian(folder: Path) -> Frame:
    (folder / "made.ro.po").write_text(PO, encoding="utf-8")
    (folder / "other.ro.po").write_text(PO.replace("Ask about {title}", "Other").replace("Întreabă", "Altele"), "utf-8")
    return Frame("ro", read_words("ro", [folder]))


def test_words_of_all_files_are_found_and_others_stay_english(tmp_path: Path) -> None:
    frame = romanian(tmp_path)
    assert frame.say("Ask about {title}", title="DigiTales") == "Întreabă despre DigiTales"
    assert frame.say("Other", title="X") == "Altele despre X"
    assert frame.say("Never translated") == "Never translated"


def test_words_can_be_read_again_for_another_page(tmp_path: Path) -> None:
    romanian(tmp_path)
    assert romanian(tmp_path).say("Never translated") == "Never translated"


def test_numbers_take_the_plural_of_the_language(tmp_path: Path) -> None:
    frame = romanian(tmp_path)
    told = [frame.count("{n} project", "{n} projects", n) for n in (1, 15, 27_132)]
    assert told == ["1 proiect", "15 proiecte", "27.132 de proiecte"]
    assert Frame().count("{n} project", "{n} projects", 27_132) == "27,132 projects"


def test_days_are_written_as_the_language_does() -> None:
    assert Frame().day("2013-11-05T10:00:00+00:00") == "5 Nov 2013"
    assert Frame("ro").day("2013-11-05") == "5 nov. 2013"


def test_all_that_comes_into_a_template_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "one.jinja").write_text(
        "<p>{{ text }} {{ _('Hello {name}', name=text) }} {{ number(1000) }}</p>", "utf-8"
    )
    made = Frame("en", NullTranslations()).render(tmp_path / "one.jinja", text="<b onclick='x'>\udcff")
    assert made == "<p>&lt;b onclick=&#39;x&#39;&gt;? Hello &lt;b onclick=&#39;x&#39;&gt;? 1,000</p>"


def test_what_is_pressed_is_read_and_nonsense_is_an_act_of_no_name() -> None:
    assert pressed(SimpleNamespace(_data={"act": "sort", "value": "title"})) == Pressed("sort", "title")
    assert pressed(SimpleNamespace(_data={"act": "filter", "fields": {"text": "x"}})).fields == {"text": "x"}
    assert pressed(SimpleNamespace(_data=None)) == pressed(SimpleNamespace(_data={"fields": 5})) == Pressed("")


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("²", 0), ("٣", 0), ("-1", 0), ("", 0), ("9" * 5_000, 0)])
def test_a_number_is_read_and_what_is_none_or_without_end_is_nothing(text: str, number: int) -> None:
    assert number_in(text) == number
