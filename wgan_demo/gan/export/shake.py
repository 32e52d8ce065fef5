"""What a program uses of our modules, copied as it is written there: `shake`.

Nothing is evaluated and nothing is rewritten. What the program does not reach is left out: whole definitions, methods
of classes, and entries of registries, where a literal dict that is read as REGISTRY[config.field] keeps the one that
the settings choose. The settings' own class alone is not copied: it becomes a plain one with the values of the run.
"""

import ast
import sys
from collections.abc import Iterator, Mapping

from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.export import copies
from wgan_demo.gan.export.sources import PACKAGE, PROGRAM, Place, Source, read, reads

SETTINGS: Place = (TrainConfig.__module__, TrainConfig.__name__)


def shake(program: str, config: TrainConfig, meanings: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """What a program needs in place of its imports: import statements, and the code of our modules.

    Its own import statements say where its names come from. The modules are in an order that runs. `meanings` of
    settings become comments. Raises ValueError where one name means two things, or a whole module of ours.
    """
    shaker = _Shaker(program, config)
    pieces: dict[str, list[tuple[int, int, str]]] = {}  # of each module: first line, last line, text
    for module in shaker.modules():
        source = read(module)
        for name, node in source.definitions.items():
            if (place := (module, name)) not in shaker.reached:
                continue
            if place == SETTINGS:
                text = copies.plain(source, node, shaker.members(place), config, meanings)
            elif isinstance(node, ast.ClassDef):
                text = copies.part_of_class(source, node, shaker.members(place))
            elif place in shaker.choices:
                text = copies.registry(source, node, shaker.choices[place])
            else:
                text = source.text(source.start(node), node.end_lineno)
            pieces.setdefault(module, []).append((source.start(node), node.end_lineno, text))
    return _import_statements(shaker.imports()), {module: copies.spaced(found) for module, found in pieces.items()}


class _Shaker:
    """What a program reaches under some settings: it grows until nothing more is found."""

    def __init__(self, program: str, config: TrainConfig):
        self.program = Source.of(program)
        self.reached: set[Place] = set()
        self.used: set[Place] = set()  # of these what is more than a base of another class
        self.attributes: set[str] = set()  # what is read after a dot
        self.inherited: set[str] = set()  # after super()
        self.settings: set[str] = set()  # of the settings
        self.choices: dict[Place, object] = {}  # keys of registries
        size = None
        while size != (size := self._size()):
            for module, node, is_base in list(self._nodes()):
                found = reads(node)
                places = {self.origin(module, name) for name in found.names}
                self.reached |= {place for place in places if place and place[0] != PROGRAM}
                self.used |= set() if is_base else places
                self.attributes |= found.attributes
                self.inherited |= found.inherited
                self.settings |= found.settings | (found.own if module == SETTINGS[0] else set())
                for name, field in found.choices:
                    place = self.origin(module, name)
                    if place and copies.is_registry(self._definition(place)):
                        self.choices[place] = getattr(config, field)

    def origin(self, module: str, name: str) -> Place | None:
        """Where a name that a module reads is defined among our sources; None where it is not ours."""
        source = self._source(module)
        if name in source.definitions:
            return module, name
        where, original = source.imports.get(name, ("", ""))
        if where.partition(".")[0] != PACKAGE:
            return None
        place = self.origin(where, original)
        if place is None or place[1] != name:
            raise ValueError(f"{name}, which {module or 'the program'} imports from {where}, cannot be copied.")
        return place

    def members(self, place: Place) -> list[ast.stmt]:
        """The statements of a class that are reached: all but methods that nobody calls.

        A class with a base that is not ours keeps all its methods, for that base may call them.
        """
        node = self._definition(place)
        if place == SETTINGS:
            return [part for part in node.body if copies.name(part) in self.settings]
        if len(self._bases(place)) < len(node.bases):
            return node.body
        return [
            part for part in node.body if not isinstance(part, ast.FunctionDef) or self._is_called(place, part.name)
        ]

    def modules(self) -> list[str]:
        """The modules of what is reached, each after those that it imports from."""
        order, names = [], set(self._names())

        def visit(module: str) -> None:
            source = self._source(module)
            for name, (where, _) in source.imports.items():
                handed_on = source.is_package and self.origin(module, name) in self.reached
                if (handed_on or ((module, name) in names and self.origin(module, name))) and where not in order:
                    visit(where)
            order.append(module)

        visit(PROGRAM)
        return order[:-1]

    def imports(self) -> dict[str, tuple[str, str]]:
        """(module, name) behind every name that comes from elsewhere. Raises ValueError where one has two meanings."""
        found: dict[str, tuple[str, str]] = {}
        for module, name in self._names():
            meaning = self.origin(module, name) or self._source(module).imports.get(name)
            if meaning and found.setdefault(name, meaning) != meaning:
                raise ValueError(f"{name} has two meanings: {meaning} and {found[name]}.")
        return {name: meaning for name, meaning in found.items() if meaning not in self.reached and meaning[0]}

    def _size(self) -> tuple[int, ...]:
        return tuple(map(len, (self.reached, self.used, self.attributes, self.inherited, self.settings, self.choices)))

    def _source(self, module: str) -> Source:
        return self.program if module == PROGRAM else read(module)

    def _definition(self, place: Place) -> ast.stmt:
        return self._source(place[0]).definitions[place[1]]

    def _bases(self, place: Place) -> list[Place]:
        """The bases of a class that are ours."""
        bases = [base.id for base in self._definition(place).bases if isinstance(base, ast.Name)]
        return [origin for name in bases if (origin := self.origin(place[0], name))]

    def _is_called(self, place: Place, method: str) -> bool:
        """Whether a method of a class may run, and not only those that its heirs put in its place."""
        if method.startswith("__") or method in self.inherited:
            return True
        if method not in self.attributes or place in self.used:
            return method in self.attributes
        classes = [heir for heir in self.reached if isinstance(self._definition(heir), ast.ClassDef)]
        heirs = [self._definition(heir).body for heir in classes if place in self._bases(heir)]
        return not all(method in map(copies.name, body) for body in heirs)

    def _nodes(self) -> Iterator[tuple[str, ast.AST, bool]]:
        """The syntax that is reached by now, with its module, and whether it is the base of a class."""
        for node in self.program.statements:
            yield PROGRAM, node, False
        for place in self.reached:
            node = self._definition(place)
            parts = [node]
            if isinstance(node, ast.ClassDef):
                yield from ((place[0], base, True) for base in node.bases)
                members = self.members(place)
                parts = node.decorator_list + (list(map(copies.kept_of, members)) if place == SETTINGS else members)
            elif place in self.choices:
                entry = [value for _, value in copies.chosen(node, self.choices[place])]
                parts = [node.annotation, *entry] if isinstance(node, ast.AnnAssign) else entry
            yield from ((place[0], part, False) for part in parts)

    def _names(self) -> Iterator[tuple[str, str]]:
        """(module, name) of everything that is read."""
        return ((module, name) for module, node, _ in self._nodes() for name in reads(node).names)


def _import_statements(imports: dict[str, tuple[str, str]]) -> str:
    """For these names, (module, name there) by name: the standard library's first, one statement a module."""
    lines: dict[str, list[str]] = {}
    for name, (module, original) in sorted(imports.items()):
        renamed = f" as {name}" * (name != (original or module))
        if original:
            lines.setdefault(f"from {module} import ", []).append(original + renamed)
        else:
            lines[f"import {module}{renamed}"] = []
    blocks: dict[bool, list[str]] = {True: [], False: []}
    for start, names in sorted(lines.items(), key=lambda line: (line[0].startswith("from"), line[0])):
        blocks[start.split()[1].partition(".")[0] in sys.stdlib_module_names].append(start + ", ".join(names))
    return "\n\n".join("\n".join(block) for block in blocks.values() if block)
