"""The conversation around its turns, as HTML: what is past, what is now, how it begins, what can be done with it whole.

Knows no Gradio.
"""

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from assistant.panels.answering import Conversation
from assistant.panels.turns import turn_html
from index.panels.frame import Frame

_FOLDER = Path(__file__).parent
BEGUN, TOOLS = _FOLDER / "begun.jinja", _FOLDER / "conversation_tools.jinja"


def past_html(frame: Frame, conversation: Conversation) -> Markup:
    """All turns but the last."""
    shown = (turn_html(frame, turn, number) for number, turn in enumerate(conversation.turns[:-1], start=1))
    return Markup("").join(shown)


def begun_html(frame: Frame, examples: Sequence[str] = (), projects: int = 0) -> Markup:
    """What can be asked, shown as long as nothing is; `projects` is how many there are."""
    return frame.render(BEGUN, examples=examples, projects=projects)


def now_html(frame: Frame, conversation: Conversation) -> Markup:
    """The last turn; nothing before the first one."""
    if not conversation.turns:
        return Markup("")
    return turn_html(frame, conversation.turns[-1], len(conversation.turns), is_last=True)


def tools_html(frame: Frame, conversation: Conversation) -> Markup:
    """What can be done with a conversation that is kept: copy its link, save it, begin another."""
    return frame.render(TOOLS, conversation=conversation)
