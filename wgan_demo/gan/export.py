"""A run to take away: the script that repeats it, the same as a notebook, its numbers as CSV.

The script is cut from the very sources that ran (read as text, so no torch is needed), for only they can be right: what
the run's settings decide is decided, so that its loss, its constraint, its data and its optimiser are what is left.
"""

import ast
import copy
import csv
import io
import json
import re
import textwrap
import tokenize
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np

from wgan_demo.datasets import DATASETS
from wgan_demo.gan.config import CHANGEABLE, TrainConfig
from wgan_demo.gan.objectives import CONSTRAINTS, OBJECTIVES
from wgan_demo.gan.recording import EVALUATION_FIELDS, EVERY, RECORD_FIELDS, Recording

ROOT = Path(__file__).parents[1]
MODULES = ("gan/networks", "gan/losses", "gan/lipschitz", "gan/fast", "gan/trainer", "datasets/toy")
EMBEDDED = 2000  # rows of a table that are written into a script
NOT_KNOWN = object()
LAST = 10**6  # a line after all others
RENAMED = {"penalty": "two_sided_penalty"}  # functions whose names the steps use for something else
MEANING = {
    "gp_weight": "lambda, the weight of the penalty",
    "clip": "c: every weight of the critic stays in [-c, c]",
    "n_critic": "critic steps for each step of the generator",
    "batch_size": "real points, and as many fakes, in each step",
    "latent_dim": "dimensions of the latent z ~ N(0, I)",
    "hidden": "widths of the hidden layers of both networks",
    "batch_norm": "batch normalisation in the critic",
    "lr": "learning rate of both networks",
    "lr_decay_steps": "iterations over which the learning rate falls",
    "lr_final": "the share of it that is left then",
    "betas": "Adam's averages: of the gradient, of its square",
    "ema": "average of the generator's weights, for samples",
    "seed": "of weights, data, noise and evaluation",
}

# The sources, as text


@cache
def _tree(module: str) -> ast.Module:
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


def _text(nodes: Iterable[ast.AST]) -> str:
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


def _path(node: ast.stmt) -> str:
    """What a plain assignment sets, "" for another statement."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return ast.unparse(target) if target else ""


@cache
def _definitions() -> dict[str, tuple[str, ast.stmt]]:
    """(module, statement) of every function, class and constant of MODULES by its name."""
    every = ((module, node) for module in MODULES for node in _tree(module).body)
    named = ((getattr(node, "name", "") or _path(node), module, node) for module, node in every)
    return {name: (module, node) for name, module, node in named if name}


def _comment(module: str, node: ast.stmt) -> list[ast.stmt]:
    """The comment at a statement at the top of a module, if there is one."""
    body = _tree(module).body
    before = body[body.index(node) - 1]
    return [before] if ast.unparse(before).startswith("COMMENT(") else []


@cache
def _imports() -> dict[str, tuple[str, str]]:
    """(module, name) behind every name that the sources import from elsewhere; the name is "" for `import module`."""
    found = {}
    for module in MODULES:
        for node in _tree(module).body:
            for alias in getattr(node, "names", []):
                whole = isinstance(node, ast.Import)
                where = alias.name if whole else node.module
                if not where.startswith("wgan_demo"):
                    found[alias.asname or alias.name] = where, "" if whole else alias.name
    return found


def _registry(module: str, name: str) -> dict[str, ast.expr]:
    """The expressions of a literal dict at the top of a module, by its keys."""
    node = next(node for node in _tree(module).body if _path(node) == name)
    return {key.value: value for key, value in zip(node.value.keys, node.value.values, strict=True)}


def _arguments(call: ast.Call, names: list[str]) -> dict[str, ast.expr]:
    """The expressions of a call, under the names of the parameters."""
    return dict(zip(names, call.args, strict=False)) | {word.arg: word.value for word in call.keywords if word.arg}


def _entry(module: str, registry: str, key: str) -> dict[str, ast.expr]:
    """The expressions of a registry's entry, which is an object of a dataclass, by its fields."""
    call = _registry(module, registry)[key]
    fields = [node for node in _definitions()[call.func.id][1].body if isinstance(node, ast.AnnAssign)]
    defaults = {node.target.id: node.value for node in fields if node.value}
    return defaults | _arguments(call, [node.target.id for node in fields])


