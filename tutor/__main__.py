"""``python -m tutor``: the command line."""

from tutor.cli import main

if __name__ == "__main__":
    main(prog_name="python -m tutor")
