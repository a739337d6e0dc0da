"""One YAML file, read strictly, in bounded memory and time, with the line of every value.

The file is read as a stream of parser events, never composed by the YAML library itself: an alias
is refused before it could expand, nesting before it could fill the stack, and no value is guessed.
Only plain ``true``, ``false``, ``null`` and whole numbers are more than text; ``no``, ``12:30``
and dates stay the text they are.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from tutor.content.files import Refused, read_text, whole_file
from tutor.domain.problems import Problem

#: The deepest nesting of lists and mappings, and the longest path, in characters. Every value keeps
#: its path, so that a long key around many values would otherwise fill the memory.
MAX_DEPTH = 40
MAX_PATH = 400
#: After that many values, or problems, the rest of a file is not looked at.
MAX_VALUES = 50_000
MAX_PROBLEMS = 50

#: libyaml's parser where PyYAML was built with it: some ten times as fast as the one in Python.
PARSER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

WORDS: dict[str, bool | None] = {"": None, "null": None, "true": True, "false": False}
WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | bool | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a file says: plain `data`, the line of each path, and what is wrong with it as YAML.

    `readable` is false where `data` says nothing about the file's content, because it could not be
    read to its end. `lines` are 1-based; an entry of a mapping has the line of its key.
    """

    file: str
    text: str = ""
    data: Value = None
    lines: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    readable: bool = True

    def line(self, path: str) -> int:
        """The line of `path`, or of the nearest thing around it; 0 in a file without content."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path, 0)


def inside(path: str, step: str | int) -> str:
    """The path of an entry or item inside `path`.

    >>> inside("rules[3]", "level"), inside("rules", 3)
    ('rules[3].level', 'rules[3]')
    """
    if isinstance(step, int):
        return f"{path}[{step}]"
    return f"{path}.{step}" if path else step


def read(path: Path, file: str) -> Source:
    """Read the YAML file at `path`; `file` is what problems call it. Nothing is raised."""
    try:
        text = read_text(path, file)
    except Refused as refused:
        return Source(file=file, problems=(refused.problem,), readable=False)
    return parse(text, file)


def parse(text: str, file: str) -> Source:
    """Read YAML text; `file` is what problems call it.

    Duplicate keys, aliases, anchors and tags are told all at once and the rest is still read;
    at anything else the reading stops.
    """
    reader = _Reader(file, text)
    try:
        for event in yaml.parse(text, Loader=PARSER):
            reader.take(event)
    except Refused as refused:
        reader.problems.append(refused.problem)
    except yaml.YAMLError as error:
        reader.problems.append(_syntax(error, text, file))
    except (ValueError, OverflowError):
        # The parser in Python lets chr() fail on an escape beyond Unicode.
        reader.problems.append(whole_file(file, "syntax", "an escape that is no character"))
    else:
        if reader.data is None and not reader.problems:
            reader.problems.append(
                whole_file(file, "empty-file", "nothing but comments, or nothing")
            )
        return reader.source(readable=reader.data is not None)
    return reader.source(readable=False)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; `key` is the entry that waits for its value."""

    value: "dict[str, Value] | list[Value]"
    path: str
    key: str | None = None


