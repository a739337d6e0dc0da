"""What every answer tells the browser that it may do with it: little."""

import base64
import re
from hashlib import sha256
from importlib.resources import files

from starlette.datastructures import Headers as Read
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_YEAR = 365 * 24 * 3600
#: What a page could ask a browser for, and the tutor never does.
_UNUSED = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")


def inline_scripts() -> str:
    """The scripts that stand in Streamlit's own page, as hashes that a policy can allow.

    They are read at the start, since they may change with the version of Streamlit.
    """
    page = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    digests = (sha256(script.encode()).digest() for script in _INLINE.findall(page))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def policy() -> str:
    """The content security policy: nothing from elsewhere, and no script but Streamlit's own.

    `blob:` is how Streamlit loads the script of `tutor/ui/live.py`. Styles stand inline everywhere.
    """
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {inline_scripts()}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class Headers:
    """Middleware that puts the same headers on every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.always = {
            "Content-Security-Policy": policy(),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.always)
                if is_https(scope):
                    headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
            await send(message)

        await self.app(scope, receive, with_headers)


def is_https(scope: Scope) -> bool:
    """Whether the browser came over TLS, to this server or to the proxy before it."""
    said = Read(scope=scope).get("x-forwarded-proto", scope["scheme"])
    return said in ("https", "wss")
