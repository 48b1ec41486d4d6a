"""Pages that are one file each: they open from a disk, load nothing and run nothing but a script of their own.

What questions, answers and documents hold is text on them and nothing else: Jinja2 escapes it all, and the page's own
Content-Security-Policy keeps a browser from running what would be missed. Knows not what is shown.
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.reports.told import told_moment, told_setting, told_status, told_time, writable

_FOLDER = Path(__file__).parent
STYLE = "page.css"
"""What all pages have in common."""


def render(template: str, *, styles: Sequence[str], script: str = "", **values: Any) -> str:
    """The page of a template here, with styles beside that of all pages and, if it is named, a script.

    Neither another style nor another script than these is let in.
    """
    dress, program = "".join(map(_read, (STYLE, *styles))), _read(script) if script else ""
    policy = ["default-src 'none'", f"style-src {_hashed(dress)}", "base-uri 'none'", "form-action 'none'"]
    if program:
        policy.append(f"script-src {_hashed(program)}")
    made = _environment().get_template(template)
    return made.render(style=dress, script=program, policy="; ".join(policy), **values)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, finalize=_finalize,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"time": told_time, "moment": told_moment, "setting": told_setting, "status": told_status}
    return environment


def _finalize(value: object) -> object:
    """What is about to be escaped, without what a page cannot hold."""
    return writable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
