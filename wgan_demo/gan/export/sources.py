"""Our modules as text, read and never imported, so that no torch is needed: what they define, import and read."""

import ast
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]
PACKAGE = "wgan_demo"
PROGRAM = ""  # stands for a text that is no module of ours, but imports from them
Place = tuple[str, str]  # a module and a name that is defined in it


@dataclass(frozen=True, eq=False)
class Source:
    """A module: its lines, its statements, the definitions among them, and (module, name) behind every imported name.

    The name is "" for `import module`. A package hands on what it imports.
    """

    lines: list[str]
    statements: list[ast.stmt]
    definitions: dict[str, ast.stmt]
    imports: dict[str, tuple[str, str]]
    is_package: bool = False

    @classmethod
    def of(cls, text: str, is_package: bool = False) -> "Source":
        """That of a text."""
        definitions: dict[str, ast.stmt] = {}
        imports: dict[str, tuple[str, str]] = {}
        body = ast.parse(text).body
        for node in body:
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    definitions[name] = node
                case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                    definitions[name] = node
                case ast.Import(names=names):
                    imports |= {alias.asname or alias.name: (alias.name, "") for alias in names}
                case ast.ImportFrom(module=module, names=names):
                    imports |= {alias.asname or alias.name: (module, alias.name) for alias in names}
        return cls(text.splitlines(), body, definitions, imports, is_package)

    @property
    def docstring(self) -> str:
        """What the module says of itself."""
        return ast.get_docstring(ast.Module(self.statements, [])) or ""

    def text(self, first: int, last: int) -> str:
        """Lines `first` to `last`, counted from 1."""
        return "\n".join(self.lines[first - 1 : last])

    def start(self, node: ast.stmt | ast.expr) -> int:
        """The first line of a piece of syntax: that of its decorators, or of the comment directly above them."""
        line = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", ()))])
        while line > 1 and self.lines[line - 2].lstrip().startswith("#"):
            line -= 1
        return line


@cache
def read(module: str) -> Source:
    """A module under its dotted name."""
    path = ROOT.joinpath(*module.split("."))  # not importlib's find_spec, which imports the packages on its way
    if is_package := path.is_dir():
        path /= "__init__"
    return Source.of(path.with_suffix(".py").read_text(encoding="utf-8"), is_package)


class Reads(NamedTuple):
    """What a piece of syntax reads; annotations count.

    `names`; `attributes`, what stands after a dot; of these `inherited` after super(), `own` after self, and
    `settings` after a TrainConfig, which is always called so: config, self.config, first_config. `choices` are
    (registry, field) of every REGISTRY[config.field].
    """

    names: set[str]
    attributes: set[str]
    inherited: set[str]
    own: set[str]
    settings: set[str]
    choices: set[tuple[str, str]]


@lru_cache(4096)
def reads(top: ast.AST) -> Reads:
    """What a piece of syntax reads."""
    found = Reads(set(), set(), set(), set(), set(), set())
    for node in ast.walk(top):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                found.names.add(name)
            case ast.Attribute(value=owner, attr=name):
                found.attributes.add(name)
                match owner:
                    case ast.Call(func=ast.Name(id="super")):
                        found.inherited.add(name)
                    case ast.Name(id="self"):
                        found.own.add(name)
                    case ast.Name(id=last) | ast.Attribute(attr=last) if last.endswith("config"):
                        found.settings.add(name)
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Attribute(value=owner, attr=field)):
                if field in reads(node.slice).settings:
                    found.choices.add((name, field))
    return found
