"""Text that shows as itself in Markdown, whatever is typed into it."""

import re
import unicodedata

#: Marks that can begin something anywhere in a line. HTML's own two are left to entities.
_ANYWHERE = re.compile(r"[\\`*_{}\[\]#|!~$]")
#: What begins a list, a heading's underline or a rule, at the beginning of a line.
_BULLET = re.compile(r"^[-+=]")
_NUMBER = re.compile(r"^(\d+)([.)])")
#: An address that some readers make a link of, and a shortcode that some make a picture of.
_LINK = re.compile(r"(?i)(www)\.|([:@])(?=\S)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape_markdown(text: str) -> str:
    r"""The text as Markdown that shows it as it is: no markup, no HTML, the same lines.

    Lines end in a hard break, so the whole stays one paragraph; blanks around the whole and at the
    ends of lines are dropped, indentation is kept, control characters become U+FFFD.

    >>> escape_markdown("# *not* <b>")
    '\\# \\*not\\* &lt;b&gt;'
    >>> escape_markdown("1. a" + chr(10) + "- b")
    '1\\. a\\\n\\- b'
    """
    lines = [line.rstrip().expandtabs(4) for line in text.strip().splitlines()]
    return "\\\n".join(_line(line) for line in lines)


def one_line(text: str) -> str:
    """The same on a single line, for a heading, a list or a cell of a table."""
    return escape_markdown(" ".join(text.split()))


def quote(text: str) -> str:
    """The same as a block quotation."""
    return "\n".join(f"> {line}" for line in escape_markdown(text).split("\n"))


def _line(line: str) -> str:
    words = line.lstrip()
    indent = "&nbsp;" * (len(line) - len(words))
    words = "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") else c for c in words)
    # Entities come in last but one, so that no backslash lands inside one.
    words = _ANYWHERE.sub(r"\\\g<0>", words)
    words = re.sub("[&<>]", lambda found: _ENTITIES[found[0]], words)
    words = _LINK.sub(lambda found: f"{found[1] or ''}\\{found[2] or '.'}", words)
    return indent + _NUMBER.sub(r"\1\\\2", _BULLET.sub(r"\\\g<0>", words))
