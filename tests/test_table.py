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
    "comments alone": (b"# x\n" * 10, "no table in this file"),
    "marks alone": (b",,,\n,,\n", "no table in this file"),
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
    "open quotation mark": (b'a,b\n1,2\n"3,4\n5,6\n', "quotation mark on line 3"),
    "text after a quotation mark": (b'a,b\n1,2\n"3"4,5\n', "quotation mark on line 3"),
    "too many cells": (b"a,b\n1,2\n3,4,5\n", "Line 3 has 3 cells and the header 2"),
    "200,000 columns": (WIDE + b"\n" + WIDE, "characters"),
    "1,000 columns": (",".join(map(str, range(1000))).encode(), "more than 500 columns"),
    "5 MB of lines": (b"x\n" + b"1\n" * 2_600_000, "2,600,001 lines and the limit is 250,000"),
    "5 MB of quotation marks": (b"a,b\n1,2\n" + b'"' * 5_200_000, "quotation mark on line 3"),
    "a row of a million cells": (b"a,b\n1,2\n3,4\n5,6\n7," + b"," * 1_000_000 + b"8\n", "Line 5 has 1000002 cells"),
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


def test_bad_cells_are_left_out_and_said_with_column_count_and_first_line():
    table = read_csv(b"x,y\n1,1\nn/a,2\n,3\n4,inf\n5,5\n")
    np.testing.assert_array_equal(table.values("x"), [1, 4, 5])
    np.testing.assert_array_equal(columns(table, ["x", "y"]), [[1, 1], [5, 5]])
    assert "2 of 5 rows" in table.about["x"]
    assert "“x”" in table.about["x"]
    assert "line 3, which says “n/a”" in table.about["x"]
    assert "1 of 5 rows" in table.about["y"]
    assert "line 5, which says “inf”" in table.about["y"]
    assert table.notes == ()


def test_an_empty_cell_is_called_empty():
    assert "line 3, which is empty" in read_csv(b"x,y\n1,1\n,2\n3,3\n").about["x"]


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
    assert "10,000 of 30,000 rows are used, drawn at random" in table.notes[0]
    rising = read_csv(b"x\n" + b"\n".join(b"%d" % i for i in range(30_000)))
    x = rising.columns["x"]
    assert (np.diff(x) > 0).all()  # in the order of the file
    assert x.mean() == pytest.approx(15_000, rel=0.02)
    np.testing.assert_array_equal(x, read_csv(b"x\n" + b"\n".join(b"%d" % i for i in range(30_000))).columns["x"])


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


WORLD_BANK = b""""Data Source","World Development Indicators",

"Last Updated Date","2024-01-01",

"Country Name","Country Code","Indicator Name","1960","1961","1962",
"Aruba","ABW","Population",54608,55811,56682,
"Africa","AFE","Population",130692579,134169237,137835590,
"Chad","TCD","Population",3001609,3054547,3110003,
"""

