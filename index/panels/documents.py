"""Documents: the panel where staff upload, leave out and sync, and see what the check has found. Layout and wiring."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.check import SEVERITIES
from corpus.errors import MisuseError, ProjectError
from index.findings import Findings, is_current, read_findings
from index.panels.documents_words import (
    ended,
    kind_of,
    languages,
    now,
    parts_of,
    said_of,
    severities,
    size,
    store_facts,
)
from index.panels.frame import WIRED, Frame, Pressed, pressed
from index.settings import Settings
from index.shelf import act_on, add_upload, links, shelf
from index.store import Store
from index.sync_process import SYNC, VACUUM, VERIFY
from index.syncing import State, Syncing, syncing

if TYPE_CHECKING:
    import gradio as gr

HERE = Path(__file__).parent
POLL_SECONDS = 1.0
FINDINGS_AT_ONCE = 20
