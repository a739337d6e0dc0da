"""The command line. Each command imports what it needs when it runs, so that help comes at once."""

import errno
import io
import json
import sys
from pathlib import Path

import click

from tutor import settings
from tutor.cli.judging import audit
from tutor.cli.keeping import backup, restore
from tutor.cli.serving import serve
from tutor.domain.coding import Context
from tutor.domain.vocabulary import Rupture
from tutor.errors import TutorError


class Failure(click.ClickException):
    """The end of a command: a message on standard error, and the exit code."""

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click declares it on the class


class Commands(click.Group):
    """A group whose commands end a `TutorError` with its message and exit code, no traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command.

        Raises:
            Failure: what the product, or the file system, had against it.
        """
        try:
            return super().invoke(ctx)
        except TutorError as error:
            raise Failure(str(error), error.exit_code) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader went away; click ends quietly
                raise
            what = error.strerror or type(error).__name__
            where = f"{error.filename}: " if error.filename else ""
            raise Failure(f"{where}{what}") from error


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
def main() -> None:
    """A practice tutor for alliance rupture and repair, from the command line.

    The tutor itself runs in a browser: python -m streamlit run app.py
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


for command in (audit, backup, restore, serve):
    main.add_command(command)


@main.command()
@click.argument(
    "folder",
    metavar="[DIR]",
    required=False,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--coverage", is_flag=True, help="Print instead what the scenarios cover.")
def check(folder: Path | None, coverage: bool) -> None:
    """Check the content in DIR (by default the content in use) and name every problem.

    Ends with 0 where there is none, and with 1 otherwise.
    """
    from tutor.cli.checking import problems_in

    if coverage:
        from tutor.content.coverage import short, told
        from tutor.content.loader import library

        scenarios = library(folder or settings.from_environment().data).scenarios
        for line in told(scenarios):
            click.echo(line)
        sys.exit(1 if short(scenarios) else 0)
    found = problems_in(folder or settings.from_environment().data)
    for problem in found.problems:
        click.echo(str(problem))
    click.echo(found.summary)
    if found.problems:
        sys.exit(1)


@main.command()
@click.option(
    "--in",
    "source",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help="Replies to code, one JSON object a line with id and reply; - for standard input.",
)
@click.option(
    "--out",
    "target",
    metavar="FILE",
    default="-",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Where the codings go, one JSON object a line.  [default: -, standard output]",
)
@click.option("--text", metavar="REPLY", help="Code this one reply and show it marked.")
@click.option("--client", default="", help="With --text: what the client said.")
@click.option("--before", default="", help="With --text: the counselor's line before that.")
@click.option("--setting", default="", help="With --text: who is in the room.")
@click.option(
    "--rupture",
    type=click.Choice([kind.value for kind in Rupture]),
    help="With --text: the kind of strain, if known.",
)
def code(
    source: str | None,
    target: str,
    text: str | None,
    client: str,
    before: str,
    setting: str,
    rupture: str | None,
) -> None:
    """Code replies: what each does for the alliance, with the words that show it.

    A line of the input that is no reply is named on standard error by its number; the others are
    coded all the same, and the command ends with 1.
    """
    if (source is None) == (text is None):
        raise click.UsageError("Give either --in FILE or --text REPLY.")
    if text is not None:
        context = Context(
            client=client,
            before=before,
            setting=setting,
            rupture=Rupture(rupture) if rupture else None,
        )
        _code_text(text, context)
    elif client or before or setting or rupture:
        raise click.UsageError("--client, --before, --setting and --rupture belong to --text.")
    elif source is not None and not _code_file(source, target):
        sys.exit(1)


def _code_text(text: str, context: Context) -> None:
    from tutor.cli.jsonl import checked
    from tutor.cli.show import report
    from tutor.coding.coder import Coder
    from tutor.content.loader import library

    checked(text, "the reply")
    bank = library(settings.from_environment().data).bank
    for line in report(Coder(bank).code(text, context)):
        click.echo(line)


def _code_file(source: str, target: str) -> bool:
    """Code every line of `source`; whether there was none that could not be coded."""
    from tutor.cli.files import written
    from tutor.cli.jsonl import Refusal, read_requests
    from tutor.cli.pool import cores, outcomes
    from tutor.content.loader import library

    bank = library(settings.from_environment().data).bank
    refused: list[Refusal] = []
    total: int | None = None
    on_terminal = sys.stderr.isatty()
    with click.open_file(source, "rb") as lines:
        if on_terminal and lines.seekable():
            total = sum(1 for line in lines if line.strip())
            lines.seek(0)
        done = outcomes(bank, read_requests(lines), processes=cores())
        with (
            written(target) as out,
            click.progressbar(
                done, length=total, label="Coding", file=sys.stderr, hidden=not on_terminal
            ) as bar,
        ):
            for outcome in bar:
                if isinstance(outcome, Refusal):
                    refused.append(outcome)
                else:
                    out.write(outcome.encode() + b"\n")
    for refusal in refused:
        click.echo(str(refusal), err=True)
    if refused:
        lines_were = "line was" if len(refused) == 1 else "lines were"
        click.echo(f"{len(refused):,} {lines_were} not coded.", err=True)
    return not refused


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the conversation as JSON.")
@click.option(
    "--write-expect", is_flag=True, help="Write what happened into FILE as what is expected."
)
def replay(file: Path, as_json: bool, write_expect: bool) -> None:
    """Play the conversation written in FILE again; the same file, the same conversation.

    Ends with 1 where it differs from what FILE expects.
    """
    from tutor.cli.replaying import differences, play, read_transcript, with_expectation
    from tutor.cli.telling import as_rows, told

    transcript = read_transcript(file)
    scenario, attempt = play(transcript, settings.from_environment().data)
    if as_json:
        click.echo(json.dumps(as_rows(scenario, attempt), ensure_ascii=False, indent=2))
    else:
        for line in told(scenario, attempt):
            click.echo(line)
    if write_expect:
        from tutor.cli.files import written

        text = with_expectation(file.read_text(encoding="utf-8-sig"), scenario, attempt)
        with written(str(file)) as out:
            out.write(text.encode())
        click.echo(f"{file} now expects this conversation.", err=True)
        return
    different = differences(transcript, scenario, attempt)
    for difference in different:
        click.echo(difference, err=True)
    if different:
        sys.exit(1)


@main.command()
@click.argument("demo_id", metavar="[ID]", required=False)
@click.option("--markdown", "form", flag_value="markdown", help="Print the handout in Markdown.")
@click.option("--html", "form", flag_value="html", help="Print the handout as a page to print.")
def demo(demo_id: str | None, form: str | None) -> None:
    """Play the demonstration ID: each reply, its codes, and the client's answer. Without ID, list.

    Ends with 1 where it is not played as its author has annotated it.
    """
    from tutor.cli.showing import chosen, listed, played
    from tutor.cli.showing import handout as handed_out
    from tutor.content.loader import library

    found = library(settings.from_environment().data)
    if demo_id is None:
        if form:
            raise click.UsageError("--markdown and --html need the ID of a demonstration.")
        for line in listed(found):
            click.echo(line)
        return
    if form:
        click.echo(handed_out(found, chosen(found, demo_id), form), nl=False)
        return
    lines, wrong = played(found, chosen(found, demo_id))
    for line in lines:
        click.echo(line)
    for line in wrong:
        click.echo(line, err=True)
    if wrong:
        sys.exit(1)


@main.command()
def bench() -> None:
    """Measure the coder on this machine and print the figures as JSON (about half a minute)."""
    from tutor.cli.measuring import figures

    click.echo(json.dumps(figures(settings.from_environment().data)))
