"""`backup` and `restore`: everything in the database, to a file and back."""

from pathlib import Path

import click

from tutor import settings


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything in the database, as it stands at this moment, to FILE.

    The tutor may go on running. FILE can be restored into SQLite and into PostgreSQL alike.
    """
    from tutor.store.repository import Store

    if file.exists():
        raise click.UsageError(f"{file} is there already. Choose another name.")
    store = Store.open(settings.from_environment().database_url)
    try:
        rows = store.save(file)
    finally:
        store.close()
    click.echo(f"{rows:,} rows in {file}.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Fill the database, which must hold nothing yet, from the backup FILE."""
    from tutor.store.backup import restore as fill
    from tutor.store.repository import Store

    store = Store.open(settings.from_environment().database_url)
    try:
        rows = fill(store, file)
    finally:
        store.close()
    click.echo(f"{rows:,} rows restored.")
