"""
Functions over arrays, compiled to machine code: for loops that whole-array operations cannot say.

A kernel is written in plain Python over one-dimensional arrays and numbers, with types for all of them. numba compiles
it when it is first called on a machine, and the machine code is kept beside this package (or in the user's cache, where
that place may not be written), so that no later process needs numba: it loads the code in a few milliseconds. What is
kept is named by everything it was made from, so that a changed kernel is never served by old code.

A kernel makes no array and raises nothing: the caller hands in what is written to, and a number says how it went.
Called by the matchers of ``engine.screening``. Does not live here: any kernel.
"""

import ctypes
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any, Generic, ParamSpec, TypeVar, cast, get_args, get_origin, get_type_hints

import numpy as np

from touchmark.engine.door import DOOR, STRANGE, door, require_layout

Takes = ParamSpec("Takes")
Gives = TypeVar("Gives")

_POINTER, _NUMBER = ctypes.c_void_p, ctypes.c_int64
#: What machine code may call beside itself: copying of memory and the mathematics that every system brings along.
_OF_THE_SYSTEM = [*("memcpy", "memset", "memmove", "memcmp"), *("log", "exp", "pow", "sqrt", "floor", "ceil")]
_OF_THE_SYSTEM += [f"{name}f" for name in _OF_THE_SYSTEM[4:]]
#: What gives back memory that numba's own arrays own: named in some kernels, never reached, as no array here has one.
_NEVER = "NRT_MemInfo_call_dtor"
#: Numba counts who holds an array; nobody does, as they come through a door, and counting would keep parts apart.
_OWNED = re.compile(r"^ *(tail )?call void @NRT_(in|de)cref\(.*\n", re.MULTILINE)
_ALLOWED = re.compile(rf"llvm\.|({'|'.join(_OF_THE_SYSTEM)}|{_NEVER})$")


class NotNative(TypeError):
    """A function cannot be a kernel, or was called with what it does not take: a fault of the program."""


def inlined(function: Callable[Takes, Gives]) -> Callable[Takes, Gives]:
    """Mark a function as a part of kernels that call it by its name; elsewhere it is what it was."""
    function.__native__ = True  # type: ignore[attr-defined]
    return function


def native(function: Callable[Takes, Gives]) -> "Kernel[Takes, Gives]":
    """
    Make a kernel of a function over ``NDArray[np.…]``, ``int``, ``float`` and ``bool``, which gives a number or None.

    No place is counted from the end of an array: ``[-1]`` is not the last one here, and must not be asked for.
    Functions that it calls must be ``inlined``; they may take arrays together, in a ``NamedTuple`` that the kernel
    makes. Constants must be numbers. Mind that numba makes a float of a signed and an unsigned 64-bit number together.
    """
    return Kernel(cast(FunctionType, function))


@dataclass(eq=False)
class Kernel(Generic[Takes, Gives]):
    """A function that is machine code from its first call on. ``python`` is the function as written."""

    python: FunctionType
    _call: Callable[..., Any] | None = field(default=None, init=False, repr=False)

    def __call__(self, *args: Takes.args, **kwargs: Takes.kwargs) -> Gives:
        """
        Run it; arrays must be contiguous and of the very type that was said.

        :raises NotNative: if they are not
        """
        if self._call is None:
            self._call = _loaded(self.python)
        return cast(Gives, self._call(*args, *kwargs.values()))

    def ready(self) -> None:
        """Compile or load it now."""
        if self._call is None:
            self._call = _loaded(self.python)


@dataclass(frozen=True, slots=True)
class _Signature:
    """Per argument its element type if it is an array, else the type of number; and the type of the result."""

    arrays: tuple[np.dtype[Any] | None, ...]
    numbers: tuple[type | None, ...]
    result: type | None

    @classmethod
    def of(cls, function: FunctionType) -> "_Signature":
        hints = get_type_hints(function)
        result = hints.pop("return", type(None))
        arrays = tuple(_element(hint) for hint in hints.values())
        numbers = tuple(None if array else hint for hint, array in zip(hints.values(), arrays, strict=True))
        if any(number not in (int, float, bool) for number in numbers if number is not None):
            raise NotNative(f"{function.__qualname__}: a kernel takes arrays, int, float and bool")
        return cls(arrays, numbers, None if result is type(None) else result)


def _element(hint: Any) -> np.dtype[Any] | None:
    if get_origin(hint) is not np.ndarray:
        return None
    return cast("np.dtype[Any]", np.dtype(get_args(get_args(hint)[1])[0]))