# What people really upload: the text, the columns that it holds, and words that a note about it has.
KINDS = {
    "thousands in a tab file": (
        b"place\tpeople\nA\t1,250\nB\t987\nC\t1,310\n",
        {"people": [1250, 987, 1310]},
        "thousands",
    ),
    "thousands in a German file": (
        b"ort;leute;anteil\nA;1.250;0,5\nB;987;1,25\nC;1.310;2,5\n",
        {"leute": [1250, 987, 1310], "anteil": [0.5, 1.25, 2.5]},
        "points part thousands",
    ),
    "a lone thousand": (b"a;b\n1,250;1\n2,500;2\n", {"a": [1.25, 2.5], "b": [1, 2]}, "if that is wrong"),
    "quoted thousands": (b'S,P\nA,"4,903,185"\nB,"731,545"\n', {"P": [4903185, 731545]}, "thousands"),
    "both marks": (b'x\n"1,234.5"\n"12.5"\n', {"x": [1234.5, 12.5]}, "thousands"),
    "dollars": (b'x,y\n"$1,200.00",1\n$7.50,2\n-$3.00,3\n', {"x": [1200, 7.5, -3], "y": [1, 2, 3]}, "in $"),
    "euros behind": ("x;y\n1.200,50 €;1\n7,5 €;2\n".encode(), {"x": [1200.5, 7.5]}, "in €"),
    "percent": (b"x,y\n5%,1\n7.5 %,2\n", {"x": [5, 7.5]}, "in %"),
    "units": (b"x,y\n5 kg,1\n7.5 kg,2\n-1kg,3\n", {"x": [5, 7.5, -1]}, "in kg"),
    "Fortran": (b"x,y\n1.5D-03,1\n2.0d+02,2\n", {"x": [0.0015, 200]}, "D exponents"),
    "losses in brackets": (b'x,y\n"(1,200)",1\n"3,400",2\n', {"x": [-1200, 3400]}, "thousands"),
    "decimal commas alone": (b"power\n1,5\n2,5\n3\n", {"power": [1.5, 2.5, 3]}, "decimal commas"),
    "comments": (
        b"# station: X\n# unit: ppm\nyear,mean,unc\n1959,315.98,0.12\n1960,316.91,0.12\n",
        {"mean": [315.98, 316.91]},
        "passed over",
    ),
    "a title": (b"My table\nx,y\n1,2\n3,4\n", {"x": [1, 3], "y": [2, 4]}, "passed over"),
    "a title in a row of cells": (b"My table,,\nx,y,z\n1,2,3\n3,4,5\n", {"x": [1, 3], "z": [3, 5]}, "passed over"),
    "World Bank": (
        WORLD_BANK,
        {"1960": [54608, 130692579, 3001609], "1962": [56682, 137835590, 3110003]},
        "passed over",
    ),
    "Excel's hint": (b"sep=;\nx;y\n1;2\n3;4\n", {"x": [1, 3], "y": [2, 4]}, ""),
    "a header behind a comment sign": (b"# x y\n1 2\n3 4\n", {"x": [1, 3], "y": [2, 4]}, ""),
    "no header beside words": (
        b"5.1,3.5,setosa\n4.9,3.0,setosa\n6.0,2.9,virginica\n",
        {"column 1": [5.1, 4.9, 6], "column 2": [3.5, 3, 2.9]},
        "",
    ),
    "parted by spaces": (
        b"800 0 0.3048 71.3\n1000 0 0.3048  71.3\n 1250 0 0.3048 71.3\n",
        {"column 1": [800, 1000, 1250], "column 4": [71.3] * 3},
        "",
    ),
    "R's row names": (b'"x" "y"\n"1" 3 4\n"2" 5 6\n', {"x": [3, 5], "y": [4, 6]}, "name the rows"),
    "row names under an empty name": (b'"","x","y"\n"1",3,4\n"2",5,6\n', {"x": [3, 5], "y": [4, 6]}, "name the rows"),
    "pandas' index": (b",x,y\n0,3,4\n1,5,6\n", {"x": [3, 5], "y": [4, 6]}, "name the rows"),
    "a name twice": (b"a,b,a\n1,2,3\n4,5,6\n", {"a": [1, 4], "b": [2, 5], "a (2)": [3, 6]}, "“a (2)”"),
    "text and gaps": (b"x,town,y\n1,Rom,2\n3,Ulm,\n4,Bonn,\n", {"x": [1, 3, 4]}, "“y” (1 numbers among 3 rows)"),
    "Windows-1252": ("Preis \u20ac,b\n1,2\n3,4\n".encode("cp1252"), {"Preis \u20ac": [1, 3]}, ""),
    "UTF-16 without its mark": ("a,b\n1.5,2\n3,4\n".encode("utf-16-le"), {"a": [1.5, 3], "b": [2, 4]}, ""),
    "UTF-16, big end first": ("a,b\n1.5,2\n3,4\n".encode("utf-16-be"), {"a": [1.5, 3], "b": [2, 4]}, ""),
    "a final Ctrl-Z": (b"a,b\n1,2\n3,4\n\x1a", {"a": [1, 3], "b": [2, 4]}, ""),
    "a number of 5,000 digits": (b"x,y\n" + b"9" * 5000 + b",2\n3,4\n", {"y": [2, 4]}, ""),
    "a digit that is no number": ("x,y\n²,2\n3,4\n".encode(), {"y": [2, 4]}, ""),
    "a unit first": (b"[mm],x\n1,2\n3,4\n", {"[mm]": [1, 3], "x": [2, 4]}, ""),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_people_upload_is_read_right_or_told(kind):
    content, expected, words = KINDS[kind]
    table = read_csv(content)
    for name, values in expected.items():
        np.testing.assert_array_equal(table.columns[name], values)
    assert words in " ".join([*table.notes, *table.about.values()])


def test_row_names_are_no_column_and_text_is_left_out_in_one_note():
    assert list(read_csv(KINDS["R's row names"][0]).columns) == ["x", "y"]
    rows = "".join(f"{i},{'n' * (i + 1)},{i * i}\n" for i in range(30))
    table = read_csv(f"x,word,y\n{rows}".encode())
    assert list(table.columns) == ["x", "y"]
    assert table.notes == ("Columns that are left out, as less than half of their cells are numbers: “word” (text).",)


def test_sixty_columns_with_a_gap_each_have_their_notes_with_them():
    head = ",".join(f"c{i}" for i in range(60))
    rows = [",".join("" if i == j else str(i + j) for j in range(60)) for i in range(60)]
    table = read_csv("\n".join([head, *rows]).encode())
    assert table.notes == ()
    assert len(table.about) == 60
    assert all(f"“{name}”" in note for name, note in table.about.items())