def _function(name: str, body: ast.Lambda) -> ast.FunctionDef:
    """A lambda as a function with a name."""
    node = ast.parse(f"def {name}(): return 0").body[0]
    node.args, node.body[0].value = body.args, body.body
    return node


def _loaded(nodes: Iterable[ast.AST]) -> set[str]:
    """Names, and attributes of self as "self.name", that are read anywhere in the nodes; annotations count."""
    names = set()
    for node in (node for top in nodes for node in ast.walk(top)):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                names.add(name)
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Load()):
                names.add(f"self.{name}")
    return names


# What the settings decide


class _Decide(ast.NodeTransformer):
    """The sources as one run's settings leave them: what is known is put in, and what cannot happen goes.

    `names` are expressions of the sources and what stands for them; `known` values, in the same way as the sources name
    them; `handed` arguments that are the same at every call, so that nobody needs to hand them on.
    """

    def __init__(self, config: TrainConfig, changed: bool):
        self.names = {"TrainConfig": "Settings", "self.changes": "CHANGES"}
        still, period = "sample_data(n, self.data_rng)", _period(config)
        now = f"turned({still}, self.steps_done / {period})" if period else still  # Dataset.at in so many words
        self.names["self.dataset.at(self.steps_done).sample(n, self.data_rng)"] = now
        self.names["self.dataset.dimension"] = repr(config.dimension)
        self.written: dict[str, ast.FunctionDef] = {}  # functions that were lambdas in a registry
        fixed = SimpleNamespace(**{name: x for name, x in config.as_dict().items() if name not in CHANGEABLE})
        me = SimpleNamespace(config=fixed, _averaged=bool(config.ema), **({} if changed else {"changes": ()}))
        me.dataset = SimpleNamespace(dimension=config.dimension)
        me.loss = self._entry("loss", "gan/losses", "LOSSES", config.loss)
        me.regularizer = self._entry("regularizer", "gan/lipschitz", "REGULARIZERS", config.regularizer)
        self.handed = {"init": config.init, "activation": config.activation, "dataset": None, "changes": None}
        if not config.batch_norm:
            self.handed["batch_norm"] = False
        if not me.regularizer.spectral:
            self.handed["spectral"] = False
        if config.activation != "leaky_relu":
            self.handed["leak"] = me.leak = 0.0
        self.known = {"self": me, "config": fixed}
        (seeds,) = [node for node in ast.walk(_tree("gan/config")) if getattr(node, "name", None) == "seeds"]
        self.names["config.seeds()"] = ast.unparse(seeds.body[-1].value).replace("self.", "config.")
        self.aliases: dict[str, str] = {}  # local names of the function under way

    def _entry(self, part: str, module: str, registry: str, key: str) -> SimpleNamespace:
        values = {}
        for field, node in _entry(module, registry, key).items():
            path, values[field] = f"self.{part}.{field}", True
            if isinstance(node, ast.Constant):
                self.names[path], values[field] = repr(node.value), node.value
            elif isinstance(node, ast.Lambda):
                self.names[path], self.written[field] = field, _function(field, node)
            else:
                self.names[path] = ast.unparse(node)
            self.names[path] = RENAMED.get(self.names[path], self.names[path])
        return SimpleNamespace(**values)

    def value(self, node: ast.expr):
        """The value of an expression of which all is known, else NOT_KNOWN."""
        local = {name: eval(path, {}, self.known) for name, path in self.aliases.items()}
        try:
            return eval(ast.unparse(node), {"__builtins__": {}}, self.known | self.handed | local)
        except (NameError, AttributeError, TypeError):
            return NOT_KNOWN

    # Statements

    def visit_FunctionDef(self, node: ast.FunctionDef):
        self.aliases = {}
        given = node.args
        pairs = list(zip(given.kwonlyargs, given.kw_defaults, strict=True))
        pairs = [pair for pair in pairs if pair[0].arg not in self.handed]
        given.kwonlyargs, given.kw_defaults = [a for a, _ in pairs], [b for _, b in pairs]
        kept = [argument for argument in given.args if argument.arg not in self.handed]
        given.defaults = given.defaults[: max(0, len(given.defaults) + len(kept) - len(given.args))]  # the last ones go
        given.args = kept
        return self.generic_visit(node)

    def visit_If(self, node: ast.If):
        if all(isinstance(statement, ast.Raise) for statement in node.body):
            return None  # the settings have been checked
        if isinstance(node.test, ast.NamedExpr):
            self.aliases[node.test.target.id] = ast.unparse(node.test.value)
            node.test = node.test.target
        test = self.value(node.test)
        if test is NOT_KNOWN:
            return self.generic_visit(node)
        return [new for statement in (node.body if test else node.orelse) for new in self._several(statement)]

    def visit_For(self, node: ast.For):
        if self.value(node.iter) in ((), None):
            return None
        node = self.generic_visit(node)
        return node if node.body else None

    def visit_Assign(self, node: ast.Assign):
        target, value = node.targets[0], node.value
        if isinstance(target, ast.Name) and ast.unparse(value) in self.names:
            self.aliases[target.id] = ast.unparse(value)
            return None
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = list(zip(target.elts, value.elts, strict=True))
            pairs = [pair for pair in pairs if getattr(pair[0], "id", None) not in self.handed]
            if len(pairs) == 1:
                node.targets, node.value = [pairs[0][0]], pairs[0][1]
            else:
                target.elts, value.elts = [a for a, _ in pairs], [b for _, b in pairs]
        return self.generic_visit(node)

    def _several(self, node: ast.stmt) -> list[ast.stmt]:
        new = self.visit(node)
        return new if isinstance(new, list) else [new] * (new is not None)

    # Expressions

    def _named(self, node: ast.expr):
        path = ast.unparse(node)
        path = self.aliases.get(path, path)
        if path in self.names and not isinstance(getattr(node, "ctx", None), ast.Store):
            return ast.parse(self.names[path], mode="eval").body
        return None

    def visit_Name(self, node: ast.Name):
        return self._named(node) or node

    def visit_Attribute(self, node: ast.Attribute):
        return self._named(node) or self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp):
        test = self.value(node.test)
        return self.generic_visit(node) if test is NOT_KNOWN else self.visit(node.body if test else node.orelse)

    def visit_BoolOp(self, node: ast.BoolOp):
        if isinstance(node.op, ast.And):
            node.values = [value for value in node.values if self.value(value) is not True]
        return self.generic_visit(node) if len(node.values) > 1 else self.visit(node.values[0])

    def visit_Compare(self, node: ast.Compare):
        value = self.value(node)
        return self.generic_visit(node) if value is NOT_KNOWN else ast.Constant(value)

    def visit_BinOp(self, node: ast.BinOp):
        match node:
            case ast.BinOp(op=ast.Add(), left=ast.BinOp(op=ast.Mult(), right=times)) if self.value(times) is False:
                return self.visit(node.right)
        return self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict):
        pairs = [
            pair
            for pair in zip(node.keys, node.values, strict=True)
            if getattr(pair[0], "value", None) not in self.handed
        ]
        node.keys, node.values = [a for a, _ in pairs], [b for _, b in pairs]
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call):
        if new := self._named(node):
            return new
        match node.func:
            case ast.Subscript(value=ast.Name(id=name), slice=key) if name in ("OPTIMIZERS", "ACTIVATIONS"):
                node.func = _registry(_definitions()[name][0], name)[self.value(key)]
        if isinstance(node.func, ast.Lambda):
            given = _arguments(node, [argument.arg for argument in node.func.args.args])
            return self.visit(_Put(given).visit(copy.deepcopy(node.func.body)))
        node.keywords = [word for word in node.keywords if word.arg not in self.handed]
        node.args = [value for value in node.args if getattr(value, "id", None) not in self.handed]
        return self.generic_visit(node)


