"""The benchmark of the web app: a real server, few visitors."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from corpus.errors import MisuseError
from eval.__main__ import main
from eval.bench_page import STARTED, SYNCING, WARM, Burst, Crowd, ask_all, bench_page, middle, question_event, table
from eval.errors import EvaluationError
from eval.qa import SHIPPED

CONFIG = {
    "components": [{"id": 3, "props": {"elem_id": "question"}}],
    "dependencies": [
        {"id": 1, "targets": [[3, "change"]], "inputs": [3]},
        {"id": 2, "targets": [[3, "submit"]], "inputs": [3, 4]},
    ],
}


class _Page(BaseHTTPRequestHandler):
    """A page of which every answer is `end`."""

    end = b""

    def do_GET(self) -> None:
        self._tell(json.dumps(CONFIG).encode() if self.path == "/config" else self.end)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self._tell(b"{}")

    def _tell(self, body: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told: object) -> None:
        """Say nothing."""


@contextmanager
def page_that_says(line: bytes) -> Iterator[str]:
    """Serve it; gives the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), type("_Says", (_Page,), {"end": line})) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_visitors_ask_a_real_page_just_started_warm_and_while_a_sync_runs(sample_store: Path) -> None:
    crowd = bench_page(sample_store, SHIPPED, visitors=3, each=1, rounds=1)
    assert crowd.visitors == 3
    assert crowd.first_page_s > 0
    assert [one.when for one in crowd.bursts] == [STARTED, WARM, SYNCING]
    assert [(one.questions, one.failed) for one in crowd.bursts] == [(3, 0)] * 3
    assert all(0 < one.p50_ms <= one.p95_ms <= one.worst_ms and one.health_ms > 0 for one in crowd.bursts)


@pytest.mark.parametrize(
    ("line", "failed"),
    [
        (b'data: {"msg": "estimation"}\n\ndata: {"msg": "process_completed", "success": true}\n', 0),
        (b'data: {"msg": "process_completed", "success": false}\n', 4),
        (b'data: {"msg": "process_generating"}\n', 4),
        (b"data: no JSON\n", 4),
    ],
)
def test_an_answer_that_fails_breaks_off_or_cannot_be_read_is_counted(
    line: bytes, failed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with page_that_says(line) as address:
        times, counted = ask_all(address, ["What?"], visitors=2, each=2)
    assert (len(times), counted) == (4, failed)
    assert capsys.readouterr().err.count("What?: ") == min(failed, 3)


def test_the_question_s_event_is_found_by_the_box_it_is_typed_in() -> None:
    assert question_event(CONFIG) == (2, 2)
    with pytest.raises(EvaluationError, match="no box to type a question in"):
        question_event(CONFIG | {"components": []})


def test_of_some_rounds_the_one_in_the_middle_is_told_with_what_failed_in_any() -> None:
    taken = [Burst(WARM, 9, failed, 1.0, p95, 99.0, 5.0) for p95, failed in ((30.0, 0), (10.0, 2), (20.0, 1))]
    assert middle(taken) == Burst(WARM, 9, 3, 1.0, 20.0, 99.0, 5.0)
    first, head, line = table(Crowd(30, 2.04, (taken[0],))).splitlines()
    assert first == "first page after 2.0 s; 30 visitors at once"
    assert [len(head), *line.split()] == [len(line), "warm", "9", "0", "1", "30", "99", "5"]


def test_a_store_that_is_not_there_and_numbers_below_one_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(MisuseError, match="name a store with --store DIR"):
        bench_page(tmp_path / "none", SHIPPED)
    for arguments, says in (
        ("--visitors 0", "--visitors 0: expected at least 1"),
        ("--each 0", "--each 0: expected at least 1"),
        ("--peers", "leave the rest out"),
    ):
        with pytest.raises(MisuseError, match=says):
            main(["bench", "page", "--store", str(tmp_path), *arguments.split()])
    assert capsys.readouterr().out == ""
