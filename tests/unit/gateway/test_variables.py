"""The variables of reply templates, by the vectors that the console's twin is held to as well."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest

from contracts.generate import HERE
from contracts.templates import VARIABLES
from services.gateway.domain.variables import filled, unfilled_variables, unknown_variables

VECTORS = cast("list[dict[str, Any]]", json.loads((HERE / "samples" / "templates" / "filling.json").read_text("utf-8")))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["name"]))
def test_a_text_becomes_what_its_values_make_of_it(vector: dict[str, Any]) -> None:
    done = filled(vector["text"], vector["values"])
    assert done.text == vector["filled"]
    assert list(done.missing) == vector["missing"]
    assert list(unfilled_variables(vector["text"])) == vector["unfilled"]
    assert list(unknown_variables(vector["text"])) == vector["unknown"]


def test_what_was_missing_is_what_still_stands_in_the_text() -> None:
    for vector in VECTORS:
        done = filled(vector["text"], vector["values"])
        assert unfilled_variables(done.text) == done.missing


def test_every_variable_has_a_vector_that_fills_it_in() -> None:
    named = {name for vector in VECTORS for name in vector["unfilled"] if name in vector["values"]}
    assert named == set(VARIABLES)
