"""Who is at the keyboard of this tab, by what the browser brought along when it came."""

import os
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st

from tutor import settings
from tutor.access import access_of, expired, has_accounts, host_of, is_token, person_of, visitor
from tutor.domain.access import LOCAL, Access, Person
from tutor.errors import LoginNeeded, SettingsError, TutorError
from tutor.ui.state import state

T = TypeVar("T")

#: The cookie that knows a visitor again; `tutor/ui/visitors.py` sets it.
COOKIE = "tutor_visitor"
#: What a provider is called that stands in `[auth]` itself; Streamlit knows it by this name too.
DEFAULT = "default"


def me() -> Person:
    """The person whose session this is.

    Raises:
        LoginNeeded: nobody is logged in, or the login is over.
        AccessError: others could come in, and nothing says that they may.
        SettingsError: what is configured makes no sense.
    """
    match access():
        case Access.ALONE:
            return LOCAL
        case Access.OPEN:
            token = st.context.cookies.get(COOKIE)
            return visitor(token if token and is_token(token) else state().visitor)
        case Access.ACCOUNTS:
            return _logged_in()


def later(make: Callable[[Person], T]) -> Callable[[], T]:
    """`make` for the person of now, to be called when no session says any more who that is.

    What it gives raises a LoginNeeded once the login is over.

    Raises:
        LoginNeeded, AccessError, SettingsError: as `me` does.
    """
    person, claims = me(), st.user.to_dict()

    def made() -> T:
        _check_time(claims)
        return make(person)

    return made


def supervises() -> bool:
    """Whether the supervisors' pages are for them; never for somebody who is not known."""
    try:
        return me().supervises
    except TutorError:
        return False


def access() -> Access:
    """How people come in to this server, as it is configured and as this session reached it.

    Raises:
        AccessError: others could come in, and nothing says that they may.
        SettingsError: what is configured makes no sense.
    """
    return access_at(
        address=st.get_option("server.address") or "0.0.0.0",  # noqa: S104  # Streamlit's default
        asked=host_of(st.context.headers.get("Host", "localhost")),
    )


def access_at(*, address: str, asked: str) -> Access:
    """The same for whoever comes in at that address, and asked for that host.

    Raises:
        AccessError: others could come in, and nothing says that they may.
        SettingsError: what is configured makes no sense.
    """
    return access_of(
        accounts=has_accounts(secret("auth")),
        everybody=settings.open_to_everybody(),
        address=address,
        asked=asked,
    )


def providers() -> tuple[str, ...]:
    """The providers of logins that are configured, by the names that `st.login` takes."""
    auth = secret("auth")
    named = tuple(name for name, value in auth.items() if "client_id" in _section(value))
    return (DEFAULT, *named) if "client_id" in auth else named


def secret(name: str) -> Mapping[str, object]:
    """A section of secrets.toml; empty where there is no such section, or no such file.

    A file that is new is noticed within a second.

    Raises:
        SettingsError: the file cannot be read. To go on as if there were none would open the door.
    """
    return _secret(name, int(time.monotonic()))


# Every page asks, several times. The second is a part of the key, since a cache of Streamlit's with
# a time to live can forget a value between seeing that it is there and reading it (a KeyError).
@st.cache_resource(max_entries=8, show_spinner=False)
def _secret(name: str, second: int) -> Mapping[str, object]:
    try:
        if st.secrets.load_if_toml_exists():
            return _section(st.secrets.get(name))
    except FileNotFoundError:
        pass
    if any(map(os.path.exists, st.get_option("secrets.files"))):
        raise SettingsError(
            "secrets.toml cannot be read. The server's log says where it goes wrong."
        )
    return {}


def _section(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _logged_in() -> Person:
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        raise LoginNeeded("Please log in to go on.")
    _check_time(claims)
    return person_of(claims, settings.roles(secret("roles")))


def _check_time(claims: Mapping[str, object]) -> None:
    if expired(claims, time.time()):  # Streamlit itself does not look
        raise LoginNeeded("Your login has expired. Please log in again to go on.")
