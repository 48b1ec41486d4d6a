"""The login page: who comes in by name and password, and goes out. Knows no staff pages, only where they are."""

import hashlib
import hmac
import logging
import math
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from index.panels.frame import Frame
from web.addresses import LOGIN, LOGOUT, STAFF, asked_address
from web.attempts import Attempts
from web.gate import COOKIE, Gate, Guard, is_from_elsewhere
from web.languages import CHOSEN, preferred
from web.sessions import Sessions
from web.users import KnownUsers, User, UsersError, plain_name, verify

if TYPE_CHECKING:
    from fastapi import FastAPI

TEMPLATE = Path(__file__).with_name("login.jinja")
NAMES = {"en": "English", "ro": "Română"}
FORM_COOKIE = "login"
FORM_BYTES = 8192
"""Name, password, token and address; a longer form is not one of ours."""
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Stricter than that of other pages: no script has any business where passwords are typed."""
SECONDS_A_MINUTE = 60
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What the login page says above its form, in the page's language, and the command that mends it, if one does."""

    text: str = ""
    command: str = ""
    status: int = 200
    wait_seconds: int = 0
    is_alert: bool = True
    is_wrong: bool = False


def add_login(
    app: "FastAPI", users: Path, frames: Sequence[Frame], *, attempts: Attempts | None = None,
    sessions: Sessions | None = None,
) -> Gate:  # fmt: skip
    """Add the login page, and the gate before all that is below `/staff`; to be called before that is mounted.

    `users` is the file of users, which need not be there yet. Attempts and sessions are given where their limits are
    not to be the default ones.
    """
    known = KnownUsers(users)
    held = sessions or Sessions(known)
    gate = Gate(held)
    login = Login(known, frames, held, gate, attempts or Attempts())
    app.add_route(LOGIN, login.show, ["GET"], include_in_schema=False)
    app.add_route(LOGIN, login.enter, ["POST"], include_in_schema=False)
    app.add_route(LOGOUT, login.leave, ["POST"], include_in_schema=False)
    app.add_middleware(Guard, gate=gate)
    return gate


