"""From plain data to domain types, with every mistake told at its line.

pydantic validates straight into the dataclasses of `tutor.domain`; there is no second list of keys.
"""

import json
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cache
from itertools import islice
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from tutor.content.source import Source, Value, inside
from tutor.domain.problems import Problem
from tutor.domain.vocabulary import Misstep, Move

T = TypeVar("T")

#: The longest quotation in a problem, in characters.
QUOTE = 60
#: After that many errors the rest of a file is not told: it is another kind of file.
MAX_ERRORS = 200
PLAIN = {str: "text", int: "a whole number", bool: "true or false"}
UNKNOWN_KEY = ("unexpected_keyword_argument", "extra_forbidden")


def validate(kind: type[T], source: Source) -> tuple[T | None, tuple[Problem, ...]]:
    """The value of type `kind` that `source` holds, and the problems on the way, in file order.

    The value is None if there is any problem, the source's own included.
    """
    if not source.readable:
        return None, source.problems
    problems = list(source.problems)
    value: T | None = None
    # Strict, and as JSON: enumerations are read from text and tuples from lists, but no number is
    # read from text and no truth value from a number.
    text = json.dumps(source.data, ensure_ascii=False)
    try:
        value = cast(T, _adapter(cast(Hashable, kind)).validate_json(text, strict=True))
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        problems += _told(kind, source, errors[:MAX_ERRORS])
    told = {problem.path for problem in problems}
    problems += islice(_untrue(kind, source, told), MAX_ERRORS)
    return None if problems else value, tuple(sorted(set(problems)))


def closest(word: str, words: Iterable[str]) -> str:
    """The one of `words` that `word` was probably meant to be, or nothing.

    >>> closest("invit", ["invite", "own"])
    'invite'
    """
    return next(iter(get_close_matches(word, list(words), n=1)), "")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401
    return TypeAdapter(kind)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an error lies: its path, the steps to it, what is there, and whether it is the key."""

    path: str
    steps: tuple[str | int, ...]
    value: Value
    is_key: bool


def _told(kind: type, source: Source, errors: list[Any]) -> Iterator[Problem]:
    """One problem for each place; several errors at one place are those of a union's members."""
    placed = [(_place(source.data, error), error) for error in errors]
    paths = {place.path for place, _ in placed}
    own = {problem.path for problem in source.problems if problem.path}
    seen: set[tuple[str, bool]] = set()
    for place, error in placed:
        # "Not text" says nothing where the mapping that may stand instead has problems of its own.
        around = any(other.startswith((place.path + ".", place.path + "[")) for other in paths)
        if place.path in own or (around and error["type"].endswith("_type")):
            continue
        if (place.path, place.is_key) not in seen:
            seen.add((place.path, place.is_key))
            yield _problem(kind, source, place, error)


def _place(data: Value, error: Any) -> _Place:  # noqa: ANN401
    """Follow an error's location; steps that are no place in the file name members of a union."""
    path, value = "", data
    steps: list[str | int] = []
    *_, final = error["loc"] or ("",)
    for step in error["loc"]:
        if isinstance(value, dict) and isinstance(step, str):
            missing = error["type"] == "missing" and step == final
            if step not in value and not missing:
                continue
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            continue
        path = inside(path, step)
        steps.append(step)
    return _Place(path, tuple(steps), value, is_key=final == "[key]")