_C: dict[Any, Any] = {int: ctypes.c_int64, float: ctypes.c_double, bool: ctypes.c_bool}


def _loaded(function: FunctionType) -> Callable[..., Any]:
    """Load a kernel's machine code, compiled first where there is none yet, and give what calls it."""
    require_layout()
    signature = _Signature.of(function)
    code = _kept(_name(function)) or _keep(_name(function), _compiled(function, signature))
    types: list[Any] = [_POINTER, _POINTER]
    for array, number in zip(signature.arrays, signature.numbers, strict=True):
        types.append(ctypes.py_object if array else _C[cast(type, number)])
    return _caller(function, signature, ctypes.CFUNCTYPE(ctypes.c_int32, *types)(_linked(code)))


def _caller(function: FunctionType, signature: _Signature, address: Any) -> Callable[..., Any]:
    """Hand arguments to the door of a kernel, arrays as they are: it takes them apart itself."""
    made, many = _C[signature.result] if signature.result else ctypes.c_int64, len(signature.arrays)
    arrays = [(place, array) for place, array in enumerate(signature.arrays) if array]

    def call(*args: Any) -> Any:
        if len(args) != many:
            raise NotNative(f"{function.__qualname__} takes {many} arguments, not {len(args)}")
        for place, array in arrays:
            value = args[place]
            if not isinstance(value, np.ndarray) or (value.dtype is not array and value.dtype != array):
                raise NotNative(f"{function.__qualname__} takes {array}, not {_about(value)}")
        result, fault = made(), ctypes.c_void_p()
        status = address(ctypes.addressof(result), ctypes.addressof(fault), *args)
        if status == STRANGE:
            raise NotNative(f"{function.__qualname__} takes {', '.join(_about(args[place]) for place, _ in arrays)}")
        if status:
            raise NotNative(f"{function.__qualname__} raised; a kernel must not")
        return result.value if signature.result else None

    return call


def _about(value: Any) -> str:
    if not isinstance(value, np.ndarray):
        return type(value).__name__
    return f"{value.dtype} of {value.shape}{'' if value.flags.c_contiguous else ', with gaps'}"


def _linked(code: bytes) -> int:
    """Give the address of machine code; it stays for as long as the process."""
    import llvmlite.binding as llvm

    _know_the_system()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _machine())
    name, _, binary = code.partition(b"\n")
    engine.add_object_file(llvm.ObjectFileRef.from_data(binary))
    engine.finalize_object()
    _engines.append(engine)
    return cast(int, engine.get_function_address(name.decode()))


_engines: list[Any] = []


@cache
def _know_the_system() -> None:
    """Say where the system's own functions are: where one name is not known, calls of all of them lead nowhere."""
    import llvmlite.binding as llvm

    system = ctypes.CDLL(None) if os.name == "posix" else ctypes.CDLL("ucrtbase")
    for name in _OF_THE_SYSTEM:
        llvm.add_symbol(name, ctypes.cast(getattr(system, name), ctypes.c_void_p).value)
    if llvm.address_of_symbol(_NEVER) is None:
        llvm.add_symbol(_NEVER, ctypes.cast(system.abort, ctypes.c_void_p).value)


def _machine() -> Any:
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    target = llvm.Target.from_default_triple()
    features = llvm.get_host_cpu_features().flatten()
    cpu = llvm.get_host_cpu_name()
    return target.create_target_machine(cpu=cpu, features=features, opt=3, codemodel="jitdefault", jit=True)


def _compiled(function: FunctionType, signature: _Signature) -> bytes:
    """Compile a kernel with numba: its name in the machine code, a line's end, and the code."""
    import llvmlite.binding as llvm

    numba: Any = import_module("numba")
    numbers: dict[Any, Any] = {int: numba.int64, float: numba.float64, bool: numba.boolean, None: numba.void}
    takes = [
        numba.from_dtype(array)[::1] if array else numbers[number]
        for array, number in zip(signature.arrays, signature.numbers, strict=True)
    ]
    options = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "error_model": "numpy", "nogil": True}
    with _from_the_start():
        made = numba.njit(numbers[signature.result](*takes), **options)(_with_parts(function))
    (overload,) = made.overloads.values()
    text = overload.library.get_llvm_str()
    called = re.findall(r"^declare [^@]*@\"?([\w.$]+)", text, re.MULTILINE)
    if strange := [name for name in called if not _ALLOWED.match(name)]:
        raise NotNative(
            f"{function.__qualname__} needs {', '.join(strange)}: a kernel makes no array and raises nothing"
        )
    name = overload.fndesc.llvm_func_name
    module = llvm.parse_assembly(_OWNED.sub("", text) + door(name, signature.arrays, signature.numbers))
    return f"{name}{DOOR}".encode() + b"\n" + _made_small(module, name + DOOR)


