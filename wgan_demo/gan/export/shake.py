"""Which of our definitions a program needs, copied as they are written: the sources are read as text, never imported.

A definition is a function, a class or a constant at the top of a module, or a method. The comment above comes with it,
and so does every definition that it names. Of a registry, a literal dict with each entry on lines of its own, only the
chosen entry is copied.
"""

import ast
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
# In an order in which they can be run one after the other.
MODULES = (
    "datasets/spaces", "datasets/toy", "datasets/__init__", "gan/config", "gan/networks/mlp", "gan/networks/__init__",
    "gan/losses", "gan/lipschitz", "gan/trainer", "gan/fast",
)  # fmt: skip

Place = tuple[str, str]  # module and name of a definition


class Module(NamedTuple):
    """A source file: what it defines, and what it imports from others of MODULES and from elsewhere."""

    lines: list[str]
    defined: dict[str, ast.stmt]
    ours: dict[str, Place]
    theirs: dict[str, tuple[str, str]]  # module and name there, "" for `import module`


class Wanted(NamedTuple):
    """How much of a definition is copied: the chosen entries of registries, methods whose names are read."""

    entries: dict[str, str | None]
    attributes: set[str]


class Shaken(NamedTuple):
    """`code` by the modules of MODULES, "" where nothing of one is needed, and the imports for all of it."""

    code: dict[str, str]
    imports: str


def shake(program: str, entries: dict[str, str | None], given: Collection[str] = ()) -> Shaken:
    """What `program`, source text that comes after all of MODULES, needs of them.

    `entries` maps the names of registries to their chosen key, None for an empty one; `given` are names that the
    program brings itself.
    """
    main = [ast.parse(program)]
    wanted = Wanted(entries, set(_attributes(main)))
    reached = {place for name in _names(main) if name not in given and (place := _anywhere(name))}
    done = False
    while not done:
        nodes = {place: _needed(place, wanted) for place in reached}
        found = {
            place
            for (module, _), copied in nodes.items()
            for name in _names(copied)
            if name not in given and (place := _resolve(module, name))
        }
        attributes = {name for copied in nodes.values() for name in _attributes(copied)}
        done = found <= reached and attributes <= wanted.attributes
        reached |= found
        wanted.attributes.update(attributes)
    code: dict[str, str] = {}
    for name in MODULES:
        places = [(name, definition) for definition in module_of(name).defined if (name, definition) in reached]
        code[name] = "\n\n\n".join(text_of(place, wanted) for place in places)
    used = {(module, name) for (module, _), copied in nodes.items() for name in _names(copied)}
    theirs = {name: module_of(module).theirs[name] for module, name in used if name in module_of(module).theirs}
    return Shaken(code, import_lines(theirs | imports_of(main[0])))


def methods(module: str, name: str, wanted: Collection[str]) -> str:
    """The text of a class's methods and properties of these names, as they stand in it."""
    found = [node for node in module_of(module).defined[name].body if getattr(node, "name", "") in wanted]
    return "\n\n".join("\n".join(module_of(module).lines[_start(node) - 1 : node.end_lineno]) for node in found)


# Reading


@cache
def module_of(name: str) -> Module:
    """A source file, by its path below the package."""
    text = (ROOT / f"{name}.py").read_text()
    tree = ast.parse(text)
    defined = {definition: node for node in tree.body if (definition := _defines(node))}
    ours, theirs = {}, {}
    for local, (module, original) in imports_of(tree).items():
        path = module.partition(".")[2].replace(".", "/")
        if module.partition(".")[0] == ROOT.name:
            ours[local] = (path if (ROOT / f"{path}.py").exists() else f"{path}/__init__", original)
        else:
            theirs[local] = module, original
    return Module(text.splitlines(), defined, ours, theirs)


def imports_of(tree: ast.Module) -> dict[str, tuple[str, str]]:
    """(module, name) behind every name that is imported at the top; the name is "" for `import module`."""
    found = {}
    for node in tree.body:
        for alias in getattr(node, "names", []):
            whole = isinstance(node, ast.Import)
            found[alias.asname or alias.name] = (alias.name, "") if whole else (node.module, alias.name)
    return found


