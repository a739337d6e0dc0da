"""Who somebody is by their login, and how people come in. Pure: what is asked of is handed in."""

import json
import re
from collections.abc import Collection, Mapping
from hashlib import sha256
from ipaddress import ip_address

from tutor.domain.access import Access, Person, Role, Roles, mailbox
from tutor.errors import AccessError, LoginNeeded, SettingsError

#: As many signs of a hash as tell any number of people apart.
SIGNS = 32
#: Of a longer name, this many characters are shown and stored.
LONGEST_NAME = 100
#: A shorter secret under the cookie that says who is logged in could be found by trying.
SHORTEST_SECRET = 24

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+)(:\d+)?")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
#: What no name holds: control characters, halves of broken ones, and turns of the direction, by
#: which a name would read as another, or turn round what stands behind it.
_NO_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_NOT_ALONE = (
    "Without accounts the tutor serves this machine alone: whoever reached it from elsewhere could "
    "read and delete everything that is kept here. To let others in, set up a login in "
    "secrets.toml, or set TUTOR_ACCESS=open to let anybody practice without one. On this machine, "
    "open it as http://localhost. docs/deployment.md tells how."
)


def person_of(claims: Mapping[str, object], roles: Roles) -> Person:
    """The person of whom a provider of logins says `claims`.

    The id comes of issuer and subject, since e-mail addresses change and are given to others.

    Raises:
        LoginNeeded: the login names no issuer or no subject; another one may.
    """
    issuer, subject = _text(claims, "iss"), _text(claims, "sub")
    if not (issuer and subject):
        raise LoginNeeded(
            "This login does not say who you are: it lacks an issuer or a subject. Nothing was "
            "stored. Whoever runs this server can ask the provider of the logins for both."
        )
    known = (_name(claims, key) for key in ("name", "email", "preferred_username"))
    return Person(
        id=f"u-{_hash(issuer, subject)}",
        name=next(filter(None, known), "Without a name")[:LONGEST_NAME],
        role=Role.SUPERVISOR if _supervises(claims, roles) else Role.LEARNER,
    )


def has_accounts(auth: Mapping[str, object]) -> bool:
    """Whether `[auth]` of secrets.toml sets up a login; it is empty where there is none.

    Raises:
        SettingsError: its cookie could be signed by anybody, who then could be anybody.
    """
    if auth and len(_text(auth, "cookie_secret")) < SHORTEST_SECRET:
        raise SettingsError(
            f"In secrets.toml, cookie_secret has fewer than {SHORTEST_SECRET} characters. Whoever "
            "guesses it can log in as anybody: make one of your own, as secrets.example.toml tells."
        )
    return bool(auth)


def is_token(said: object) -> bool:
    """Whether that can be the token of a visitor: 32 random bytes, as `secrets` writes them."""
    return isinstance(said, str) and _TOKEN.fullmatch(said) is not None


def visitor(token: str) -> Person:
    """The person who comes without an account, known by a random token alone."""
    return Person(id=f"v-{_hash(token)}", name="Visitor")


def expired(claims: Mapping[str, object], now: float) -> bool:
    """Whether the login is over at `now`, in seconds since 1970; without a time it never is."""
    end = claims.get("exp")
    return isinstance(end, int | float) and end <= now


def access_of(*, accounts: bool, everybody: bool, address: str, asked: str) -> Access:
    """How people come in: with accounts where a login is configured, or openly where that is said.

    Alone only where both the address that the server listens at, and the host that the browser
    asked for, are this machine's own.

    Raises:
        AccessError: others could come in, and nothing says that they may.
    """
    if accounts:
        return Access.ACCOUNTS
    if everybody:
        return Access.OPEN
    if is_loopback(address) and is_loopback(asked):
        return Access.ALONE
    raise AccessError(_NOT_ALONE)


def host_of(header: str) -> str:
    """The host that a Host header names, without the port; empty where it names none.

    >>> host_of("Tutor.Example.edu:8501"), host_of("[::1]:80"), host_of("me@localhost")
    ('tutor.example.edu', '::1', '')
    """
    named = _HOST.fullmatch(header.lower())
    return named[1].strip("[]").rstrip(".") if named else ""


def answers_to(host: str, names: Collection[str]) -> bool:
    """Whether one of the names is that host, or is a `*.` with the end of it.

    >>> answers_to("a.example.edu", ["*.example.edu"]), answers_to("example.edu", ["*.example.edu"])
    (True, False)
    """
    return any(host == name or (name[:2] == "*." and host.endswith(name[1:])) for name in names)


def is_loopback(host: str) -> bool:
    """Whether that name or address can only be reached from the machine itself.

    >>> is_loopback("localhost"), is_loopback("127.0.0.2"), is_loopback("localhost.example.edu")
    (True, True, False)
    """
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _supervises(claims: Mapping[str, object], roles: Roles) -> bool:
    """By a listed address, unless the provider has not verified it, or by a configured claim."""
    verified = claims.get("email_verified", True) in (True, "true")
    if mailbox(_text(claims, "email")) in roles.supervisors and verified:
        return True
    said = claims.get(roles.claim) if roles.claim else None
    held = said if isinstance(said, list | tuple) else [said]
    return any(isinstance(one, str) and one in roles.values for one in held)


def _name(claims: Mapping[str, object], key: str) -> str:
    return " ".join(_NO_NAME.sub(" ", _text(claims, key)).split())


def _text(claims: Mapping[str, object], name: str) -> str:
    said = claims.get(name)
    return said.strip() if isinstance(said, str) else ""


def _hash(*parts: str) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()[:SIGNS]
