from pathlib import Path

import pytest
from sound_content import Content


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """A sound content folder, not yet written."""
    return Content(tmp_path / "data")