class _Reader:
    """Builds plain data from parser events, without recursion."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.data: Value = None
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._documents = 0

    def source(self, *, readable: bool) -> Source:
        """What has been read."""
        return Source(
            file=self.file,
            text=self.text,
            data=self.data,
            lines=self.lines,
            problems=tuple(self.problems),
            readable=readable,
        )

    def take(self, event: yaml.Event) -> None:
        """Take the next event.

        Raises:
            Refused: the file is not to be read any further.
        """
        if isinstance(event, yaml.NodeEvent):
            parent = self._open[-1] if self._open else None
            if parent is not None and parent.key is None and isinstance(parent.value, dict):
                self._key(event, parent, parent.value)
            else:
                self._node(event, parent)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(event, "several-documents", "a second document", "one document")

    def _key(self, event: yaml.NodeEvent, parent: _Open, mapping: "dict[str, Value]") -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "bad-key", "a list, mapping or alias as a key", "text as a key")
            return
        key = str(event.value)
        path, line = inside(parent.path, key), _line(event)
        if len(path) > MAX_PATH:
            found = f"a path of {len(path):,} characters"
            self._refuse(event, "bad-key", found, f"at most {MAX_PATH}")
        self._refuse_marks(event, path)
        if key in mapping:
            found = f"{key!r} again, first on line {self.lines[path]}"
            self._tell(event, "duplicate-key", path, found, "each key once")
        else:
            self.lines[path] = line
        # Held now, so that a key is known as taken while its own value is being read.
        mapping[key] = None
        parent.key = key

    def _node(self, event: yaml.NodeEvent, parent: _Open | None) -> None:
        path = ""
        if parent is not None:
            step = len(parent.value) if isinstance(parent.value, list) else parent.key
            path = inside(parent.path, step if step is not None else "")
        self.lines.setdefault(path, _line(event))
        if len(self.lines) > MAX_VALUES:
            self._refuse(event, "too-large", f"over {MAX_VALUES:,} values", "a smaller file")
        self._refuse_marks(event, path)
        value = self._value(event, path)
        if parent is None:
            self.data = value
        elif isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is not None:
            parent.value[parent.key] = value
            parent.key = None
        if isinstance(value, dict | list):
            if len(self._open) == MAX_DEPTH:
                found = f"nesting deeper than {MAX_DEPTH}"
                self._refuse(event, "too-deep", found, f"at most {MAX_DEPTH}")
            self._open.append(_Open(value, path))

    def _value(self, event: yaml.NodeEvent, path: str) -> Value:
        if isinstance(event, yaml.ScalarEvent):
            text = str(event.value)
            return _plain(text) if event.implicit[0] else text
        if isinstance(event, yaml.AliasEvent):
            self._tell(event, "alias", path, f"the alias *{event.anchor}", "the words themselves")
            return None
        return [] if isinstance(event, yaml.SequenceStartEvent) else {}

    def _refuse_marks(self, event: yaml.NodeEvent, path: str) -> None:
        if isinstance(event, yaml.AliasEvent):
            return
        if event.anchor is not None:
            self._tell(event, "alias", path, f"the anchor &{event.anchor}", "no anchors or aliases")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._tell(event, "tag", path, f"the tag {tag}", "no tags")

    def _tell(self, event: yaml.Event, code: str, path: str, found: str, allowed: str) -> None:
        self.problems.append(self._problem(event, code, path, found[:MAX_PATH], allowed))
        if len(self.problems) >= MAX_PROBLEMS:
            self._refuse(event, "too-many-problems", f"{MAX_PROBLEMS} problems up to here", "")

    def _refuse(self, event: yaml.Event, code: str, found: str, allowed: str) -> None:
        raise Refused(self._problem(event, code, "", found, allowed))

    def _problem(
        self, event: yaml.Event, code: str, path: str, found: str, allowed: str
    ) -> Problem:
        return Problem(
            file=self.file, line=_line(event), code=code, path=path, found=found, allowed=allowed
        )


def _plain(text: str) -> Value:
    if text in WORDS:
        return WORDS[text]
    return int(text) if WHOLE_NUMBER.fullmatch(text) else text


def _line(event: yaml.Event) -> int:
    # PyYAML's stubs allow for events without a mark; those of a parser have one.
    return event.start_mark.line + 1 if event.start_mark else 0


def _syntax(error: yaml.YAMLError, text: str, file: str) -> Problem:
    line, code, found, allowed = 0, "syntax", "this cannot be read as YAML", ""
    if isinstance(error, yaml.MarkedYAMLError):
        found = ", ".join(filter(None, (error.context, error.problem))) or found
        mark = error.problem_mark or error.context_mark
        if "nesting depth" in found:  # newer parsers count for themselves, and ahead of the reader
            code, found = "too-deep", f"nesting deeper than {MAX_DEPTH}"
            allowed = f"at most {MAX_DEPTH}"
        if mark is not None:
            line = mark.line + 1
            row = "".join(text.split("\n")[mark.line : line])
            if "\t" in row[: len(row) - len(row.lstrip())]:
                allowed = "spaces, not tabs, in front"
    elif character := UNPRINTABLE.search(text):
        line = text.count("\n", 0, character.start()) + 1
        found = f"the control character U+{ord(character.group()):04X}"
    return Problem(file=file, line=line, code=code, path="", found=found, allowed=allowed)
