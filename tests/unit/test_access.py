"""Who somebody is, and how people come in: tables of what a provider, or a browser, may say."""

import doctest
from secrets import token_urlsafe

import pytest

from tutor import access, settings
from tutor.access import (
    access_of,
    expired,
    has_accounts,
    host_of,
    is_loopback,
    is_token,
    person_of,
    visitor,
)
from tutor.domain.access import Access, Role, Roles
from tutor.errors import AccessError, LoginNeeded, SettingsError

RUTH = {"iss": "https://id.example.edu", "sub": "7", "name": "Ruth Oh", "email": "ruth@example.edu"}
FACULTY = Roles(
    supervisors=frozenset({"ruth@example.edu"}),
    claim="groups",
    values=frozenset({"faculty", "staff"}),
)


def test_what_the_docstrings_show_is_so() -> None:
    assert doctest.testmod(access).failed == 0


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({}, Role.SUPERVISOR),
        ({"email": "RUTH@Example.edu "}, Role.SUPERVISOR),
        ({"email_verified": True}, Role.SUPERVISOR),
        ({"email_verified": False}, Role.LEARNER),
        ({"email_verified": "false"}, Role.LEARNER),
        ({"email_verified": "False"}, Role.LEARNER),
        ({"email_verified": "no"}, Role.LEARNER),
        ({"email_verified": 0}, Role.LEARNER),
        ({"email_verified": None}, Role.LEARNER),
        ({"email_verified": "true"}, Role.SUPERVISOR),
        ({"email": "ruth@example.edu.example.com"}, Role.LEARNER),
        ({"email": ""}, Role.LEARNER),
        ({"email": ["ruth@example.edu"]}, Role.LEARNER),
        ({"email": None, "groups": "faculty"}, Role.SUPERVISOR),
        ({"email": None, "groups": ["students", "staff"]}, Role.SUPERVISOR),
        ({"email": None, "groups": ["students"]}, Role.LEARNER),
        ({"email": None, "groups": "faculty,students"}, Role.LEARNER),
        ({"email": None, "groups": {"faculty": True}}, Role.LEARNER),
        ({"email": None, "groups": [["faculty"]]}, Role.LEARNER),
        ({"email_verified": False, "groups": ["faculty"]}, Role.SUPERVISOR),
    ],
)
def test_a_supervisor_is_listed_or_has_a_claim(claims: dict[str, object], role: Role) -> None:
    assert person_of(RUTH | claims, FACULTY).role is role


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("kim.ross@example.edu", "\u212aim.ross@example.edu"),  # the sign for kelvin
        ("kim.ross@example.edu", "kim.ro\u017f\u017f@example.edu"),
        ("kim.ross@example.edu", "kim.ro\u00df@example.edu"),
        ("kim.ro\u00df@example.edu", "kim.ross@example.edu"),
    ],
)
def test_an_address_that_only_looks_like_a_listed_one_is_anothers(listed: str, said: str) -> None:
    roles = settings.roles({"supervisors": [listed]})
    assert person_of(RUTH | {"email": said}, roles).role is Role.LEARNER
    assert person_of(RUTH | {"email": listed.replace("kim", "KIM")}, roles).role is Role.SUPERVISOR


def test_without_roles_nobody_supervises() -> None:
    assert person_of(RUTH | {"": "", "groups": ""}, Roles()).role is Role.LEARNER
    assert person_of(RUTH | {"email": ""}, Roles()).role is Role.LEARNER


def test_the_id_comes_of_issuer_and_subject_and_tells_neither() -> None:
    ruth = person_of(RUTH, Roles())
    assert ruth.id.startswith("u-")
    assert len(ruth.id) == 34
    assert person_of(RUTH | {"email": "new@example.edu", "name": "R"}, Roles()).id == ruth.id
    others = [{"sub": "8"}, {"iss": "https://id.example.com"}]
    assert len({ruth.id, *(person_of(RUTH | other, Roles()).id for other in others)}) == 3
    # Put side by side without care, these two would be one person.
    one, other = ({"iss": "ab", "sub": "c"}, {"iss": "a", "sub": "bc"})
    assert person_of(one, Roles()).id != person_of(other, Roles()).id


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({}, "Ruth Oh"),
        ({"name": " "}, "ruth@example.edu"),
        ({"name": None, "email": None, "preferred_username": "ruth"}, "ruth"),
        ({"name": None, "email": None}, "Without a name"),
        ({"name": "R" * 999}, "R" * 100),
        ({"name": "Ruth\x00\n\tOh\ud83d"}, "Ruth Oh"),
        ({"name": "Ruth \u202ehO\u2066"}, "Ruth hO"),
        ({"name": "\u202e\x00"}, "ruth@example.edu"),
        ({"name": "\u0646\u06cc\u200c\u0644\u0648"}, "\u0646\u06cc\u200c\u0644\u0648"),
    ],
)
def test_the_name_is_what_the_login_offers(claims: dict[str, object], name: str) -> None:
    assert person_of(RUTH | claims, Roles()).name == name


@pytest.mark.parametrize("without", [{"iss": None}, {"sub": ""}, {"sub": 7}])
def test_a_login_without_issuer_or_subject_is_nobody(without: dict[str, object]) -> None:
    with pytest.raises(LoginNeeded, match="issuer or a subject"):
        person_of(RUTH | without, FACULTY)