class _Put(ast.NodeTransformer):
    """Expressions in the place of names."""

    def __init__(self, expressions: dict[str, ast.expr]):
        self.expressions = expressions

    def visit_Name(self, node: ast.Name):
        return self.expressions.get(node.id, node)


def _trainer(config: TrainConfig, decide: _Decide) -> ast.ClassDef:
    """One class that trains: Trainer with what FastTrainer does in another way, and only what a run needs."""
    whole = copy.deepcopy(_definitions()["Trainer"][1])
    methods = {node.name: node for node in whole.body if isinstance(node, ast.FunctionDef)}
    if config.by_hand:
        fast = copy.deepcopy(_definitions()["FastTrainer"][1])
        other = {node.name: node for node in fast.body if isinstance(node, ast.FunctionDef)}
        begin = other["__init__"]
        at = next(i for i, node in enumerate(begin.body) if ast.unparse(node).startswith("super()"))
        begin.body[at : at + 1] = methods["__init__"].body
        methods |= other
    methods = {name: decide.visit(node) for name, node in methods.items()}
    needed, new = set(), {"__init__", "step", "sample"}
    while new:
        needed |= new
        read = _loaded(methods[name] for name in new)
        new = {name for name in methods if f"self.{name}" in read} - needed
    said = ast.get_docstring(whole).partition("\n")[0]
    whole.body = [ast.Expr(ast.Constant(said)), *(node for name, node in methods.items() if name in needed)]
    return _tidy(whole)