def _problem(kind: type, source: Source, place: _Place, error: Any) -> Problem:  # noqa: ANN401
    expected = _type_at(kind, place.steps, key=place.is_key)
    final = str(place.steps[-1]) if place.steps else ""
    found, allowed, suggestion = _shown(place.value), _described(expected), ""
    if error["type"] in UNKNOWN_KEY:
        keys = _keys(_type_at(kind, place.steps[:-1]))
        code, found, allowed = "unknown-key", repr(final[:QUOTE]), ", ".join(keys)
        suggestion = closest(final, keys)
    elif error["type"] == "missing" and error["loc"] and error["loc"][-1] == final:
        code, found = "missing-key", "nothing"
    elif error["type"] == "value_error":
        code, found, allowed = "bad-value", str(error["ctx"]["error"]), ""
    elif error["type"] == "enum" and (place.is_key or isinstance(place.value, str | int)):
        word = final if place.is_key else str(place.value)
        code = "unknown-code" if _is_code(expected) else "bad-value"
        found, suggestion = repr(word[:QUOTE]), closest(word, _words(expected))
    elif error["type"] in ("missing", "too_long", "too_short"):
        code = "bad-value"
    else:
        code = "wrong-type"
        if str in _members(expected) and isinstance(place.value, bool | int):
            allowed = allowed.replace("text", "text (in quotation marks)", 1)
    return Problem(
        file=source.file,
        line=source.line(place.path),
        code=code,
        path=place.path,
        found=found,
        allowed=allowed,
        suggestion=suggestion,
    )


def _untrue(kind: type, source: Source, told: set[str]) -> Iterator[Problem]:
    """Truth values where none is wanted: to pydantic, true is as good as 1 for a level."""
    for steps, value in _truths(source.data, ()):
        path = ""
        for step in steps:
            path = inside(path, step)
        expected = _type_at(kind, steps)
        if bool not in _members(expected) and path not in told:
            yield Problem(
                file=source.file,
                line=source.line(path),
                code="wrong-type",
                path=path,
                found=_shown(value),
                allowed=_described(expected),
            )


def _truths(
    value: Value, steps: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], bool]]:
    if isinstance(value, bool):
        yield steps, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _truths(item, (*steps, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _truths(item, (*steps, number))


def _members(kind: object) -> tuple[Any, ...]:
    """The types that a union allows, without None; any other type by itself."""
    if get_origin(kind) in (Union, UnionType):
        return tuple(m for member in get_args(kind) for m in _members(member) if m is not NoneType)
    return (kind,)


def _type_at(kind: object, steps: tuple[str | int, ...], *, key: bool = False) -> object:
    """The type wanted at the end of `steps`, or `object` where none is."""
    for number, step in enumerate(steps):
        inner: object = object
        for member in _members(kind):
            origin, args = get_origin(member), get_args(member)
            if is_dataclass(member) and step in _keys(member):
                inner = get_type_hints(member)[str(step)]
            elif origin is dict:
                inner = args[0] if key and number == len(steps) - 1 else args[1]
            elif origin is tuple and isinstance(step, int):
                inner = args[0] if args[-1] is Ellipsis else args[min(step, len(args) - 1)]
        kind = inner
    return kind


def _keys(kind: object) -> tuple[str, ...]:
    return tuple(f.name for m in _members(kind) if is_dataclass(m) for f in fields(m))


def _is_code(kind: object) -> bool:
    return any(member in (Move, Misstep) for member in _members(kind))


def _words(kind: object) -> list[str]:
    """The words or numbers that enumerations allow."""
    enums = [m for m in _members(kind) if isinstance(m, type) and issubclass(m, Enum)]
    return [str(word.value) for enum in enums for word in enum]


def _described(kind: object) -> str:
    """What may stand there, in words; empty for anything."""
    words = [", ".join(_words(kind))]
    for member in _members(kind):
        origin, args = get_origin(member), get_args(member)
        if is_dataclass(member):
            words.append("a mapping with " + ", ".join(_keys(member)))
        elif origin is tuple and args[-1] is not Ellipsis:
            words.append(f"a list of {len(args)}")
        elif origin is tuple or origin is frozenset:
            words.append("a list")
        elif origin is dict:
            words.append("a mapping")
        else:
            words.append(PLAIN.get(member, ""))
    return ", or ".join(filter(None, words))


def _shown(value: Value) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return repr(value if len(value) <= QUOTE else value[: QUOTE - 1] + "…")
    if isinstance(value, dict):
        return "a mapping"
    return f"a list of {len(value)}" if isinstance(value, list) else str(value)
