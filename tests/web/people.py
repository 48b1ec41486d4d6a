"""Two users, whose passwords are hashed once for all tests since that is made to take long, and a clock that stands."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from web.users import EDITOR, VIEWER, add_user

PASSWORD = "seven grey geese"  # noqa: S105
OTHER = "eleven blue herons"


class Clock:
    """Time that stands still until it is told to go on."""

    def __init__(self, now: float = 0.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def write_people(path: Path) -> Path:
    """Write a file of two users: Ana, who may change things, and Vio, who may look."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_people())
    return path


@cache
def _people() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "users.json"
        add_user(path, " Ana", EDITOR, PASSWORD)
        add_user(path, "Vio", VIEWER, PASSWORD)
        return path.read_bytes()