@contextmanager
def _from_the_start() -> Iterator[None]:
    """While a kernel is compiled, let no place be counted from the end of an array, which asks once more at each."""
    arrays: Any = import_module("numba.np.arrayobj")
    kinds: Any = import_module("numba.core.types")
    counted = arrays.fix_integer_index

    def as_it_is(context: Any, builder: Any, kind: Any, place: Any, _size: Any) -> Any:
        return context.cast(builder, place, kind, kinds.intp if kind.signed else kinds.uintp)

    with import_module("numba.core.compiler_lock").global_compiler_lock:
        arrays.fix_integer_index = as_it_is
        try:
            yield
        finally:
            arrays.fix_integer_index = counted


def _made_small(module: Any, name: str) -> bytes:
    """Compile a module of which one function is called from outside; the others become parts of it where that pays."""
    import llvmlite.binding as llvm

    for function in module.functions:
        if not function.is_declaration and function.name != name:
            function.linkage = "internal"
    machine, tuning = _machine(), llvm.create_pipeline_tuning_options(speed_level=3)
    tuning.loop_vectorization = tuning.slp_vectorization = True
    builder = llvm.create_pass_builder(machine, tuning)
    builder.getModulePassManager().run(module, builder)
    return cast(bytes, machine.emit_object(module))


def _with_parts(function: FunctionType) -> FunctionType:
    """Give the function with its parts compiled too."""
    numba: Any = import_module("numba")
    parts = {name: numba.njit(_with_parts(part), error_model="numpy") for name, part in _parts(function)}
    copy = FunctionType(function.__code__, function.__globals__ | parts, function.__name__, function.__defaults__)
    copy.__module__, copy.__qualname__ = function.__module__, function.__qualname__
    return copy


def _parts(function: FunctionType) -> Iterator[tuple[str, FunctionType]]:
    for name in function.__code__.co_names:
        part = function.__globals__.get(name)
        if getattr(part, "__native__", False):
            yield name, cast(FunctionType, part)


def _name(function: FunctionType) -> str:
    """Name the machine code by all that it is made from: sources, constants, compiler, processor."""
    import llvmlite
    import llvmlite.binding as llvm

    digest = sha256(repr((sys.version_info, llvmlite.__version__, llvm.get_default_triple())).encode())
    digest.update(_source(__file__) + _source(door.__code__.co_filename))
    digest.update((llvm.get_host_cpu_name() + llvm.get_host_cpu_features().flatten()).encode())
    for part in _whole(function):
        digest.update(part.__qualname__.encode() + _source(part.__code__.co_filename))
        digest.update(repr([(name, _constant(part, name)) for name in part.__code__.co_names]).encode())
    return f"{function.__name__}-{digest.hexdigest()[:24]}.o"


def _whole(function: FunctionType) -> Iterator[FunctionType]:
    yield function
    for _, part in _parts(function):
        yield from _whole(part)


def _constant(function: FunctionType, name: str) -> object:
    value = function.__globals__.get(name)
    if isinstance(value, type):
        return getattr(value, "_fields", None)
    return int(value) if isinstance(value, int) else value if isinstance(value, float | np.generic) else None


@cache
def _source(path: str) -> bytes:
    return sha256(Path(path).read_bytes()).digest()


def _folders() -> Iterator[Path]:
    """Where machine code may be kept: beside the package, which is as trusted as the package; then the user's cache."""
    yield Path(__file__).parent / "__pycache__" / "native"
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if os.path.isabs(home):
        yield Path(home) / "touchmark" / "native"


def _kept(name: str) -> bytes | None:
    for folder in _folders():
        try:
            if _ours(folder):
                return (folder / name).read_bytes()
        except OSError:
            continue
    return None


def _ours(folder: Path) -> bool:
    """Whether nobody else can put machine code there that we would run."""
    about = folder.stat()
    return not hasattr(os, "getuid") or (about.st_uid in (0, os.getuid()) and not about.st_mode & 0o022)


def _keep(name: str, code: bytes) -> bytes:
    """Keep machine code in the first place that can be written; without one, the next process compiles again."""
    for folder in _folders():
        try:
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as held:
                held.write(code)
            os.chmod(held.name, 0o644)
            os.replace(held.name, folder / name)
        except OSError:
            continue
        break
    return code
