"""CSV in every encoding, with every delimiter and line end, and broken in every way."""

import csv
import io
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages.cells import restored
from sync.files import limits
from sync.files.opening import open_table
from sync.files.table import BadFile
from sync.files.writing import csv_pieces
from tests.examples import FULL, tried

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
DELIMITERS = [",", ";", "\t", "|"]


def table(text, codec="utf-8", **wishes):
    return open_table(io.BytesIO(text.encode(codec) if isinstance(text, str) else text), "people.csv", **wishes)


def cells(table):
    return [row.cells for row in table.rows()]


def problems(table):
    return {row.number: row.problem for row in table.rows() if row.problem}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_table_is_understood_however_it_is_written(encoding, delimiter, newline):
    lines = [["姓名", "电话"], ["王伟", "138"], ['"李\n娜"', "139"], ["", ""], ["张", ""]]

    people = table(newline.join(delimiter.join(line) for line in lines), encoding)

    assert people.headers == ["姓名", "电话"]
    assert cells(people)[:2] == [["王伟", "138"], ["李\n娜", "139"]]
    assert [row.number for row in people.rows()] == [2, 3, 6]
    assert people.facts.delimiter == delimiter


# What a person writes into a table: no halves of signs, no unassigned ones, nothing that is a line break in one
# program and none in another.
WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn", "Co", "Cc")), max_size=12)
CELLS = st.text("王伟李娜张三经理公司北京上海 ab,;\t|\"'\n", max_size=8)


@tried(500)
@given(
    rows=st.lists(st.tuples(WRITTEN | CELLS, CELLS, st.just("x")), min_size=1, max_size=6),
    encoding=st.sampled_from(ENCODINGS),
    delimiter=st.sampled_from(DELIMITERS),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
)
@example(rows=[("茅台", "", "x")], encoding="gb18030", delimiter=",", newline="\n")
@example(rows=[("", "伟", "x")] * 3, encoding="gb18030", delimiter=",", newline="\n")
def test_what_was_written_is_read(rows, encoding, delimiter, newline):
    text = io.StringIO()
    quoting = csv.QUOTE_ALL if newline == "\r" else csv.QUOTE_MINIMAL
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting)
    writer.writerows([["姓名", "公司名称", "电话"], *rows])

    people = table(text.getvalue(), encoding)

    assert people.headers == ["姓名", "公司名称", "电话"]
    assert cells(people) == [[restored(cell) or None for cell in row] for row in rows]
    assert not problems(people)