def test_a_visitor_is_known_by_the_token_alone_and_supervises_nothing() -> None:
    assert visitor("a").id == visitor("a").id != visitor("b").id
    assert visitor("a").id.startswith("v-")
    assert not visitor("a").supervises


@pytest.mark.parametrize(
    ("said", "fit"),
    [(token_urlsafe(), True), ("", False), ("a" * 44, False), ("ä" * 43, False), (None, False)],
)
def test_what_no_server_has_given_out_is_no_token(said: object, fit: bool) -> None:
    assert is_token(said) is fit


@pytest.mark.parametrize(
    ("claims", "over"),
    [({}, False), ({"exp": 99}, True), ({"exp": 100}, True), ({"exp": 101}, False)],
)
def test_a_login_is_over_when_it_says_so(claims: dict[str, object], over: bool) -> None:
    assert expired(claims, 100.0) is over


@pytest.mark.parametrize("secret", ["", " " * 48, "changeme", "a" * 23, None, 7])
def test_a_cookie_that_anybody_could_sign_lets_nobody_in(secret: object) -> None:
    with pytest.raises(SettingsError, match="cookie_secret") as refused:
        has_accounts({"client_id": "tutor", "cookie_secret": secret})
    assert "changeme" not in str(refused.value)


def test_a_login_is_set_up_by_its_section() -> None:
    assert has_accounts({"client_id": "tutor", "cookie_secret": token_urlsafe(48)})
    assert not has_accounts({})


@pytest.mark.parametrize(
    ("address", "asked"),
    [("127.0.0.1", "localhost"), ("::1", "::1"), ("127.8.9.1", "127.0.0.1"), ("localhost", "::1")],
)
def test_alone_is_this_machine_alone(address: str, asked: str) -> None:
    alone = access_of(accounts=False, everybody=False, address=address, asked=asked)
    assert alone is Access.ALONE


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("0.0.0.0", "localhost"),
        ("::", "localhost"),
        ("192.168.1.5", "127.0.0.1"),
        ("127.0.0.1", "tutor.example.edu"),
        ("127.0.0.1", "192.168.1.5"),
        ("127.0.0.1", ""),
        ("", "localhost"),
    ],
)
def test_where_others_could_come_in_something_has_to_say_that_they_may(
    address: str, asked: str
) -> None:
    with pytest.raises(AccessError, match="TUTOR_ACCESS=open"):
        access_of(accounts=False, everybody=False, address=address, asked=asked)
    opened = access_of(accounts=False, everybody=True, address=address, asked=asked)
    assert opened is Access.OPEN
    with_login = access_of(accounts=True, everybody=True, address=address, asked=asked)
    assert with_login is Access.ACCOUNTS


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("localhost:8501", "localhost"),
        ("LOCALHOST.", "localhost"),
        ("[::1]:8501", "::1"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost@evil.example", ""),
        ("evil.example/localhost", ""),
        ("localhost:8501:1", ""),
        ("", ""),
    ],
)
def test_a_host_header_names_a_host_or_nothing(header: str, host: str) -> None:
    assert host_of(header) == host


@pytest.mark.parametrize("host", ["", "127.0.0.1.example.edu", "128.0.0.1", "local", "::2"])
def test_what_only_looks_like_this_machine_is_not(host: str) -> None:
    assert not is_loopback(host)


def test_how_people_come_in_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TUTOR_ACCESS", raising=False)
    assert not settings.open_to_everybody()
    monkeypatch.setenv("TUTOR_ACCESS", "open")
    assert settings.open_to_everybody()
    monkeypatch.setenv("TUTOR_ACCESS", "Open!")
    with pytest.raises(SettingsError, match="TUTOR_ACCESS is 'Open!'"):
        settings.open_to_everybody()
    monkeypatch.setenv("TUTOR_HOSTS", "Tutor.Example.edu, *.example.org,")
    assert settings.hosts() == {"tutor.example.edu", "*.example.org"}


def test_roles_are_read_from_the_secrets_or_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("TUTOR_SUPERVISORS", "TUTOR_ROLE_CLAIM", "TUTOR_ROLE_VALUES"):
        monkeypatch.delenv(name, raising=False)
    assert settings.roles({}) == Roles()
    section = {"supervisors": ["Ruth@Example.edu"], "claim": "groups", "values": "faculty,staff"}
    assert settings.roles(section) == FACULTY
    monkeypatch.setenv("TUTOR_SUPERVISORS", "a@b.edu, C@d.edu")
    assert settings.roles(section).supervisors == {"a@b.edu", "c@d.edu"}
    monkeypatch.setenv("TUTOR_ROLE_CLAIM", "role")
    monkeypatch.setenv("TUTOR_ROLE_VALUES", "teacher")
    assert settings.roles({}).values == {"teacher"}


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ({"supervisor": ["a@b.edu"]}, "'supervisor'"),
        ({"claim": "groups"}, "takes both"),
        ({"values": ["faculty"]}, "takes both"),
        ({"supervisors": 7}, "supervisors is neither"),
        ({"supervisors": ["a@b.edu", 7]}, "supervisors is neither"),
    ],
)
def test_roles_that_make_no_sense_are_refused(section: dict[str, object], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        settings.roles(section)
