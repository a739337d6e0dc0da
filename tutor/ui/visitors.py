"""The cookie by which somebody without an account finds their attempts again."""

import secrets

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tutor.access import is_token
from tutor.domain.access import Access
from tutor.ui.door import access_of
from tutor.ui.headers import is_https
from tutor.ui.who import COOKIE

_YEAR = 365 * 24 * 3600


class Visitors:
    """Middleware that gives a browser its token with the first page, where no login is needed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and set the cookie where it is missing."""

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                secure = "; Secure" if is_https(scope) else ""
                headers.append(
                    "Set-Cookie",
                    f"{COOKIE}={secrets.token_urlsafe()}; Path=/; Max-Age={_YEAR}; HttpOnly; "
                    f"SameSite=Lax{secure}",
                )
                headers["Cache-Control"] = "no-store"  # or a cache would make one of two people
            await send(message)

        await self.app(scope, receive, with_cookie if _is_new(scope) else send)


def _is_new(scope: Scope) -> bool:
    """Whether a browser asks for a page, and brings no token along."""
    if scope["type"] != "http":
        return False
    asked = HTTPConnection(scope)
    return (
        "text/html" in asked.headers.get("accept", "")
        and not is_token(asked.cookies.get(COOKIE))
        and access_of(scope) is Access.OPEN
    )
