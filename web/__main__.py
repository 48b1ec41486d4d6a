"""`python -m web`: who may log in to the staff pages."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.command import run
from corpus.errors import MisuseError
from index.settings import DEFAULT_STORE, read_settings
from web.passwords import LEAST_LENGTH
from web.users import (
    EDITOR,
    FILE,
    ROLES,
    VARIABLE,
    add_user,
    known_user,
    plain_name,
    read_users,
    remove_user,
    set_password,
    set_role,
    users_path,
)

ROLES_TOLD = "; ".join(f"{role}: {what}" for role, what in ROLES.items())
ASKED = (
    f"The password, {LEAST_LENGTH} characters or more, is asked for twice and not shown; it is never given on the "
    "command line, where others could read it."
)


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand."""
    given = _parser().parse_args(arguments)
    path = users_path(read_settings(given.store).store, given.file)
    if given.what == "list":
        return _list(path)
    if given.what == "add":
        name = plain_name(given.name)
        if name in read_users(path):  # before a password is asked for
            raise MisuseError(f"{name} is there already; to set a password: python -m web users password {name}")
        user = add_user(path, name, given.role, _password(given.stdin))
        print(f"{user.name} may log in at /staff, as {user.role}; kept in {path}")
    elif given.what == "password":
        name = known_user(path, given.name).name
        user = set_password(path, name, _password(given.stdin))
        print(f"{user.name} has a new password and is logged out everywhere")
    elif given.what == "role":
        user = set_role(path, given.name, given.role)
        print(f"{user.name} is {user.role} now ({ROLES[user.role]}) and has to log in again")
    else:
        remove_user(path, given.name)
        print(f"{plain_name(given.name)} can log in no longer")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m web", description="The web app's users.")
    users = parser.add_subparsers(dest="command", required=True).add_parser(
        "users",
        help="who may log in to the staff pages",
        description="Who may log in to the staff pages. A change counts at once, also where the web app is running.",
    )
    actions = users.add_subparsers(dest="what", required=True)
    told = "list everybody who may log in, with role"
    made = [actions.add_parser("list", help=told, description=f"{told[0].upper()}{told[1:]}.")]
    for name, told in (
        ("add", "let somebody log in"),
        ("password", "set a user's password anew"),
        ("role", "change what a user may do"),
        ("remove", "let somebody log in no longer"),
    ):
        action = actions.add_parser(name, help=told, description=_described(name, told))
        action.add_argument("name", metavar="NAME", help="the name to log in with; capitals do not matter")
        if name in ("add", "password"):
            action.add_argument(
                "--stdin",
                action="store_true",
                help="read the password from the first line of standard input, for scripts",
            )
        made.append(action)
    made[1].add_argument("--role", choices=list(ROLES), default=EDITOR, help=f"{ROLES_TOLD} ({EDITOR})")
    made[3].add_argument("role", choices=list(ROLES), help=ROLES_TOLD)
    for action in made:
        action.add_argument(
            "--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})"
        )
        action.add_argument(
            "--file", metavar="F", help=f"the file of users ({VARIABLE}, else {FILE} in the store's folder)"
        )
    return parser


def _described(name: str, told: str) -> str:
    sentence = f"{told[0].upper()}{told[1:]}."
    return f"{sentence} {ASKED}" if name in ("add", "password") else sentence


def _list(path: Path) -> int:
    users = read_users(path)
    if not users:
        print("nobody can log in yet; make the first user: python -m web users add NAME", file=sys.stderr)
    for user in users.values():
        print(f"{user.name}\t{user.role}")
    return 0


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise MisuseError("there is no terminal to ask for a password; give it on standard input, with --stdin")
    password = getpass.getpass(f"Password ({LEAST_LENGTH} characters or more): ")
    if getpass.getpass("The same again: ") != password:
        raise MisuseError("the two were not the same; nothing is changed; run it again")
    return password


if __name__ == "__main__":
    raise SystemExit(run(main))