def _tidy(node: ast.stmt) -> ast.stmt:
    """A class that keeps nothing of which it makes no use."""
    for method in node.body if isinstance(node, ast.ClassDef) else ():
        if getattr(method, "name", None) == "__init__":
            _drop_unread(method.body, lambda: _loaded([node]))
    return node


def _drop_unread(body: list[ast.stmt], read) -> None:
    """Remove from a body the assignments to what nobody reads, or what is assigned anew before it is read."""
    done = False
    while not done:
        done, reading = True, read()
        for i in range(len(body) - 1, -1, -1):
            node, path = body[i], _path(body[i])
            if not re.fullmatch(r"(self\.)?\w+", path):
                continue
            if isinstance(node, ast.Assign):
                node.targets = [other for other in node.targets if ast.unparse(other) in reading] or node.targets[:1]
                path = _path(node)
            anew = next((k for k in range(i + 1, len(body)) if _path(body[k]) == path), None)
            if path not in reading or (anew is not None and path not in _loaded(body[i + 1 : anew + 1])):
                del body[i]
                done = False


# The data


def _period(config: TrainConfig) -> int:
    """Iterations in which the data turn once, 0 where they are at rest."""
    return 0 if config.columns else DATASETS[config.dataset].period


def _data(config: TrainConfig, points: np.ndarray | None, file: str) -> list[str]:
    """Source of `sample_data(n, rng) -> (n, d)`, and of the points it draws from."""
    if config.columns:
        if len(points) > EMBEDDED:
            read = f"np.loadtxt({file!r}, delimiter=',', skiprows=1, ndmin=2)"
            lines = [f"POINTS = {read}  # the table, which this script needs"]
        else:
            rows = [str(row) for row in np.asarray(points, float).tolist()]
            rows = [", ".join(rows[i : i + 3]) for i in range(0, len(rows), 3)]
            lines = ["POINTS = np.array([", *(f"    {row}," for row in rows), "])"]
        body = _drawn("from_points", {"points": ast.Name("POINTS", ast.Load())})
        return ["\n".join(lines), body]
    entry = _registry("datasets/__init__", "DATASETS")[config.dataset]
    if entry.func.id == "Dataset":
        node = copy.deepcopy(_definitions()[entry.args[1].id][1])
        node.name = "sample_data"
        return [_text([node])]
    return [_drawn(entry.func.id, {})]


