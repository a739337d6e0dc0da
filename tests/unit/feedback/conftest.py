from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from tutor.domain.rubric import Rubric

RUBRIC = Path(__file__).parents[3] / "data" / "rubric.yaml"


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return TypeAdapter(Rubric).validate_python(yaml.safe_load(RUBRIC.read_text("utf-8")))
