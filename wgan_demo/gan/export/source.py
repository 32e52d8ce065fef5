"""Our sources as text, read and never imported, so that no torch is needed: their functions, registries, comments."""

import ast
import io
import re
import tokenize
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = ("gan/networks/mlp", "gan/losses", "gan/lipschitz", "gan/fast", "gan/trainer", "datasets/toy")


@cache
def tree(module: str) -> ast.Module:
    """The syntax tree of a module, in which every comment is a call of COMMENT before the statement it stands at."""
    text = (ROOT / f"{module}.py").read_text()
    lines = text.splitlines()
    start = None  # of the statement under way
    notes: list[tuple[int, str]] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and not token.string.startswith(("# noqa", "# fmt")):
            own = not token.line[: token.start[1]].strip() and start is None
            notes.append((token.start[0] if own else start, token.string.partition("  # ")[0]))
        elif token.type == tokenize.NEWLINE:
            start = None
        elif start is None and token.type not in (tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT):
            start = token.start[0]
    for line, comment in reversed(notes):
        indent = re.match(r"\s*", lines[line - 1])[0]
        lines.insert(line - 1, f"{indent}COMMENT({comment!r})")
    return ast.parse("\n".join(lines))


def text(nodes: Iterable[ast.AST]) -> str:
    """Source text of statements, their comments among them."""
    text = "\n".join("\n\n" * isinstance(node, ast.FunctionDef) + ast.unparse(node) for node in nodes).strip()
    text = re.sub(r"(?m)^( *)COMMENT\((.*)\)$", lambda match: match[1] + ast.literal_eval(match[2]), text)
    return re.sub(r"(?m)^( *(?:[\w., ]+ = |return ))\((.*,.*)\)$", _bare, text)


def _bare(match: re.Match) -> str:
    """A statement without the parentheses that ast.unparse puts around a tuple."""
    short = match[1] + match[2]
    try:
        same = ast.dump(ast.parse(short.strip())) == ast.dump(ast.parse(match[0].strip()))
    except SyntaxError:
        same = False
    return short if same else match[0]


def path(node: ast.stmt) -> str:
    """What a plain assignment sets, "" for another statement."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return ast.unparse(target) if target else ""


@cache
def definitions() -> dict[str, tuple[str, ast.stmt]]:
    """(module, statement) of every function, class and constant of MODULES by its name."""
    every = ((module, node) for module in MODULES for node in tree(module).body)
    named = ((getattr(node, "name", "") or path(node), module, node) for module, node in every)
    return {name: (module, node) for name, module, node in named if name}


def comment(module: str, node: ast.stmt) -> list[ast.stmt]:
    """The comment at a statement at the top of a module, if there is one."""
    body = tree(module).body
    before = body[body.index(node) - 1]
    return [before] if ast.unparse(before).startswith("COMMENT(") else []


@cache
def imports() -> dict[str, tuple[str, str]]:
    """(module, name) behind every name that the sources import from elsewhere; the name is "" for `import module`."""
    found = {}
    for module in MODULES:
        for node in tree(module).body:
            for alias in getattr(node, "names", []):
                whole = isinstance(node, ast.Import)
                where = alias.name if whole else node.module
                if not where.startswith("wgan_demo"):
                    found[alias.asname or alias.name] = where, "" if whole else alias.name
    return found


def registry(module: str, name: str) -> dict[str, ast.expr]:
    """The expressions of a literal dict at the top of a module, by its keys."""
    node = next(node for node in tree(module).body if path(node) == name)
    return {key.value: value for key, value in zip(node.value.keys, node.value.values, strict=True)}


def arguments(call: ast.Call, names: list[str]) -> dict[str, ast.expr]:
    """The expressions of a call, under the names of the parameters."""
    return dict(zip(names, call.args, strict=False)) | {word.arg: word.value for word in call.keywords if word.arg}


def entry(module: str, name: str, key: str) -> dict[str, ast.expr]:
    """The expressions of a registry's entry, which is an object of a dataclass, by its fields."""
    call = registry(module, name)[key]
    fields = [node for node in definitions()[call.func.id][1].body if isinstance(node, ast.AnnAssign)]
    defaults = {node.target.id: node.value for node in fields if node.value}
    return defaults | arguments(call, [node.target.id for node in fields])


def function(name: str, body: ast.Lambda) -> ast.FunctionDef:
    """A lambda as a function with a name."""
    node = ast.parse(f"def {name}(): return 0").body[0]
    node.args, node.body[0].value = body.args, body.body
    return node


def loaded(nodes: Iterable[ast.AST]) -> set[str]:
    """Names, and attributes of self as "self.name", that are read anywhere in the nodes; annotations count."""
    names = set()
    for node in (node for top in nodes for node in ast.walk(top)):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                names.add(name)
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Load()):
                names.add(f"self.{name}")
    return names