def _drawn(maker: str, given: dict[str, ast.expr]) -> str:
    """A function that returns a Dataset, as statements that end with a function `sample_data`."""
    body: list[ast.stmt] = []
    while maker != "Dataset":
        node = copy.deepcopy(_definitions()[maker][1])
        if not body and (said := ast.get_docstring(node)):
            body.append(ast.parse(f"COMMENT({'# ' + said.splitlines()[0]!r})").body[0])
        for argument in node.args.args:
            if argument.arg in given and ast.unparse(given[argument.arg]) != argument.arg:
                body.append(ast.Assign([ast.Name(argument.arg, ast.Store())], given[argument.arg], lineno=0))
        last = node.body.pop()
        body += [part for part in node.body if not isinstance(part, ast.If | ast.Expr)]
        maker, given = last.value.func.id, _arguments(last.value, [])
        made = _definitions()[maker][1]
        if maker == "Dataset":
            given = _arguments(last.value, ["label", "sample"])
        else:
            given = _arguments(last.value, [argument.arg for argument in made.args.args])
    sampler = given["sample"]
    if isinstance(sampler, ast.Lambda):
        body.append(_function("sample_data", sampler))
    else:
        next(node for node in body if getattr(node, "name", None) == sampler.id).name = "sample_data"
    _drop_unread(body, lambda: _loaded(body))
    return _text(ast.fix_missing_locations(node) for node in body)


# The script


class Part(NamedTuple):
    """A piece of the script: what it is, in the field's words and formulas (LaTeX), and its code."""

    title: str
    words: str
    formulas: tuple[str, ...]
    code: str


def parts(recording: Recording, points: np.ndarray | None = None) -> list[Part]:
    """The script that repeats a recording's run, piece by piece. A run on a table needs its rows (n, d) as they were.

    Raises ValueError where they are missing, or the data are none of ours.
    """
    config = recording.config
    if config.columns and points is None:
        raise ValueError("To repeat a run on a table its rows are needed.")
    d = config.dimension  # raises where there are no such data
    code = {module: "\n\n\n".join(pieces) for module, pieces in _cut(recording, points).items()}
    objective, constraint = OBJECTIVES[config.loss], CONSTRAINTS[config.regularizer]
    hidden = " → ".join(map(str, config.hidden))
    engine = "gradients are derived by hand" if config.by_hand else f"autograd is used because {config.needs_autograd}"
    toy, period = code["datasets/toy"], _period(config)
    turn = f", which turn once in {period:,} iterations" if period else ""
    found = [
        Part(
            "Settings", f"Data: {recording.label!r}, distances in {recording.unit!r}.", (), _settings(recording, code)
        ),
        Part("Real points", f"sample_data draws from the distribution of the real points{turn}.", (), toy),
        Part(
            "Networks",
            f"Generator {config.latent_dim} → {hidden} → {d}, {objective.judge} {d} → {hidden} → 1: "
            f"{config.activation} between the layers, linear at the end.",
            (),
            code["gan/networks"],
        ),
        Part(
            f"Loss: {objective.label}",
            f"What {objective.judge} and generator minimise, from scores alone; {objective.reference}.",
            (f"L = {objective.critic}", f"L_G = {objective.generator}"),
            code["gan/losses"],
        ),
        Part(
            f"Constraint: {constraint.label}",
            f"What becomes of the slope of the {objective.judge}: {constraint.note}; {constraint.reference}.",
            (constraint.formula,) if constraint.formula else (),
            code["gan/lipschitz"],
        ),
        Part("Gradients by hand", ast.get_docstring(_tree("gan/fast")).partition("\n\n")[2], (), code["gan/fast"]),
        Part(
            "Training",
            f"{config.n_critic} steps of the {objective.judge}, then one of the generator; {engine}.",
            (),
            code["gan/trainer"],
        ),
        Part("Run", "The numbers are those of the last critic step of an iteration.", (), RUN.format(d=d)),
    ]
    found = [part for part in found if part.code]
    found[0] = found[0]._replace(code=_needed_imports(found) + "\n\n\n" + found[0].code)
    return found


def _cut(recording: Recording, points: np.ndarray | None) -> dict[str, list[str]]:
    """The pieces of source that a run needs, by the module they come from."""
    config, changes = recording.config, recording.changes
    decide = _Decide(config, bool(changes))
    trainer = _trainer(config, decide)
    code: dict[str, list[str]] = {module: [] for module in MODULES}
    code["datasets/toy"] = _data(config, points, points_name(recording))
    written, queue = set(RENAMED), [trainer, *ast.parse("\n".join(code["datasets/toy"])).body]
    nodes: list[tuple[str, int, list[ast.stmt]]] = []
    while queue:
        for name in sorted(_loaded([queue.pop()]) - written):
            if name in decide.written:
                module = "gan/lipschitz" if name.startswith("penalty") else "gan/losses"
                nodes.append((module, LAST, [decide.written[name]]))
            elif (source := {new: old for old, new in RENAMED.items()}.get(name, name)) in _definitions():
                module, found = _definitions()[source]
                new = _tidy(decide.visit(copy.deepcopy(found)))
                if hasattr(new, "name"):
                    new.name = name
                nodes.append((module, found.lineno, [*_comment(module, found), new]))
                queue.append(new)
            else:
                continue
            written.add(name)
    for module, _, statements in sorted(nodes, key=lambda item: item[:2]):
        code[module].append(_text(statements))
    code["gan/trainer"].append(_text([trainer]))
    return code


