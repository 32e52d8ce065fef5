"""What is left of our sources when a run's settings have decided what they decide: `cut`.

Its loss, its constraint, its data and its optimiser, in the very words that ran, for only they can be right.
"""

import ast
import copy
import re
from types import SimpleNamespace

import numpy as np

from wgan_demo.datasets import DATASETS
from wgan_demo.gan.config import CHANGEABLE, Changes, TrainConfig
from wgan_demo.gan.export import source

EMBEDDED = 2000  # rows of a table that are written into a script
NOT_KNOWN = object()
LAST = 10**6  # a line after all others
RENAMED = {"penalty": "two_sided_penalty"}  # functions whose names the steps use for something else


def cut(config: TrainConfig, changes: Changes, points: np.ndarray | None, file: str) -> dict[str, str]:
    """The source that a run needs, by the module of source.MODULES that it comes from, "" where that is nothing.

    A run on a table draws from its rows `points` (n, d), which are written out or, if there are too many, read from
    `file`. The class of the last module, Trainer, has `step()` and `sample(n)`.
    """
    decide = _Decide(config, bool(changes))
    trainer = _trainer(config, decide)
    code: dict[str, list[str]] = {module: [] for module in source.MODULES}
    code["datasets/toy"] = _data(config, points, file)
    written, queue = set(RENAMED), [trainer, *ast.parse("\n".join(code["datasets/toy"])).body]
    nodes: list[tuple[str, int, list[ast.stmt]]] = []
    while queue:
        for name in sorted(source.loaded([queue.pop()]) - written):
            if name in decide.written:
                module = "gan/lipschitz" if name.startswith("penalty") else "gan/losses"
                nodes.append((module, LAST, [decide.written[name]]))
                queue.append(decide.written[name])
            elif (first := {new: old for old, new in RENAMED.items()}.get(name, name)) in source.definitions():
                module, found = source.definitions()[first]
                new = _tidy(decide.visit(copy.deepcopy(found)))
                if hasattr(new, "name"):
                    new.name = name
                nodes.append((module, found.lineno, [*source.comment(module, found), new]))
                queue.append(new)
            else:
                continue
            written.add(name)
    for module, _, statements in sorted(nodes, key=lambda item: item[:2]):
        code[module].append(source.text(statements))
    code["gan/trainer"].append(source.text([trainer]))
    return {module: "\n\n\n".join(pieces) for module, pieces in code.items()}


class _Decide(ast.NodeTransformer):
    """The sources as one run's settings leave them: what is known is put in, and what cannot happen goes.

    `names` are expressions of the sources and what stands for them; `known` values, in the same way as the sources name
    them; `handed` arguments that are the same at every call, so that nobody needs to hand them on.
    """

    def __init__(self, config: TrainConfig, changed: bool):
        self.names = {"TrainConfig": "Settings", "self.changes": "CHANGES"}
        still, period = "sample_data(n, self.data_rng)", period_of(config)
        now = f"turned({still}, self.steps_done / {period})" if period else still  # Dataset.at in so many words
        self.names["self.dataset.at(self.steps_done).sample(n, self.data_rng)"] = now
        self.names["self.dataset.dimension"] = repr(config.space.size)
        self.written: dict[str, ast.FunctionDef] = {}  # functions that were lambdas in a registry
        fixed = SimpleNamespace(**{name: x for name, x in config.as_dict().items() if name not in CHANGEABLE})
        me = SimpleNamespace(config=fixed, _averaged=bool(config.ema), **({} if changed else {"changes": ()}))
        me.dataset = SimpleNamespace(dimension=config.space.size)
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
        (seeds,) = [node for node in ast.walk(source.tree("gan/config")) if getattr(node, "name", None) == "seeds"]
        self.names["config.seeds()"] = ast.unparse(seeds.body[-1].value).replace("self.", "config.")
        self.aliases: dict[str, str] = {}  # local names of the function under way
        classes = source.definitions()
        critic = copy.deepcopy(next(node for node in classes["Loss"][1].body if getattr(node, "name", "") == "critic"))
        critic.name, critic.args.args = "critic_loss", critic.args.args[1:]  # a method of the entry: without its self
        self.names |= {"self.costs": self.names["self.loss.costs"], "self.loss.critic": critic.name}
        self.written[critic.name] = self.visit(critic)

    def _entry(self, part: str, module: str, registry: str, key: str) -> SimpleNamespace:
        values = {}
        for field, node in source.entry(module, registry, key).items():
            path, values[field] = f"self.{part}.{field}", True
            if isinstance(node, ast.Constant):
                self.names[path], values[field] = repr(node.value), node.value
            elif isinstance(node, ast.Lambda):
                self.names[path], self.written[field] = field, source.function(field, node)
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
                node.func = source.registry(source.definitions()[name][0], name)[self.value(key)]
        if isinstance(node.func, ast.Lambda):
            given = source.arguments(node, [argument.arg for argument in node.func.args.args])
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
    whole = copy.deepcopy(source.definitions()["Trainer"][1])
    methods = {node.name: node for node in whole.body if isinstance(node, ast.FunctionDef)}
    if config.by_hand:
        fast = copy.deepcopy(source.definitions()["FastTrainer"][1])
        other = {node.name: node for node in fast.body if isinstance(node, ast.FunctionDef)}
        begin = other["__init__"]
        at = next(i for i, node in enumerate(begin.body) if ast.unparse(node).startswith("super()"))
        begin.body[at : at + 1] = methods["__init__"].body
        methods |= other
    methods = {name: decide.visit(node) for name, node in methods.items()}
    needed, new = set(), {"__init__", "step", "sample"}
    while new:
        needed |= new
        read = source.loaded(methods[name] for name in new)
        new = {name for name in methods if f"self.{name}" in read} - needed
    said = ast.get_docstring(whole).partition("\n")[0]
    whole.body = [ast.Expr(ast.Constant(said)), *(node for name, node in methods.items() if name in needed)]
    return _tidy(whole)