def _defines(node: ast.stmt) -> str:
    """What a statement at the top of a module defines, "" for nothing."""
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]).strip("()")
    return getattr(node, "name", "") or ast.unparse(getattr(node, "target", ast.Constant(""))).strip("'")


def _resolve(module: str, name: str) -> Place | None:
    """Where a name that is read in a module is defined, None if that is not in MODULES."""
    if module not in MODULES:
        return None
    known = module_of(module)
    if name in known.defined:
        return module, name
    return _resolve(*known.ours[name]) if name in known.ours else None


def _anywhere(name: str) -> Place | None:
    return next(((module, name) for module in MODULES if name in module_of(module).defined), None)


# Choosing


def _needed(place: Place, wanted: Wanted) -> list[ast.AST]:
    """The parts of a definition that are copied."""
    node = module_of(place[0]).defined[place[1]]
    if place[1] in wanted.entries:
        key = wanted.entries[place[1]]
        entry = [part for found, *part in _entries(node) if found == key]
        return [*(part for pair in entry for part in pair), getattr(node, "annotation", None) or ast.Pass()]
    if isinstance(node, ast.ClassDef):
        dropped = _dropped(place, wanted)
        return [*node.decorator_list, *node.bases, *(part for part in node.body if part not in dropped)]
    return [node]


def _entries(node: ast.stmt) -> Iterator[tuple[str, ast.expr, ast.expr]]:
    for key, value in zip(node.value.keys, node.value.values, strict=True):
        yield key.value, key, value


def _dropped(place: Place, wanted: Wanted) -> list[ast.stmt]:
    """The methods of a class that nobody names. A base that is not ours may call any of them."""
    module, node = place[0], module_of(place[0]).defined[place[1]]
    if not all(isinstance(base, ast.Name) and _resolve(module, base.id) for base in node.bases):
        return []
    methods = [part for part in node.body if isinstance(part, ast.FunctionDef) and not part.name.startswith("__")]
    return [method for method in methods if method.name not in wanted.attributes]


def _names(nodes: list[ast.AST]) -> set[str]:
    """Names that are read; annotations count."""
    walked = (node for top in nodes for node in ast.walk(top))
    return {node.id for node in walked if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def _attributes(nodes: list[ast.AST]) -> Iterator[str]:
    return (node.attr for top in nodes for node in ast.walk(top) if isinstance(node, ast.Attribute))


# Copying


def text_of(place: Place, wanted: Wanted) -> str:
    """The lines of a definition, with the comment right above it, without what is left out."""
    lines, node = module_of(place[0]).lines, module_of(place[0]).defined[place[1]]
    first = _start(node)
    while lines[first - 2].startswith("#"):
        first -= 1
    dropped: set[int] = set()
    if place[1] in wanted.entries:
        for key, begin, end in _entries(node):
            if key != wanted.entries[place[1]]:
                dropped |= set(range(begin.lineno, end.end_lineno + 1))
    elif isinstance(node, ast.ClassDef):
        left_out = _dropped(place, wanted)
        for before, part in zip(node.body, node.body[1:], strict=False):
            if part in left_out:
                dropped |= set(range(before.end_lineno + 1, part.end_lineno + 1))
    return "\n".join(lines[i - 1] for i in range(first, node.end_lineno + 1) if i not in dropped)


def _start(node: ast.stmt) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])


def import_lines(names: dict[str, tuple[str, str]]) -> str:
    """Import statements for names by (module, name there): the standard library's, then the others."""
    lines: dict[str, list[str]] = {}
    for name, (module, original) in sorted(names.items()):
        plain = f"import {module}" + f" as {name}" * (name != module)
        lines.setdefault(f"from {module} import " if original else plain, []).append(name * bool(original))
    order = lambda line: (line.split()[1].startswith(("numpy", "torch")), line.startswith("from"), line)  # noqa: E731
    text = [start + ", ".join(found) for start, found in sorted(lines.items(), key=lambda item: order(item[0]))]
    at = next((i for i, line in enumerate(text) if order(line)[0]), len(text))
    return "\n".join([*text[:at], "", *text[at:]]).strip()
