"""Which requests come in at all: those for a host that this server answers to."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tutor import settings
from tutor.access import answers_to, host_of, is_loopback
from tutor.domain.access import Access
from tutor.errors import AccessError, TutorError
from tutor.ui import who

#: What tells strangers how many people are practicing; a health check does with less.
SHUT = "/_stcore/metrics"


class Door:
    """Middleware that turns requests away, over HTTP and websockets alike.

    A page elsewhere whose name is made to lead to this machine would otherwise pass for the tutor's
    own in a browser, and could read what was written here.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what may come in, and answer the rest."""
        turned_away = None if scope["type"] == "lifespan" else _refusal(scope)
        await (turned_away or self.app)(scope, receive, send)


def access_of(scope: Scope) -> Access:
    """How this request comes in, by the address that it came in at and the host it asks for.

    Raises:
        AccessError: it may not come in.
        SettingsError: what is configured makes no sense.
    """
    address, _ = scope.get("server") or ("", None)
    host = host_of(Headers(scope=scope).get("host", ""))
    access = who.access_at(address=address, asked=host)
    if (names := settings.hosts()) and not (is_loopback(host) or answers_to(host, names)):
        raise AccessError(
            "This server does not answer to that name. Whoever runs it can add it to TUTOR_HOSTS."
        )
    return access


def _refusal(scope: Scope) -> Response | None:
    if scope["path"].rstrip("/").endswith(SHUT):
        return PlainTextResponse("Not Found\n", status_code=404)
    try:
        access_of(scope)
    except TutorError as error:
        status = 400 if isinstance(error, AccessError) else 500
        return PlainTextResponse(f"{error}\n", status_code=status)
    return None