class Login:
    """The login page of a file of users, and what its form and the button to log out do."""

    def __init__(
        self, users: KnownUsers, frames: Sequence[Frame], sessions: Sessions, gate: Gate, attempts: Attempts
    ) -> None:
        from anyio import CapacityLimiter

        self._frames = {frame.language: frame for frame in frames}
        self._users, self._sessions, self._gate, self._attempts = users, sessions, gate, attempts
        self._key = secrets.token_bytes()
        # One password at a time: each takes 64 MiB, and who sends a hundred at once shall not have a hundred tries.
        self._one = CapacityLimiter(1)

    async def show(self, request: Request) -> Response:
        """The page; somebody who is logged in already is led on."""
        if self._gate.user(request):
            return _led(request, asked_address(request.query_params.get("next", "")))
        frame = self._frame(request, request.query_params)
        return self._page(request, frame, request.query_params, self._greeting(request, frame))

    async def enter(self, request: Request) -> Response:
        """Try a name and a password: on to the page that was asked for, or the login page again."""
        from anyio import to_thread

        form = await _read_form(request)
        frame = self._frame(request, form or {})
        objection = self._objection(request, frame, form)
        if form is None or objection:
            return self._page(request, frame, form or {}, objection or Told())
        address = request.client.host if request.client else ""
        found: User | Told = await to_thread.run_sync(self._try, frame, form, address, limiter=self._one)
        if isinstance(found, Told):
            return self._page(request, frame, form, found)
        self._sessions.end(request.cookies.get(COOKIE, ""))
        led = _led(request, asked_address(form.get("next", "")))
        _set_cookie(request, led, COOKIE, self._sessions.begin(found), STAFF)
        return led

    async def leave(self, request: Request) -> Response:
        """Log out."""
        if is_from_elsewhere(request.headers):
            return Response(status_code=403)
        self._sessions.end(request.cookies.get(COOKIE, ""))
        led = _led(request, f"{LOGIN}?out=1")
        led.delete_cookie(COOKIE, path=_at(request, STAFF), httponly=True, samesite="strict")
        return led

    def _greeting(self, request: Request, frame: Frame) -> Told:
        try:
            self._users.current()
        except UsersError as error:
            LOG.error("%s", error)
            return _unreadable(frame)
        if not self._users.is_there():
            text = frame.say("Nobody can log in yet. Whoever runs this program makes the first user with this command:")
            return Told(text, "python -m web users add NAME")
        if "out" in request.query_params:
            return Told(frame.say("You have logged out."), is_alert=False)
        if COOKIE in request.cookies:
            return Told(frame.say("Your session has ended. Please log in again."), is_alert=False)
        return Told()

    def _objection(self, request: Request, frame: Frame, form: Mapping[str, str] | None) -> Told | None:
        if is_from_elsewhere(request.headers):
            return Told(frame.say("This was sent from another page. Please log in here."), status=403)
        if form is None:
            return Told(frame.say("That is too long to be a name and a password."), status=413)
        if not hmac.compare_digest(form.get("token", "").encode(), self._token(request.cookies.get(FORM_COOKIE, ""))):
            return Told(
                frame.say("This page was open for too long, or keeps no cookies. Please try again."), status=400
            )
        return None

    def _try(self, frame: Frame, form: Mapping[str, str], address: str) -> User | Told:
        name = plain_name(form.get("name", ""))
        if wait := self._attempts.wait(name, address):
            return _waiting(frame, wait)
        try:
            user = verify(self._users.path, name, form.get("password", ""))
        except UsersError as error:
            LOG.error("%s", error)
            return _unreadable(frame)
        if user is None:
            self._attempts.failed(name, address)
            # Without the name: people type passwords there.
            LOG.warning("a login from %s failed", address)
            if wait := self._attempts.wait(name, address):
                return _waiting(frame, wait)
            return Told(frame.say("The name or the password is wrong."), status=403, is_wrong=True)
        self._attempts.succeeded(name)
        LOG.info("%s logged in from %s", user.name, address)
        return user

    def _token(self, cookie: str) -> bytes:
        """What a form must hold that belongs to a browser's cookie; without a cookie nothing fits."""
        if not cookie:
            return secrets.token_bytes()
        return hmac.new(self._key, cookie.encode("utf-8", "replace"), hashlib.sha256).hexdigest().encode()

    def _frame(self, request: Request, fields: Mapping[str, str]) -> Frame:
        for language in (fields.get(CHOSEN), request.cookies.get(CHOSEN)):
            if language in self._frames:
                return self._frames[language]
        return self._frames[preferred(request.headers.get("accept-language", ""), tuple(self._frames))]

    def _page(self, request: Request, frame: Frame, fields: Mapping[str, str], told: Told) -> Response:
        cookie = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe()
        # A session's cookie is not sent when another site's page leads here; asked for anew by this page, it is.
        is_led_here = request.method == "GET" and request.headers.get("sec-fetch-site") not in (
            None,
            "same-origin",
            "none",
        )
        html = frame.render(
            TEMPLATE, told=told, token=self._token(cookie).decode(), name=fields.get("name", ""),
            next=asked_address(fields.get("next", "")), root=_at(request, ""), chosen=CHOSEN,
            languages=[(language, NAMES[language]) for language in self._frames], is_led_here=is_led_here,
        )  # fmt: skip
        headers = {"Content-Security-Policy": POLICY, "Vary": "Accept-Language, Cookie"}
        if told.wait_seconds:
            headers["Retry-After"] = str(told.wait_seconds)
        page = HTMLResponse(html, told.status, headers)
        _set_cookie(request, page, FORM_COOKIE, cookie, LOGIN)
        return page


def _waiting(frame: Frame, seconds: int) -> Told:
    text = frame.count(
        "Too many wrong passwords. Please try again in {n} minute; until then no password is looked at.",
        "Too many wrong passwords. Please try again in {n} minutes; until then no password is looked at.",
        math.ceil(seconds / SECONDS_A_MINUTE),
    )
    return Told(text, status=429, wait_seconds=seconds)


def _unreadable(frame: Frame) -> Told:
    text = frame.say("The list of users cannot be read. Whoever runs this program is told why by this command:")
    return Told(text, "python -m web users list", status=503)


async def _read_form(request: Request) -> Mapping[str, str] | None:
    """The fields of a form by name; None where it is longer than any of ours."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > FORM_BYTES:
            return None
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _led(request: Request, address: str) -> Response:
    return RedirectResponse(_at(request, address), 303)


def _at(request: Request, path: str) -> str:
    return f"{request.scope.get('root_path', '')}{path}"


def _set_cookie(request: Request, response: Response, name: str, value: str, path: str) -> None:
    is_secure = request.url.scheme == "https"
    response.set_cookie(name, value, path=_at(request, path), secure=is_secure, httponly=True, samesite="strict")
