"""The page's own files: kept by browsers for as long as they are the same."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from web.own_files import TYPES, own_address, own_files


@pytest.fixture
def client() -> TestClient:
    """Serve them."""
    app = FastAPI()
    own_files(app)
    return TestClient(app)


@pytest.mark.parametrize("name", TYPES)
def test_a_file_of_a_version_is_kept_and_without_one_asked_for_again(client: TestClient, name: str) -> None:
    address = own_address(name)
    assert re.fullmatch(rf"/own/{re.escape(name)}\?v=[0-9a-f]{{12}}", address)
    told = client.get(address)
    assert told.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert told.headers["content-type"].startswith(TYPES[name])
    for other in (f"/own/{name}", f"/own/{name}?v=older"):
        again = client.get(other)
        assert (again.text, again.headers["cache-control"]) == (told.text, "no-cache")
