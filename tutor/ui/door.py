"""Which requests come in at all: those for a host that this server answers to, from its own page.

And of what a page may say over its websocket, only what the tutor's pages do say.
"""

import streamlit as st
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from tutor import settings
from tutor.access import answers_to, host_of, is_loopback
from tutor.domain.access import Access
from tutor.errors import AccessError, TutorError
from tutor.ui import who

#: What tells strangers how many people are practicing; a health check does with less.
SHUT = "/_stcore/metrics"
#: What pages say. The rest is for who writes them: it would empty the caches of everybody, and tell
#: of the folder that the tutor lies in.
SAID = {
    "rerun_script",
    "stop_script",
    "app_heartbeat",
    "file_urls_request",
    "backend_operation_request",
}
#: By one of these a proxy tells that it was asked by somebody else.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")

_UPLOAD = "/_stcore/upload_file/"
_asked_for_files: set[str] = set()


class Door:
    """Middleware that turns requests away, over HTTP and websockets alike.

    A page elsewhere whose name is made to lead to this machine would otherwise pass for the tutor's
    own in a browser, and could read what was written here. So could a page of another server on
    this machine, over a websocket.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what may come in, and answer the rest."""
        turned_away = None if scope["type"] == "lifespan" else _refusal(scope)
        if scope["type"] == "websocket":
            receive = _heard(receive)
        await (turned_away or self.app)(scope, receive, send)


def ask_for_files(session: str) -> None:
    """Take files from that session of Streamlit's from now on; from others none are taken.

    Files lie in memory, and Streamlit would take any number from whoever opens a websocket.
    """
    _asked_for_files.add(session)


def access_of(scope: Scope) -> Access:
    """How this request comes in, by the address that it came in at and the host it asks for.

    Raises:
        AccessError: it may not come in.
        SettingsError: what is configured makes no sense.
    """
    address, _ = scope.get("server") or ("", None)
    headers = Headers(scope=scope)
    host = host_of(headers.get("host", ""))
    forwarded = any(name in headers for name in FORWARDED)
    access = who.access_at(address=address, asked="" if forwarded else host)
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
    if _is_foreign(scope) or _is_unasked_file(scope["path"]):
        return PlainTextResponse("Forbidden\n", status_code=403)
    return None


def _is_foreign(scope: Scope) -> bool:
    """Whether a page from elsewhere opens a websocket.

    Streamlit lets in those of this machine, and asks the internet for its address before others.
    """
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    return (
        scope["type"] == "websocket"
        and origin is not None
        and origin.partition("://")[2] != headers.get("host")
        and origin not in st.get_option("server.corsAllowedOrigins")
    )


def _is_unasked_file(path: str) -> bool:
    _, upload, rest = path.partition(_UPLOAD)
    return bool(upload) and rest.split("/")[0] not in _asked_for_files


def _heard(receive: Receive) -> Receive:
    """`receive`, without what no page says."""

    async def heard() -> Message:
        while not _is_said(message := await receive()):
            pass
        return message

    return heard


def _is_said(message: Message) -> bool:
    if not (frame := message.get("bytes")):
        return True
    try:
        return BackMsg.FromString(frame).WhichOneof("type") in SAID
    except DecodeError:
        return True  # Streamlit ends the connection
