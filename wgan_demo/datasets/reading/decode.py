"""The bytes of a file as text, or one sentence on what it is instead."""

import codecs
import re

ADVICE = "save the table as CSV (comma separated values) and upload that."
LOOKED_AT = 4000  # bytes


def decode(content: bytes) -> str:
    """Text in UTF-8, in UTF-16 with or without its mark, or in Windows-1252; lines end in "\\n".

    Raises ValueError where it is no table at all.
    """
    text = content.decode(_encoding(content), errors="replace").lstrip("\ufeff")
    text = text.rstrip("\x1a\0").replace("\r\n", "\n").replace("\r", "\n")  # DOS ended its files with Ctrl-Z
    if not text.strip():
        raise ValueError("This file is empty: upload one with a header line and at least two rows of numbers.")
    if any(character < " " and character not in "\t\n\f" for character in text[:10_000]) or text.startswith("%PDF"):
        raise ValueError(f"This is not a text file (an image, a spreadsheet or a program?): {ADVICE}")
    if re.match(r'\s*(\{|\[\s*([\[{"\d]|-\d|\]|null\b|true\b|false\b))', text):  # "[mm]" may begin a header
        raise ValueError(f"This looks like JSON, not like a CSV: {ADVICE}")
    if re.match(r"\s*<(!|\?|html|head|body|table|svg)", text, re.IGNORECASE):
        raise ValueError(f"This looks like a web page or XML, not like a CSV: {ADVICE}")
    return text


def _encoding(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = content[: LOOKED_AT & ~1]
    even, odd = (start[i::2].count(0) / max(len(start) // 2, 1) for i in (0, 1))
    if max(even, odd) > 0.4 and min(even, odd) < 0.05:  # every other byte of plain text is 0
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
