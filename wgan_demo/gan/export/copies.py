"""The text of what is copied: classes and registries with a part of their lines, the settings as plain values."""

import ast
from collections.abc import Mapping, Sequence

from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.export.sources import Source


def part_of_class(source: Source, node: ast.ClassDef, members: Sequence[ast.stmt]) -> str:
    """A class with some of its statements, each with the blank lines and comments above it."""
    last = node.body[0].lineno - 1
    text = [source.text(source.start(node), last)]
    for part in node.body:
        if part in members:
            text.append(source.text(last + 1, part.end_lineno))
        last = part.end_lineno
    return "\n".join(text)


def is_registry(node: ast.stmt) -> bool:
    """Whether a definition is a literal dict."""
    return isinstance(getattr(node, "value", None), ast.Dict)


def chosen(node: ast.stmt, key: object) -> list[tuple[ast.expr, ast.expr]]:
    """The entry of a registry under a key, as (key, value); none where there is no such key."""
    pairs = zip(node.value.keys, node.value.values, strict=True)
    return [pair for pair in pairs if isinstance(pair[0], ast.Constant) and pair[0].value == key]


def registry(source: Source, node: ast.stmt, key: object) -> str:
    """A registry with one entry, or none; each has lines of its own."""
    keys, values = node.value.keys, node.value.values
    head = source.text(source.start(node), source.start(keys[0]) - 1)
    tail = source.text(values[-1].end_lineno + 1, node.end_lineno)
    entries = [source.text(source.start(first), last.end_lineno) for first, last in chosen(node, key)]
    return "\n".join([head, *entries, tail]) if entries else head + tail


def name(part: ast.stmt) -> str:
    """What a statement of a class defines."""
    return getattr(part, "name", None) or getattr(getattr(part, "target", None), "id", "")


def _is_property(part: ast.stmt) -> bool:
    return any(ast.unparse(decorator) == "property" for decorator in getattr(part, "decorator_list", ()))


def kept_of(part: ast.stmt) -> ast.AST:
    """What a plain class keeps of a statement: a field's or a property's type, a method as it is."""
    return part.annotation if isinstance(part, ast.AnnAssign) else part.returns if _is_property(part) else part


def plain(
    source: Source, node: ast.ClassDef, members: Sequence[ast.stmt], config: TrainConfig, meanings: Mapping[str, str]
) -> str:
    """The class of the settings with the values of `config` for its fields and properties, and methods as they are."""
    text = [source.text(source.start(node), node.lineno), '    """Settings of the run."""', ""]
    for part in members:
        if (kind := kept_of(part)) is part:
            text += ["", source.text(source.start(part), part.end_lineno)]
        else:
            field = name(part)
            note = meanings[field] if field in meanings else ast.get_docstring(part).partition(":")[0].rstrip(".")
            text.append(f"    {field}: {ast.unparse(kind)} = {getattr(config, field)!r}  # {note}")
    return "\n".join(text)


def spaced(pieces: Sequence[tuple[int, int, str]]) -> str:
    """Definitions of one module, (first line, last line, text), as far apart as they are there, up to two lines."""
    code, end = "", None
    for first, last, text in pieces:
        code += text if end is None else "\n" * min(first - end, 3) + text
        end = last
    return code
