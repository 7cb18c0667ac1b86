"""Compile every loop of the engine now, on every core, rather than when it is first called: ``python -m …kernels``."""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pkgutil import walk_packages

from touchmark import engine
from touchmark.engine.native import Kernel
from touchmark.runners.local import usable_cores


def names() -> Iterator[tuple[str, str]]:
    """Give module and name of every kernel."""
    for module in walk_packages(engine.__path__, f"{engine.__name__}."):
        if ".make_" in module.name:
            continue  # makes tables, from what only developers have
        held = vars(import_module(module.name))
        yield from ((module.name, name) for name, value in held.items() if _is_of(value, module.name))


def _is_of(value: object, module: str) -> bool:
    return isinstance(value, Kernel) and value.python.__module__ == module


def compile_one(name: tuple[str, str]) -> str:
    """Compile or find one kernel."""
    module, kernel = name
    getattr(import_module(module), kernel).ready()
    return kernel


def main() -> None:
    """Compile all, and say how many there are."""
    with ProcessPoolExecutor(usable_cores()) as pool:
        done = list(pool.map(compile_one, names()))
    print(f"{len(done)} loops of the engine are ready", file=sys.stderr)


if __name__ == "__main__":
    main()
