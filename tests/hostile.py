"""What documents and visitors may hold that a page must show as text, and what would betray that it did not."""

from lxml import html

ATTACK = "<img src=x onerror=window.hurt=1> [x](javascript:window.hurt=1) {{7*7}} ${window.hurt=1}"
NAUGHTY = (
    ATTACK,
    "<script>window.hurt=1</script>",
    '"><svg/onload=window.hurt=1>',
    "' onmouseover='window.hurt=1",
    '" autofocus onfocus="window.hurt=1',
    '<a href="javascript:window.hurt=1">x</a>',
    "</textarea></title></style><script>window.hurt=1</script>",
    "<!-- ]]> --!> &lt;script&gt; &#60;script&#62;",
    "{% raw %} {{ ''.__class__ }} {0} {name} %s %n",
    "'; DROP TABLE projects; --",
    "../../../../etc/passwd%00.txt",
    '=HYPERLINK("http://evil.example")',
    "\u202eright to left\u202c \u200b\u200d\ufeff zero",
    "الكل في المجمو عة \ufdfd",
    "👩‍👩‍👧‍👦 𝕳𝖚𝖗𝖙 Z̷̢a̶l̸g̵o",
    "a\x00b\x0bc\x1bd\x7f\x85\u2028e",
    "| a | b |",
    "|---|",
    "| \\",
    "`` ``` # * _ ~~ [^1]: >",
    "NaN null undefined None",
    "x" * 5_000,
)
"""Of the kinds that are known to break pages: markup, templates, queries, formulas, directions, controls, length."""

_RUN = {"script", "iframe", "object", "embed", "svg", "img", "base", "meta", "math"}
_OWN = ('<script src="/own/', "<meta charset=", "<meta name=")
_LEADS = ("href", "src", "action", "formaction")


def tree(page: str) -> html.HtmlElement:
    """A page, or a part of one, as a browser's parser has it."""
    return html.document_fromstring(page) if "<html" in page else html.fragment_fromstring(page, create_parent="div")


def text_of(page: str) -> str:
    """What a visitor reads of it."""
    return str(tree(page).text_content())


def harms(page: str) -> list[str]:
    """What of a page runs, loads or leads where no page of ours does: elements, event handlers, links."""
    found = []
    for one in (one for one in tree(page).iter() if isinstance(one.tag, str)):
        told = str(html.tostring(one, encoding="unicode", with_tail=False))[:120]
        if one.tag in _RUN and not told.startswith(_OWN):
            found.append(told)
        for name, value in one.attrib.items():
            leads = name in _LEADS and str(value).strip().lower().startswith(("javascript:", "data:", "vbscript:"))
            if str(name).startswith("on") or leads:
                found.append(f"{name} of {told}")
    return found