RUN = """torch.set_num_threads(1)  # as in the run: several threads would add in another order
trainer = Trainer(Settings())
print("step,critic_loss,score_gap,gradient_penalty,gradient_norm_mean")
for _ in range(ITERATIONS):
    record = trainer.step()
    if record.step % EVERY == 0 or record.step in (1, ITERATIONS):
        numbers = (record.critic_loss, record.score_gap, record.gradient_penalty, record.gradient_norm_mean)
        print(record.step, *(f"{{number:.9g}}" for number in numbers), sep=",")
samples = trainer.sample(512)  # generated points (512, {d})"""


def _settings(recording: Recording, code: dict[str, str]) -> str:
    """The settings that the code reads, and what was changed on the way."""
    config, used = recording.config, "\n".join(code.values())
    names = [name for name in MEANING if re.search(rf"\bconfig\.{name}\b", used)]
    values = [(name, getattr(config, name)) for name in names]
    lines = ["@dataclass(frozen=True)", "class Settings:"]
    lines += [f"    {name}: {type(value).__name__} = {value!r}  # {MEANING[name]}" for name, value in values]
    lines += ["", ""]
    if recording.changes:
        lines.append("# What was set anew while the run went on: (after how many iterations, what, its new value)")
        lines += ["CHANGES = (", *(f"    {change!r}," for change in recording.changes), ")"]
    lines.append(f"ITERATIONS = {recording.steps or config.lr_decay_steps or 1000}  # of the generator")
    lines.append(f"EVERY = {EVERY}  # iterations between two lines of numbers")
    return "\n".join(lines)


def _needed_imports(parts: list[Part]) -> str:
    """The import statements for these parts: the standard library's, then the others."""
    read = _loaded(ast.parse(part.code) for part in parts)
    lines: dict[str, list[str]] = {}
    for name, (module, original) in sorted((_imports() | {"dataclass": ("dataclasses", "dataclass")}).items()):
        if name in read:
            plain = f"import {module}" + f" as {name}" * (name != module)
            lines.setdefault(f"from {module} import " if original else plain, []).append(name * bool(original))
    order = lambda line: (line.split()[1].startswith(("numpy", "torch")), line.startswith("from"), line)  # noqa: E731
    text = [start + ", ".join(names) for start, names in sorted(lines.items(), key=lambda item: order(item[0]))]
    at = next(i for i, line in enumerate(text) if order(line)[0])
    return "\n".join([*text[:at], "", *text[at:]])


def _title(recording: Recording) -> str:
    config = recording.config
    return f"{OBJECTIVES[config.loss].label}, {CONSTRAINTS[config.regularizer].label.lower()}, seed {config.seed}"


HEAD = (
    "One run of “Wasserstein GANs, live”, number for number: the same seed and the same arithmetic in the same order. "
    "On the machine of the run, with its versions, the numbers agree in every bit; elsewhere they agree at first, and "
    "rounding grows from there. PyTorch and NumPy are all it needs."
)


def script(recording: Recording, points: np.ndarray | None = None) -> str:
    """The Python script that repeats a recording's run. Points and errors: see `parts`."""
    text = [f'"""{_title(recording)}.', "", *textwrap.wrap(HEAD, 110), '"""']
    for part in parts(recording, points):
        words = part.words.splitlines() if "\n" in part.words else textwrap.wrap(part.words, 110)
        text += ["", "", f"# --- {part.title} ---", *(f"# {line}".rstrip() for line in words), "", part.code]
    return "\n".join(text) + "\n"


