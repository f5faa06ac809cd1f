"""SQL files: names, purposes and statements."""

from pathlib import Path

import pytest

from services.chassis.queries import Queries, UnknownQuery, load_queries, parse

TWO = """
-- name: find_one
-- Find one thing by its id.
SELECT *
  FROM thing -- all of it
 WHERE id = $1;

-- name: forget
-- Forget it.
DELETE FROM thing WHERE id = $1
"""


def test_each_statement_is_found_by_its_name_without_its_comments() -> None:
    statements = parse(TWO)
    assert statements["find_one"] == "SELECT *\n  FROM thing -- all of it\n WHERE id = $1"
    assert statements["forget"] == "DELETE FROM thing WHERE id = $1"


def test_a_name_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="forget"):
        parse(TWO + "\n-- name: forget\nSELECT 1")


def test_an_empty_statement_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        parse("-- name: nothing\n-- Does nothing.\n")


def test_the_files_of_a_directory_are_one_collection(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(TWO, encoding="utf-8")
    (tmp_path / "b.sql").write_text("-- name: count\nSELECT count(*) FROM thing;", encoding="utf-8")
    queries = load_queries(tmp_path)
    assert set(queries.names()) == {"find_one", "forget", "count"}
    assert queries.count == queries["count"] == "SELECT count(*) FROM thing"
    assert "forget" in queries


def test_an_unknown_name_says_which() -> None:
    with pytest.raises(UnknownQuery, match="find_two"):
        _ = Queries(parse(TWO)).find_two
