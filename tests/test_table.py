"""Real data: every bad file ends in one sentence that names the fault, and every good one in the right numbers."""

import time

import numpy as np
import pytest

from wgan_demo.datasets.table import BUNDLED, MAX_ROWS, Table, bundled, columns, read_csv

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
WIDE = ",".join(["a"] * 200_000).encode()

BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n \n", "empty"),
    "byte order mark alone": (b"\xef\xbb\xbf", "empty"),
    "header alone": (b"a,b\n", "no row of data"),
    "single row": (b"a,b\n1,2\n", "1 row of data"),
    "no numeric column": (b"name,town\nAda,London\nEmmy,Erlangen\n", "No column is numeric: line 2 of column “name”"),
    "mostly text": (b"x\n1\nb\nc\n", "line 3 of column “x” says “b”"),
    "NaN everywhere": (b"x\nNaN\nnan\n", "says “NaN”"),
    "infinite": (b"x\ninf\n1e999\n", "says “inf”"),
    "image": (PNG, "not a text file"),
    "spreadsheet": (b"PK\x03\x04\x14\x00\x06\x00", "not a text file"),
    "PDF": (b"%PDF-1.7\n1 0 obj\n", "not a text file"),
    "JSON": (b'{"a": [1, 2]}', "JSON"),
    "JSON list": (b"[[1, 2], [3, 4]]", "JSON"),
    "HTML": (b"<!DOCTYPE html><html></html>", "web page"),
    "two columns of one name": (b"x,x\n1,2\n3,4\n", "Two columns are called “x”"),
    "open quotation mark": (b'a,b\n1,2\n"3,4\n5,6\n', "quotation mark on line 3"),
    "text after a quotation mark": (b'a,b\n1,2\n"3"4,5\n', "quotation mark on line 3"),
    "too many cells": (b"a,b\n1,2\n3,4,5\n", "Line 3 has 3 cells and the header 2"),
    "200,000 columns": (WIDE + b"\n" + WIDE, "characters"),
    "1,000 columns": (",".join(map(str, range(1000))).encode(), "more than 500 columns"),
    "50 MB": (b"x\n" + b"1\n" * 25_000_000, "the limit is 5 MB"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_explained_in_one_sentence_at_once(case):
    content, says = BAD[case]
    start = time.perf_counter()
    with pytest.raises(ValueError, match=r"[.]$") as error:
        read_csv(content)
    assert says in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 250
    assert time.perf_counter() - start < 2


GOOD = {
    "commas": b"a,b\n1.5,2\n3,-4e1\n",
    "Windows": b"a,b\r\n1.5,2\r\n3,-4e1\r\n",
    "old Macintosh": b"a,b\r1.5,2\r3,-4e1\r",
    "semicolons and decimal commas": b"a;b\n1,5;2\n3;-4e1\n",
    "tabs": b"a\tb\n1.5\t2\n3\t-4e1\n",
    "quotes": b'"a","b"\n"1.5","2"\n"3","-4e1"\n',
    "byte order mark": b"\xef\xbb\xbfa,b\n1.5,2\n3,-4e1\n",
    "UTF-16": "a,b\n1.5,2\n3,-4e1\n".encode("utf-16"),
    "spaces and blank lines": b"\n a , b \n\n 1.5, 2\n3 ,-4e1\n\n",
}


@pytest.mark.parametrize("case", GOOD)
def test_delimiters_encodings_and_line_ends(case):
    table = read_csv(GOOD[case])
    assert list(table.columns) == ["a", "b"]
    np.testing.assert_array_equal(columns(table, ["a", "b"]), [[1.5, 2], [3, -40]])
    assert table.notes == ()


def test_latin_1_names():
    table = read_csv("Größe,Länge\n1,2\n3,4\n".encode("latin-1"))
    assert list(table.columns) == ["Größe", "Länge"]


def test_a_quoted_comma_may_hide_a_semicolon():
    assert list(read_csv(b'"a;b",c\n1,2\n3,4\n').columns) == ["a;b", "c"]


def test_a_mark_in_a_name_is_no_delimiter_and_a_name_is_one_line():
    table = read_csv(b'<b>x</b>,|ab,"a\nb"\n1,2,3\n4,5,6\n')
    assert list(table.columns) == ["<b>x</b>", "|ab", "a b"]
    assert table.columns["|ab"].tolist() == [2, 5]
    assert list(read_csv("Höhe, cm;Breite\n1,5;2\n3;4\n".encode()).columns) == ["Höhe, cm", "Breite"]


def test_numbers_from_the_first_line_on_are_all_data():
    table = read_csv(b"1,2\n3,4\n")
    np.testing.assert_array_equal(table.columns["column 1"], [1, 3])


def test_a_thousands_comma_is_not_taken_for_a_decimal_one():
    table = read_csv(b'x\n"1,234"\n5\n6\n')
    np.testing.assert_array_equal(table.values("x"), [5, 6])


def test_bad_cells_are_left_out_and_said_with_column_count_and_first_line():
    table = read_csv(b"x,y\n1,1\nn/a,2\n,3\n4,inf\n5,5\n")
    np.testing.assert_array_equal(table.values("x"), [1, 4, 5])
    np.testing.assert_array_equal(columns(table, ["x", "y"]), [[1, 1], [5, 5]])
    about_x, about_y = table.notes
    assert "2 of 5 rows" in about_x
    assert "“x”" in about_x
    assert "line 3, which says “n/a”" in about_x
    assert "1 of 5 rows" in about_y
    assert "line 5, which says “inf”" in about_y


def test_an_empty_cell_is_called_empty():
    assert "line 3, which is empty" in read_csv(b"x,y\n1,1\n,2\n3,3\n").notes[0]


def test_a_text_column_gives_the_classes():
    table = read_csv(b"x,kind\n1,cat\n2,dog\n3,cat\n")
    assert table.classes == ["cat", "dog"]
    np.testing.assert_array_equal(table.values("x", "cat"), [1, 3])


def test_a_text_column_with_a_class_per_row_is_no_class():
    rows = "".join(f"{i},name {i}\n" for i in range(30))
    assert read_csv(f"x,name\n{rows}".encode()).classes == []


def test_a_long_file_is_cut_and_says_so():
    table = read_csv(b"x\n" + b"7\n" * 30_000)
    assert len(table.values("x")) == MAX_ROWS
    assert "first 10,000 of 30,000" in table.notes[0]


def test_no_complete_row():
    table = Table("t", {"a": np.array([1, np.nan]), "b": np.array([np.nan, 2])})
    with pytest.raises(ValueError, match="No row"):
        columns(table, ["a", "b"])


@pytest.mark.parametrize(("key", "rows", "classes"), [("iris", 150, 3), ("wine", 178, 3), ("breast_cancer", 569, 2)])
def test_bundled_tables(key, rows, classes):
    table = bundled(key)
    assert len(table.classes) == classes
    assert columns(table, list(table.columns)).shape == (rows, len(table.columns))


def test_every_bundled_table_is_tested():
    assert set(BUNDLED) == {"iris", "wine", "breast_cancer"}


def test_iris_is_iris():
    table = bundled("iris")
    assert table.values("petal length (cm)", "setosa").mean() == pytest.approx(1.462)