PLOT = """try:
    import matplotlib.pyplot as plt
except ImportError:
    print("matplotlib is not installed: no picture, but `samples` are there.")
else:
    {draw}
    plt.legend()
    plt.show()"""
DRAW = {
    1: """plt.hist([trainer.real(512).numpy()[:, 0], samples[:, 0]], 40, label=["real", "generated"])""",
    2: """plt.scatter(*trainer.real(512).numpy().T, 8, label="real")
    plt.scatter(*samples.T, 8, marker="^", label="generated")
    plt.axis("equal")""",
}


def notebook(recording: Recording, points: np.ndarray | None = None) -> str:
    """The script as a Jupyter notebook (nbformat 4), with a picture of the samples at its end."""
    cells = [("markdown", f"# {_title(recording)}\n\n{HEAD}")]
    for part in parts(recording, points):
        # Only the first part quotes what a user called the data: as code, where Markdown and HTML mean nothing.
        words = part.words if part.title != "Settings" else ""
        if "\n" in words:  # typed, with formulas in it
            words = textwrap.indent(words, "    ")
        cells.append(
            ("markdown", "\n\n".join([f"## {part.title}", words, *(f"$${x}$$" for x in part.formulas)]).strip())
        )
        cells.append(("code", part.code if words else f"# {part.words}\n{part.code}"))
    cells += [("markdown", "## Samples"), ("code", PLOT.format(draw=DRAW[recording.dimension]))]
    document = {
        "cells": [
            {"cell_type": kind, "id": f"cell-{i}", "metadata": {}, "source": text.splitlines(keepends=True)}
            | ({"execution_count": None, "outputs": []} if kind == "code" else {})
            for i, (kind, text) in enumerate(cells)
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


# Numbers


def _table(header: Iterable[str], rows: Iterable[Iterable[float]], digits: str = ".9g") -> str:
    """CSV; nine digits are all that float32 has, and what is not a number stays empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([format(x, digits) if np.isfinite(x) else "" for x in map(float, row)] for row in rows)
    return text.getvalue()


def _units(recording: Recording) -> dict[str, str]:
    objective, x = OBJECTIVES[recording.config.loss], recording.unit
    slope = f"{objective.unit} per {x.removeprefix('units of ')}"
    loss = "nats" if objective.unit == "logits" else objective.unit
    return {
        "step": "generator iterations", "critic_loss": f"{loss}, penalty included", "generator_loss": loss,
        "gradient_penalty": "before lambda", "gradient_norm_mean": slope, "gradient_norm_std": slope,
        "score_gap": objective.unit, "emd": x, "sample_gap": objective.unit, "modes": f"of {recording.total_modes}",
        "high_quality": "share", "seconds": "s of one core",
    }  # fmt: skip


def records_csv(recording: Recording) -> str:
    """Every generator iteration: RECORD_FIELDS with their units."""
    units = _units(recording)
    return _table([f"{name} [{units[name]}]" for name in RECORD_FIELDS], recording.records)


def evaluations_csv(recording: Recording) -> str:
    """Every evaluation: EVALUATION_FIELDS with their units."""
    units = _units(recording)
    return _table([f"{name} [{units[name]}]" for name in EVALUATION_FIELDS], recording.evaluations)


def samples_csv(recording: Recording) -> str:
    """The generated points (n, d) of the newest frame."""
    header = [f"generated {axis} [{recording.unit}]" for axis in recording.axes]
    return _table(header, recording.frames[-1].fake)


def points_csv(points: np.ndarray, axes: tuple[str, ...]) -> str:
    """The rows (n, d) of a table, with all their digits: what the script of a run on many rows reads."""
    return _table([f"column {axis}" for axis in axes], points, ".17g")


def points_name(recording: Recording) -> str:
    """What `points_csv` should be called, so that the script finds it."""
    return f"{file_name(recording)}_points.csv"


def file_name(recording: Recording) -> str:
    """How the names of a run's files begin: lower-case letters, digits and underscores."""
    data = re.sub(r"[^a-z0-9]+", "_", recording.config.dataset.lower())[:40].strip("_")
    return f"wgan_{data or 'table'}_seed{recording.config.seed}"