@tried(500)
@given(st.lists(st.lists(st.text() | st.none() | st.integers(), min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_the_product_wrote_is_read_exactly(rows):
    rows = [[*row, "x"] for row in rows]

    people = table(b"".join(csv_pieces(["one", "two", "three"], rows)))

    read = [row.cells for row in people.rows()]
    assert read == [[None if cell in ("", None) else str(cell) for cell in row] for row in rows]


@tried(500)
@given(st.binary(max_size=300) | st.text('a,;"\r\n\x00王é', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(content):
    try:
        people = table(content)
        rows = list(people.rows())
    except BadFile as refusal:
        assert refusal.sentence  # noqa: PT017
    else:
        assert all(len(row.cells) == len(people.headers) for row in rows)
        assert [row.number for row in rows] == sorted({row.number for row in rows})


def test_a_file_larger_than_the_first_look_is_judged_as_a_whole():
    people = table("name,city\n" + "Ann,Bonn\n" * 20_000 + "王伟,北京\n", "gb18030")

    assert people.facts.encoding == "GB18030"
    assert cells(people)[-1] == ["王伟", "北京"]


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("Name,Ort\nMüller,Köln\nJosé,Orléans\n", "cp1252", "Windows-1252"),
        ("姓名,公司\n王偉,中華電信股份有限公司\n陳美玲,台灣積體電路製造\n", "big5", "Big5"),
        ("имя,город\nАнна,Москва\n", "utf-8", "UTF-8"),
        ("Name,Ort\nMüller,Köln\n", "utf-8", "UTF-8"),
        ("nom,mot\nZoé,créée\n", "utf-8", "UTF-8"),
    ],
)
def test_other_encodings_are_told_apart(text, encoding, name):
    people = table(text, encoding)

    assert people.facts.encoding == name
    assert cells(people)[0] == text.splitlines()[1].split(",")


NAMES = st.text("王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗伟芳娜敏静秀丽强磊军洋勇艳杰", min_size=2, max_size=4)


@tried(500)
@given(st.lists(NAMES, min_size=1, max_size=3))
def test_few_chinese_names_are_enough(names):
    people = table("name,x\n" + "".join(f"{name},1\n" for name in names), "gb18030")

    assert [name for name, _x in cells(people)] == names


def test_an_encoding_nobody_knows_is_refused_with_its_row():
    with pytest.raises(BadFile, match=r"not recognised \(row 3\)"):
        table(b"name,x\nAnn,1\n\x81\x8d\x8f\x90\x9d\x81\x8d,2\n")


def test_an_encoding_can_be_chosen():
    assert cells(table("name,x\n茅,1\n", "gb18030")) == [["é", "1"]]
    assert cells(table("name,x\n茅,1\n", "gb18030", encoding="GB18030")) == [["茅", "1"]]


def test_rows_in_another_encoding_are_named():
    mostly_utf8 = "姓名,电话\n王伟,1\n李娜,2\n".encode() + "张三,3\n".encode("gb18030") + "赵四,4\n".encode()
    mostly_gb = "姓名,电话\n王伟,1\n李娜,2\n".encode("gb18030") + "张三,3\n".encode() + "赵四,4\n".encode("gb18030")

    assert problems(table(mostly_utf8)) == {4: "This row contains bytes that are not UTF-8."}
    assert list(problems(table(mostly_gb))) == [4]
    assert "written in UTF-8, the others in GB18030" in problems(table(mostly_gb))[4]
    assert cells(table(mostly_gb))[3] == ["赵四", "4"]


def test_half_a_sign_in_utf16_is_named():
    assert list(problems(table("a,b\n1,".encode("utf-16-le") + b"\x00\xd8" + ",\n2,3\n".encode("utf-16-le")))) == [2]


def test_the_line_that_tells_the_delimiter_is_no_header():
    people = table("sep=|\na|b\n1|2\n")

    assert (people.headers, people.facts.header_row) == (["a", "b"], 2)
    assert [row.number for row in people.rows()] == [3]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("name;amount\nAnn;1,5\nBen;2,5\n", ";"),
        ("name,note\nAnn,a;b;c\nBen,d;e;f\n", ","),
        ("name\tnote\nAnn\ta,b\n", "\t"),
        ("name\nAnn\nBen\n", ","),
        ('"a,b";c\n"d,e";f\n', ";"),
    ],
)
def test_the_delimiter_is_the_sign_that_makes_even_rows(text, delimiter):
    assert table(text).facts.delimiter == delimiter


def test_a_delimiter_can_be_chosen():
    assert table("a;b,c\n1;2,3\n", delimiter=",").headers == ["a;b", "c"]


def test_a_quotation_mark_that_never_closes_costs_its_row_alone():
    people = table('a,b\n1,"x\n2,y\n3,z\n')

    assert list(problems(people)) == [2]
    assert cells(people)[1:] == [["2", "y"], ["3", "z"]]


def test_a_stray_quotation_mark_costs_its_row_alone():
    people = table('a,b\n1,"x"y"\n2,"fine ""so"""\n')

    assert "stands inside a quoted cell" in problems(people)[2]
    assert cells(people)[1] == ["2", 'fine "so"']


class Endless(io.RawIOBase):
    """A file made while it is read."""

    def __init__(self, beginning, piece, size):
        self.beginning, self.piece, self.length, self.place = beginning, piece, size, 0

    def readable(self):
        return True

    def seekable(self):
        return True

    def seek(self, offset, whence=0):
        self.place = offset + (self.length if whence == 2 else 0)
        return self.place

    def tell(self):
        return self.place

    def readinto(self, buffer):
        count = max(min(len(buffer), self.length - self.place), 0)
        skipped = (self.place - len(self.beginning)) % len(self.piece) if self.place >= len(self.beginning) else 0
        begun = self.beginning[self.place :] if self.place < len(self.beginning) else b""
        repeated = self.piece * (count // len(self.piece) + 2)
        buffer[:count] = (begun + repeated[skipped:])[:count]
        self.place += count
        return count


def peak_of(read):
    tracemalloc.start()
    try:
        result = read()
        return result, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_quotation_mark_open_over_fifty_megabytes_is_named_and_costs_no_memory():
    size = (55 if FULL else 6) * limits.MB
    file = Endless(b'a,b\n1,2\n3,"open\n', b"x" * 5000 + b",y\n", size)

    named, peak = peak_of(lambda: problems(open_table(file, "")))

    assert named == {3: "A quotation mark that opens in this row is never closed properly."}
    assert peak < 8 * limits.MB


def test_a_row_without_end_is_named_and_costs_no_memory():
    file = Endless(b"a,b\n1,2\n3,", b"x", 6 * limits.MB)

    named, peak = peak_of(lambda: problems(open_table(file, "")))

    assert named == {3: "This row is longer than 1048576 characters."}
    assert peak < 8 * limits.MB


def test_quotation_marks_that_open_in_every_row_end_the_reading(monkeypatch):
    monkeypatch.setattr(limits, "RESCANNED", 3 * limits.MB)
    file = Endless(b"a,b\n", b'x","\n', 4 * limits.MB)

    with pytest.raises(BadFile, match="From row [0-9]+ on, quotation marks are never closed"):
        list(open_table(file, "").rows())


def test_a_long_cell_is_named():
    assert list(problems(table(f"a,b\n{'x' * 32_768},1\n{'x' * 140_000},1\n1,2\n"))) == [2, 3]


def test_nul_and_surplus_cells_are_named():
    people = table("a,b\n1,\x002\n1,2,3\n1,2,,\n1\n")

    assert list(problems(people)) == [2, 3]
    assert "NUL" in problems(people)[2]
    assert problems(people)[3] == "This row has more cells (3) than there are headers (2)."
    assert cells(people)[2:] == [["1", "2"], ["1", None]]


def test_a_header_that_stands_twice_or_is_missing_gets_a_name():
    people = table("\n,,\nphone,,phone,phone,\n1,2,3,4,\n")

    assert people.headers == ["phone", "[B]", "phone (2)", "phone (3)"]
    assert len(people.facts.remarks) == 3
    assert "“phone” stands more than once" in people.facts.remarks[1]


def test_a_file_without_headers_is_noticed():
    assert "looks like values" in table("Ann,ann@acme.example,+86 138 0013 8000\n").facts.remarks[-1]
    assert not table("E-mail 1,Phone (2),2026 Q1\n").facts.remarks


def test_a_broken_header_is_refused_with_its_row():
    with pytest.raises(BadFile, match="Row 1: A quotation mark"):
        table('a,"b\n1,2\n')


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b",,,\n,,,\n"])
def test_an_empty_file_is_refused(content):
    with pytest.raises(BadFile, match="nothing in this file"):
        table(content)


def test_too_many_columns_are_refused():
    with pytest.raises(BadFile, match="16384 columns; up to 500"):
        table(",".join(map(str, range(16_384))))


def test_a_file_beyond_the_limit_is_refused_by_its_size(monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 3 * limits.MB)

    with pytest.raises(BadFile, match="larger than 3 MB"):
        open_table(Endless(b"a", b"b", 4 * limits.MB), "people.csv")


def test_a_million_rows_are_read_in_little_memory(tmp_path):
    count = 1_000_000 if FULL else 20_000
    path = tmp_path / "people.csv"
    with path.open("w") as file:
        file.write("name,phone\n")
        file.writelines(f"王伟{number},138{number}\n" for number in range(count))

    read, peak = peak_of(lambda: sum(1 for _row in open_table(path).rows()))

    assert read == count
    assert peak < 4 * limits.MB


def test_cells_are_restored_that_were_defused():
    people = table("a,b,c\n'=1+1,' @x,'tis\n")

    assert cells(people) == [["=1+1", " @x", "'tis"]]


def test_a_table_is_read_as_often_as_asked_and_at_once():
    people = table("a,b\n1,2\n3,4\n")

    assert cells(people) == cells(people) == [["1", "2"], ["3", "4"]]
