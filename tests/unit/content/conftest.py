from pathlib import Path

import pytest

from tests.unit.content.sound_content import Content


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """A sound content folder, not yet written."""
    return Content(tmp_path / "data")
