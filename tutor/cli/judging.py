"""`audit`: the rules against coded replies, and against what learners see differently."""

import json
from pathlib import Path

import click

from tutor import settings


@click.command()
@click.argument(
    "files",
    metavar="[FILE]...",
    nargs=-1,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@click.option(
    "--disputes",
    is_flag=True,
    help="Instead, print what learners see differently, one JSON object a line.",
)
def audit(files: tuple[Path, ...], as_json: bool, disputes: bool) -> None:
    """Compare the coder, rule by rule, with coded replies (by default data/replies/train.jsonl).

    For each rule how often it is right and wrong, what it alone finds and what makes it needless;
    which rules and codes are taken for one another; and which replies to read next.
    """
    if disputes:
        if files or as_json:
            raise click.UsageError("--disputes takes neither files nor --json.")
        _disputes()
        return
    from tutor.cli.auditing import audit as audited
    from tutor.cli.auditing import told
    from tutor.cli.gold import read_gold
    from tutor.coding.coder import Coder
    from tutor.content.loader import library

    data = settings.from_environment().data
    gold = tuple(g for f in files or (data / "replies" / "train.jsonl",) for g in read_gold(f))
    bank = library(data).bank
    names = [(rule.id, code) for code, rule in bank.rules]
    found = audited(Coder(bank), names, gold)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        for line in told(found):
            click.echo(line)


def _disputes() -> None:
    """Print every dispute in the store, so that `code --in` and an editor can both use it."""
    from tutor.cli.jsonl import as_disputed
    from tutor.content.loader import library
    from tutor.store.repository import Store
    from tutor.supervise import disputed

    where = settings.from_environment()
    store = Store.open(where.database_url)
    try:
        for found in disputed(library(where.data), store):
            click.echo(as_disputed(found.dispute, found.coding, found.context))
    finally:
        store.close()
