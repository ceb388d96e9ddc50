"""Rows broken in every way, between good ones: each broken row is named, and no good one is lost."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.files.opening import open_table
from tests.examples import tried

GOOD = {
    "plain": ("王伟,北京", ["王伟", "北京"]),
    "quoted": ('"李,娜","上""海"', ["李,娜", '上"海']),
    "several lines": ('"张\n三\n丰",广州', ["张\n三\n丰", "广州"]),
    "short": ("赵四", ["赵四", None]),
    "empty": ("", None),
}
BROKEN = {
    "surplus": ("王伟,北京,x", "more cells (3)"),
    "NUL": ("王\x00伟,北京", "NUL"),
    "stray mark": ('"王"伟,北京', "stands inside a quoted cell"),
    "long": (f"王伟,{'x' * 32_768}", "longer than"),
}
BYTES = b"\xff\xfe\xff,x", "bytes that are not"
OPEN = '王伟,"北京', "never closed"


def as_bytes(row, codec, newline):
    return row if isinstance(row, bytes) else row.replace("\n", newline).encode(codec)


@pytest.mark.parametrize(("codec", "newline"), [("utf-8", "\n"), ("gb18030", "\r\n"), ("utf-8-sig", "\r")])
@tried(300)
@given(
    plan=st.lists(st.sampled_from([*GOOD.values(), *BROKEN.values(), BYTES]), max_size=8),
    ends_open=st.booleans(),
)
def test_each_broken_row_is_named_and_no_good_one_is_lost(codec, newline, plan, ends_open):
    plan = [GOOD["plain"]] * 9 + plan + [OPEN] * ends_open
    content, line = as_bytes("姓名,城市\n", codec, newline), 2
    expected = []
    for row, meaning in plan:
        content += as_bytes(row, codec.removesuffix("-sig"), newline) + newline.encode()
        if meaning:
            expected.append((line, meaning))
        line += 1 + (row.count("\n") if isinstance(row, str) else 0)

    found = list(open_table(io.BytesIO(content), "people.csv").rows())

    assert [row.number for row in found] == [line for line, _meaning in expected]
    for row, (_line, meaning) in zip(found, expected, strict=True):
        if isinstance(meaning, str):
            assert meaning in row.problem
        else:
            assert (row.cells, row.problem) == ([with_newline(cell, newline) for cell in meaning], "")


def with_newline(cell, newline):
    return cell and cell.replace("\n", newline)
