"""The file of corrections, and what is said of one that can't be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.corrections import load
from ontology.errors import CrossCityError
from ontology.records import Correction

WHOLE = """# minutes of the third meeting
[[correction]]
expected = "112 年"
corrected = "113 年"
by = "林小河"
on = 2024-03-05

[[correction]]
expected = "交通局"
corrected = ""
by = "林小河"
on = "2024-03-06"
why = "[[correction]] 誤植"
document = "{sha}"
meeting = "第 3 次"
before = "臺北市"
""".format(sha="0a" * 32)


def write(folder: Path, content: str) -> Path:
    path = folder / "corrections.toml"
    path.write_bytes(content.encode("utf-8"))
    return path


def test_a_file_is_read_in_its_order(tmp_path: Path) -> None:
    first, second = load(write(tmp_path, WHOLE))
    assert first == Correction("112 年", "113 年", "林小河", "2024-03-05")
    assert second == Correction("交通局", "", "林小河", "2024-03-06", "[[correction]] 誤植", "0a" * 32, "第 3 次", "臺北市")
    assert (first.line, second.line) == (2, 8)
    assert load(write(tmp_path, "\ufeff# none yet\r\n")) == ()


def test_lines_are_not_guessed_where_a_value_holds_a_head(tmp_path: Path) -> None:
    told = load(write(tmp_path, WHOLE.replace('"[[correction]] 誤植"', '"""\n[[correction]]\n"""')))
    assert [correction.line for correction in told] == [1, 1]


ONE = '[[correction]]\nexpected = "甲"\ncorrected = "乙"\nby = "林"\non = "2024-03-05"\n'
WRONG = {
    "not TOML": (ONE + "why = \n", ":6: not TOML (Invalid value); mend the line"),
    "unfinished": ('[[correction]]\nexpected = "甲', ": not TOML"),
    "unknown key": (ONE + 'reason = "x"\n', ":1: unknown key 'reason'; the keys are expected, corrected, by, on, why"),
    "missing key": ("\n\n[[correction]]\n" + ONE.split("\n", 2)[2], ":3: the key 'expected' is missing; add it"),
    "no text": (ONE.replace('"乙"', "3"), ":1: 'corrected' is no text; put it in quotation marks"),
    "a time": (ONE.replace('"2024-03-05"', "2024-03-05T10:00:00"), ":1: 'on' is no text"),
    "no such day": (ONE.replace("03-05", "02-30"), ":1: 'on' is '2024-02-30'; write a day"),
    "empty": (ONE.replace("甲", " "), ":1: 'expected' is empty; give the old words"),
    "nobody": (ONE.replace("林", " "), ":1: 'by' is empty; say who corrects"),
    "a short digest": (ONE + 'document = "abc"\n', ":1: 'document' is no SHA-256"),
    "another table": (ONE + "[other]\nx = 1\n", ": has other of its own; write [[correction]] tables only"),
    "one table": (ONE.replace("[[correction]]", "[correction]"), ": has correction of its own"),
    "no tables": ("correction = [1]\n", ": correction 1: not a table"),
}


@pytest.mark.parametrize(("content", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, content: str, told: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(CrossCityError) as error:
        load(path)
    assert str(error.value).startswith(f"{path}{told}")
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(CrossCityError, match="no such file of corrections; check the name"):
        load(tmp_path / "none.toml")
    (tmp_path / "big5.toml").write_bytes("為什麼".encode("big5"))
    with pytest.raises(CrossCityError, match="not UTF-8 text"):
        load(tmp_path / "big5.toml")
    with pytest.raises(CrossCityError, match="cannot be read"):
        load(tmp_path)
