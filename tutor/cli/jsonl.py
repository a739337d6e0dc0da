"""Replies read from JSON Lines, and codings written to them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tutor.domain.attempt import Dispute
from tutor.domain.coding import Coding, Context
from tutor.domain.vocabulary import Rupture
from tutor.errors import ReplyError
from tutor.settings import MAX_CODED


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A reply to code, as it stood on line `line` (1-based)."""

    line: int
    id: str | int
    reply: str
    context: Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A line (1-based) that was not coded, and the reason; never the reply itself."""

    line: int
    why: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.why}"


def checked(text: object, name: str) -> str:
    """`text`, once it is known to be text that can be coded and written out again as UTF-8.

    Raises:
        ReplyError: not text, longer than `MAX_CODED` characters, or with half a surrogate pair.
    """
    if not isinstance(text, str):
        raise ReplyError(f"{name} is not text")
    if len(text) > MAX_CODED:
        raise ReplyError(f"{name} has {len(text):,} characters; at most {MAX_CODED:,} are coded")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ReplyError(
            f"{name} is not valid Unicode: a lone surrogate at character {error.start}"
        ) from None
    return text


def read_requests(lines: Iterable[bytes]) -> Iterator[Request | Refusal]:
    """What each line asks for, in order; empty lines are passed over, bad ones become refusals.

    A byte order mark and Windows line ends are taken off; keys that are not known are ignored.
    """
    for number, line in enumerate(lines, start=1):
        stripped = (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip()
        if not stripped:
            continue
        try:
            yield _request(number, stripped)
        except ReplyError as error:
            yield Refusal(line=number, why=str(error))


def _request(number: int, line: bytes) -> Request:
    """The request on one line.

    Raises:
        ReplyError: the line is not one; the message says why.
    """
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError:
        raise ReplyError("not UTF-8") from None
    except (ValueError, RecursionError):  # a number of 5,000 digits, a thousand brackets
        raise ReplyError("not JSON") from None
    if not isinstance(row, dict):
        raise ReplyError("not a JSON object")
    for key in ("id", "reply"):
        if row.get(key) is None:
            raise ReplyError(f"no {key}")
    identity = row["id"]
    if isinstance(identity, bool) or not isinstance(identity, int | str):
        raise ReplyError("id is neither text nor a whole number")
    around = {
        key: checked(row.get(key) or "", key) for key in ("before", "client", "setting", "strained")
    }
    return Request(
        line=number,
        id=checked(identity, "id") if isinstance(identity, str) else identity,
        reply=checked(row["reply"], "reply"),
        context=Context(**around, rupture=_rupture(row.get("rupture"))),
    )


def _rupture(name: object) -> Rupture | None:
    if name is None or name == "":
        return None
    if not isinstance(name, str) or name not in list(Rupture):
        raise ReplyError(f"rupture is none of {', '.join(Rupture)}")
    return Rupture(name)


def as_json(identity: str | int, coding: Coding) -> str:
    """One line of output, without its line end; offsets are characters, half-open."""
    evidence: dict[str, list[dict[str, object]]] = {}
    for found in coding.evidence:
        evidence.setdefault(found.code.value, []).append(
            {
                "start": found.span.start,
                "end": found.span.end,
                "text": found.span.of(coding.reply),
                "rule": found.rule,
                "level": int(found.level),
            }
        )
    near_misses = [
        {
            "code": miss.code.value,
            "start": miss.span.start,
            "end": miss.span.end,
            "rule": miss.rule,
            "why": miss.why,
        }
        for miss in coding.near_misses
    ]
    row = {
        "id": identity,
        "moves": {move.value: int(level) for move, level in coding.moves.items()},
        "missteps": [misstep.value for misstep in coding.missteps],
        "evidence": evidence,
        "near_misses": near_misses,
    }
    return json.dumps(row, ensure_ascii=False)


def as_disputed(dispute: Dispute, coding: Coding, context: Context) -> str:
    """A dispute as a line that `code --in` takes again, with what was found for its code."""
    row = {
        "id": f"{dispute.made_at:%Y-%m-%dT%H:%M:%S}-{dispute.number}-{dispute.code.value}",
        "setting": context.setting,
        "rupture": context.rupture.value if context.rupture else None,
        "before": context.before,
        "client": context.client,
        "reply": coding.reply,
        "disputed": dispute.code.value,
        "why": dispute.why,
        "level": int(coding.level(dispute.code)),
        "rules": [found.rule for found in coding.of(dispute.code)],
        "near": [miss.rule for miss in coding.near_misses if miss.code == dispute.code],
    }
    return json.dumps(row, ensure_ascii=False)
