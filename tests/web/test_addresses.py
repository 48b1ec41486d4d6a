"""Which addresses are staff pages, however they are written, and where nobody is led."""

import pytest

from web.addresses import asked_address, is_below


@pytest.mark.parametrize(
    "path",
    [
        "/staff", "/staff/", "/staff/config", "//staff", "//staff//config", "/STAFF/config", "/Staff", "/x/../staff",
        "/staff/../config", "/staff/../../x", "/./staff/x", "/%73taff/x", "/%2573taff/x", "/staff%2fconfig",
        "/staff/%2e%2e/x", "\\staff\\config", "/x/%2e%2e/staff", "staff",
    ],
)  # fmt: skip
def test_a_staff_page_is_known_however_it_is_written(path: str) -> None:
    assert is_below({"path": path})
    assert is_below({"path": f"/answers{path}", "root_path": "/answers"}) or not path.startswith("/")


@pytest.mark.parametrize("path", ["/", "/ro/", "/staffroom", "/own/page.css", "/x/staff", "/staff-x", "", "/stafﬀ"])
def test_other_pages_are_not(path: str) -> None:
    assert not is_below({"path": path})


@pytest.mark.parametrize(
    "address", ["/staff", "/staff/", "/staff?x=1", "/staff/runs/a-b.c?x=a%20b&y=/staff", "/staff/%C8%99"]
)
def test_who_asked_for_a_staff_page_is_led_to_it(address: str) -> None:
    assert asked_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/staff", "//elsewhere.example/staff", "/\\elsewhere.example", "/staffroom", "/",
        "/staff/../x", "/staff/%2e%2e/x", "/staff@elsewhere.example", "/staff\r\nX: y", "javascript:alert(1)",
        "/staff/logout", "/staff/login?next=/staff/login", "", " /staff", "/staff\\..\\x", "/staff\n", "/staff/<b>",
    ],
)  # fmt: skip
def test_nobody_is_led_to_another_address(address: str) -> None:
    assert asked_address(address) == "/staff"
