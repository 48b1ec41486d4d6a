"""Gradio as the app loads it: the whole of it, without what it writes for editors."""

import subprocess
import sys

CHECK = """
import inspect
getfile = inspect.getfile
from web.loading import load_gradio
read = []
import ast
parse = ast.parse
ast.parse = lambda source, *rest, **named: read.append(source) or parse(source, *rest, **named)
load_gradio()
import gradio
assert inspect.getfile is getfile and inspect.getfile(gradio.HTML).endswith("html.py")
with gradio.Blocks() as page:
    shown = gradio.HTML("a")
    shown.click(lambda: "b", None, shown)
assert len(page.fns) == 1
print(sum("class HTML(" in source for source in read))
"""


def test_gradio_is_whole_and_does_not_read_its_own_source() -> None:
    loaded = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, encoding="utf-8", check=False)
    assert (loaded.stdout, loaded.stderr, loaded.returncode) == ("0\n", "", 0)
