"""The frame of a web page goes and what the page says stays, on pages such as common systems make."""

from pathlib import Path

import pytest

from corpus.readers import boilerplate
from corpus.readers.html import read_html

PAGES: dict[str, tuple[str, str]] = {
    "wordpress": (
        "Lantern Walk|Every November the children|Period: June – November 2019|Budget: 4.500 EUR|Funder: The Shore Fund"
        "|412 visitors|60 lanterns|12 workshops",
        "Skip to|cookies|Accept all|Home page|Who we are|Running projects|crumb|Share this|Facebook|Twitter"
        "|You may also like|Harbour fair|Recent news|boat shed|Mole Street|01234|Registered|All rights reserved",
    ),
    "drupal": (
        "Proiectele noastre|Școala de pe deal|Perioada de implementare: mai 2016 – aprilie 2018|Buget: 47.240 lei"
        "|60 de copii|Grădina de cartier|Perioada de implementare: 2019-2020|Finanțator: Fundația Câmpia Verde"
        "|200 de arbuști",
        "împreună din|Acasă|Despre noi|Scrieți-ne|pagina următoare|Știri recente|15 ani|prăjituri|str. Morii"
        "|luni|© Asociația",
    ),
    "cards": (
        "What we did|Owl Watch|Forty pupils|Budget: 9,910 EUR|Period: 2011-2012|Reed Boats|Budget: 2 638 650 EUR"
        "|Funder: Delta Trust|The Mill Again|Budget: 550 GBP|Sponsors: Baker & Sons",
        "Call us|Facebook|Instagram|Start|Our work|Help us|Contact|no spam|registered association|Imprint|Terms",
    ),
    "facts": (
        "Projects|Bright Mornings|breakfast club|At a glance|EUR 1.2 million|24 months from March 2019"
        "|Valley School; Oat Mill Ltd|Quiet Roads|Hedges|Budget: 300 000 EUR|Location: Cluj county, Romania",
        "Home page|Site map|More from|Flood warnings|five euros|Valley Trust|Phone|example.org",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_says_stays_and_its_frame_goes(name: str) -> None:
    matter, frame = PAGES[name]
    text = read_html(Path(__file__, "..", "pages", f"{name}.html").resolve().read_text("utf-8")).text
    assert [words for words in matter.split("|") if words not in text] == []
    assert [words for words in frame.split("|") if words in text] == []


PROSE = "The children of the upper valley met every Tuesday to draw the birds that they had seen. "
MENU = '<div class="navbar"><ul><li><a href="/">Home page</a></li><li><a href="/x">Who we are</a></li></ul></div>'


def page(inner: str) -> str:
    """A page of an organisation with `inner` in the midst of its text."""
    text = f"<p>{PROSE * 2}</p>" * 2
    return (
        f"<html><body>{MENU}<h1>Projects</h1><div><h2>First</h2>{text}{inner}<h2>Last</h2>{text}</div>"
        "<footer><p>Valley Trust, a registered charity</p></footer></body></html>"
    )


@pytest.mark.parametrize("tag", ["div", "section", "aside"])
@pytest.mark.parametrize(
    "name",
    [
        "menu-section",
        "share-your-story",
        "sidebar-left",
        "related-project",
        "cookie-club",
        "newsletter",
        "popup-theatre",
    ],
)
def test_prose_in_the_midst_of_text_stays_whatever_its_box_is_called(name: str, tag: str) -> None:
    text = read_html(page(f'<{tag} class="{name}"><h3>Magpie School</h3><p>{PROSE * 2}</p><p>Walls.</p></{tag}>')).text
    assert "Magpie School" in text
    assert "Walls." in text
    assert "Home page" not in text
    assert "registered charity" not in text


@pytest.mark.parametrize(
    "facts",
    [
        "<p>Budget: 300 EUR</p>",
        "<p>Perioada: 2019-2020 | Finanțator: Fundația Câmpia Verde</p>",
        "<h4>Funder</h4><p>The Shore Fund</p>",
        "<dl><dt>Location</dt><dd>Cluj</dd><dt>Reference</dt><dd>RO-12</dd></dl>",
        "<table><tr><td>Partners</td><td>Owl Trust</td></tr></table>",
    ],
)
@pytest.mark.parametrize(
    "box", ['<aside class="sidebar">{}</aside>', '<footer class="footer">{}</footer>', '<div id="menu">{}</div>']
)
def test_a_box_that_holds_facts_of_a_project_stays(box: str, facts: str) -> None:
    before, after = read_html(page("")).text, read_html(page(box.format(facts))).text
    assert len(after) > len(before) + 10


def test_a_class_that_tells_of_the_page_around_is_no_name_of_a_frame() -> None:
    text = read_html(page('<div class="has-sidebar tag-menu category-newsletter"><p>Walls.</p></div>')).text
    assert "Walls." in text


def test_links_by_which_a_page_is_passed_on_go() -> None:
    links = '<a href="https://f.example/sharer.php?u=1">Tell F</a><a href="mailto:?body=x">Mail it</a>'
    assert "Tell F" not in read_html(page(f"<div>{links}</div>")).text


def test_a_list_of_links_within_the_matter_stays() -> None:
    links = "<ul>" + "".join(f'<li><a href="/{n}">Magpie School {n}</a></li>' for n in range(5)) + "</ul>"
    text = read_html(page(links).replace("<h1>", "<main><h1>").replace("<footer>", "</main><footer>")).text
    assert "Magpie School 4" in text


def test_a_fragment_has_no_frame() -> None:
    assert read_html('<div class="menu"><p>Soup</p></div><p>Bread</p>', wrapped=True).text == "Soup\n\nBread\n"


def test_a_page_that_is_all_frame_by_its_names_stays() -> None:
    assert (
        read_html('<html><body><div class="sidebar"><p>Every November.</p></div></body></html>').text
        == "Every November.\n"
    )


def test_a_page_of_a_thousand_menus_within_menus_ends_soon() -> None:
    nested = '<div class="menu">' * 1_000 + "<p>deep</p>" + "</div>" * 1_000
    assert "Every" in read_html(page(nested) + "<p>Every November.</p>" * 100).text


def test_a_page_longer_than_frames_are_looked_for_in_stays_whole() -> None:
    text = read_html(page("<p>" + "x" * boilerplate.MAX_PAGE_CHARS + "</p>")).text
    assert "Home page" in text