def _tidy(node: ast.stmt) -> ast.stmt:
    """A class that keeps nothing of which it makes no use."""
    for method in node.body if isinstance(node, ast.ClassDef) else ():
        if getattr(method, "name", None) == "__init__":
            _drop_unread(method.body, lambda: source.loaded([node]))
    return node


def _drop_unread(body: list[ast.stmt], read) -> None:
    """Remove from a body the assignments to what nobody reads, or what is assigned anew before it is read."""
    done = False
    while not done:
        done, reading = True, read()
        for i in range(len(body) - 1, -1, -1):
            node, path = body[i], source.path(body[i])
            if not re.fullmatch(r"(self\.)?\w+", path):
                continue
            if isinstance(node, ast.Assign):
                node.targets = [other for other in node.targets if ast.unparse(other) in reading] or node.targets[:1]
                path = source.path(node)
            anew = next((k for k in range(i + 1, len(body)) if source.path(body[k]) == path), None)
            if path not in reading or (anew is not None and path not in source.loaded(body[i + 1 : anew + 1])):
                del body[i]
                done = False


def period_of(config: TrainConfig) -> int:
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
    entry = source.registry("datasets/__init__", "DATASETS")[config.dataset]
    if entry.func.id == "Dataset":
        node = copy.deepcopy(source.definitions()[entry.args[1].id][1])
        node.name = "sample_data"
        return [source.text([node])]
    return [_drawn(entry.func.id, {})]


def _drawn(maker: str, given: dict[str, ast.expr]) -> str:
    """A function that returns a Dataset, as statements that end with a function `sample_data`."""
    body: list[ast.stmt] = []
    while maker != "Dataset":
        node = copy.deepcopy(source.definitions()[maker][1])
        if not body and (said := ast.get_docstring(node)):
            body.append(ast.parse(f"COMMENT({'# ' + said.splitlines()[0]!r})").body[0])
        for argument in node.args.args:
            if argument.arg in given and ast.unparse(given[argument.arg]) != argument.arg:
                body.append(ast.Assign([ast.Name(argument.arg, ast.Store())], given[argument.arg], lineno=0))
        last = node.body.pop()
        body += [part for part in node.body if not isinstance(part, ast.If | ast.Expr)]
        maker, given = last.value.func.id, source.arguments(last.value, [])
        made = source.definitions()[maker][1]
        if maker == "Dataset":
            given = source.arguments(last.value, ["label", "sample"])
        else:
            given = source.arguments(last.value, [argument.arg for argument in made.args.args])
    sampler = given["sample"]
    if isinstance(sampler, ast.Lambda):
        body.append(source.function("sample_data", sampler))
    else:
        next(node for node in body if getattr(node, "name", None) == sampler.id).name = "sample_data"
    _drop_unread(body, lambda: source.loaded(body))
    return source.text(ast.fix_missing_locations(node) for node in body)
