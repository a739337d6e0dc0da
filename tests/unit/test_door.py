"""Who comes in, by the address that a request came to and the host that it names."""

import pytest

from tutor.domain.access import Access
from tutor.errors import AccessError, SettingsError
from tutor.ui.door import access_of


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TUTOR_ACCESS", "TUTOR_HOSTS"):
        monkeypatch.delenv(name, raising=False)


def request(address: str | None, host: str) -> dict[str, object]:
    return {
        "type": "http",
        "server": address and (address, 8501),
        "headers": [(b"host", host.encode())],
    }


@pytest.mark.parametrize("address", ["192.168.1.5", "10.0.0.1", "2001:db8::1", None])
def test_a_made_up_host_does_not_help_whoever_came_from_elsewhere(address: str | None) -> None:
    with pytest.raises(AccessError, match="this machine alone"):
        access_of(request(address, "localhost"))


def test_the_machine_itself_comes_in() -> None:
    assert access_of(request("127.0.0.1", "localhost:8501")) is Access.ALONE


def test_names_are_asked_for_even_where_all_may_practice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_ACCESS", "open")
    assert access_of(request("10.0.0.1", "whatever.example")) is Access.OPEN
    monkeypatch.setenv("TUTOR_HOSTS", "*.example.edu")
    assert access_of(request("10.0.0.1", "tutor.example.edu")) is Access.OPEN
    with pytest.raises(AccessError, match="TUTOR_HOSTS"):
        access_of(request("10.0.0.1", "whatever.example"))


def test_a_name_alone_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_HOSTS", "tutor.example.edu")
    with pytest.raises(AccessError, match="this machine alone"):
        access_of(request("127.0.0.1", "tutor.example.edu"))


def test_a_setting_that_makes_no_sense_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_ACCESS", "all")
    with pytest.raises(SettingsError, match="TUTOR_ACCESS"):
        access_of(request("127.0.0.1", "localhost"))
