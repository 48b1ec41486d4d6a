"""A full build and a question, watched by strace: no connection leaves the machine."""

import ipaddress
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]

CALLS = "connect,sendto,sendmsg,sendmmsg"
ADDRESS = re.compile(r'sa_family=AF_INET6?,.*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")')


def addresses(trace: str) -> list[str]:
    """List the IP addresses that a trace shows a connection or a message to; other kinds of socket have none."""
    return [found[1] or found[2] for line in trace.splitlines() for found in ADDRESS.finditer(line)]


def leaving(trace: str) -> list[str]:
    """Those of them that are not this machine's own."""
    return [address for address in addresses(trace) if not is_loopback(address)]


def is_loopback(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    mapped = getattr(parsed, "ipv4_mapped", None)
    return bool((mapped or parsed).is_loopback)


@pytest.mark.parametrize(
    ("line", "address"),
    [
        (
            '71 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 EAGAIN',
            "192.0.2.1",
        ),
        (
            '[pid 9] connect(4, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), '
            'inet_pton(AF_INET6, "2001:db8::7", &sin6_addr), sin6_scope_id=0}, 28 <unfinished ...>',
            "2001:db8::7",
        ),
        (
            '9 sendto(5, "\\27\\1", 28, MSG_NOSIGNAL, {sa_family=AF_INET, sin_port=htons(53), '
            'sin_addr=inet_addr("198.51.100.9")}, 16) = 28',
            "198.51.100.9",
        ),
        (
            '9 sendmmsg(3, [{msg_hdr={msg_name={sa_family=AF_INET, sin_port=htons(53), '
            'sin_addr=inet_addr("203.0.113.5")}, msg_namelen=16, msg_iov=[], msg_iovlen=1}, msg_len=2}], 1, 0) = 1',
            "203.0.113.5",
        ),
    ],
)  # fmt: skip
def test_the_parser_sees_an_address_that_is_not_this_machine_s(line: str, address: str) -> None:
    assert leaving(f"8 connect(3, {{sa_family=AF_UNIX}}, 110) = 0\n{line}\n") == [address]


@pytest.mark.parametrize(
    "line",
    [
        '7 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
        '7 connect(3, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), '
        'inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
        '7 connect(3, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), '
        'inet_pton(AF_INET6, "::ffff:127.0.0.1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
        '7 connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT',
        '7 sendto(3, [{nlmsg_len=20, nlmsg_type=RTM_GETADDR}], 20, 0, {sa_family=AF_NETLINK, nl_pid=0}, 12) = 20',
        "7 connect(3, {sa_family=AF_UNSPEC}, 16) = 0",
        "7 +++ exited with 0 +++",
    ],
)  # fmt: skip
def test_the_parser_lets_the_machine_s_own_sockets_pass(line: str) -> None:
    assert leaving(line) == []


Watched = Callable[..., tuple[subprocess.CompletedProcess[str], str]]


@pytest.fixture
def watched(command: Command, tmp_path: Path) -> Watched:
    """Give a function that runs `python` under strace; it returns how that ended, and the trace."""
    # The filter stops the process at these calls only, so that being watched costs next to nothing.
    strace = ["strace", "-f", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o"]
    missing = shutil.which("strace") is None or subprocess.run([*strace, os.devnull, "true"], check=False).returncode
    if missing and os.environ.get("CI") == "true":
        pytest.fail("strace is not there or may not trace, and in CI this test has to run: apt-get install strace")
    if missing:
        pytest.skip("strace is not there or may not trace: apt-get install strace")

    def run(*arguments: object) -> tuple[subprocess.CompletedProcess[str], str]:
        trace = tmp_path / "trace"
        ended = command(*arguments, under=[*strace, trace])
        return ended, trace.read_text(encoding="utf-8", errors="replace")

    return run


def test_a_connection_would_be_seen_from_any_thread_or_child(watched: Watched) -> None:
    """Connect to closed ports of this machine: traffic elsewhere would itself be what this file forbids."""
    program = (
        "import socket, subprocess, sys, threading\n"
        "connect = 'import socket; socket.socket().connect_ex((\"127.0.0.%d\", 9))'\n"
        "exec(connect % 1)\n"
        "thread = threading.Thread(target=exec, args=(connect % 2,)); thread.start(); thread.join()\n"
        "subprocess.run([sys.executable, '-c', connect % 3], check=True)\n"
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.4', 9))\n"
    )
    ended, trace = watched("-c", program)
    assert ended.returncode == 0, ended.stderr
    assert addresses(trace) == ["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"]
    assert leaving(trace) == []


def test_a_build_and_a_question_open_no_connection_off_the_machine(
    watched: Watched, sample: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    built, trace = watched("-m", "index", "build", sample, "--store", store)
    assert built.returncode == 0, built.stderr
    assert "10 added" in built.stdout
    assert leaving(trace) == []
    question = "How many speakers did the Occupy Library conference have?"
    asked, trace = watched("-m", "assistant", "ask", question, "--store", store)
    assert asked.returncode == 0, asked.stderr
    assert "95 speakers" in asked.stdout
    assert leaving(trace) == []
