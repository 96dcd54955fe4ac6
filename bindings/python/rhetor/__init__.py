"""rhetor: says which rhetorical devices a text uses, where, and on whom.

    import rhetor
    with rhetor.Engine() as engine, engine.document("Perhaps we must act.") as document:
        for tag in document:
            print(tag.device, tag.start, tag.end, tag.text)

Offsets are code points, as Python's str has them: text[tag.start:tag.end] == tag.text. An Engine may be shared by
threads; a Document is used by one thread at a time. Both are freed by close(), at the end of a `with`
block, or when nobody holds them any more, in any order."""
from __future__ import annotations

import bisect
import ctypes
import ctypes.util
import dataclasses
import os
import pathlib
import subprocess
import weakref
from typing import Iterator, Mapping, Sequence

from . import _cdef as c

__all__ = ["Engine", "Document", "Tag", "Role", "Device", "Error", "SetError", "version"]


class Error(Exception):
    """What went wrong; `status` is rhetor_status."""

    def __init__(self, message: str, status: int = 0):
        super().__init__(message)
        self.status = status


class SetError(Error):
    """A pattern set has mistakes; `diagnostics` says where."""

    def __init__(self, message: str, diagnostics: Sequence[str]):
        super().__init__(message, c.RHETOR_E_SET)
        self.diagnostics = list(diagnostics)


def _candidates() -> Iterator[str]:
    """RHETOR_LIBRARY, beside this package, pkg-config, the usual paths."""
    if path := os.environ.get("RHETOR_LIBRARY"):
        yield path
        return
    for name in ("librhetor.so.1", "librhetor.1.dylib"):
        path = pathlib.Path(__file__).with_name(name)
        if path.exists():
            yield str(path)
    try:
        out = subprocess.run(["pkg-config", "--variable=libdir", "rhetor"], capture_output=True, text=True)
        if out.returncode == 0 and out.stdout.strip():
            yield os.path.join(out.stdout.strip(), "librhetor.so.1")
    except OSError:
        pass
    yield "librhetor.so.1"
    yield "librhetor.1.dylib"
    if name := ctypes.util.find_library("rhetor"):
        yield name


def _load() -> ctypes.CDLL:
    tried = []
    for path in _candidates():
        try:
            library = ctypes.CDLL(path)
        except OSError as error:
            tried.append(str(error))
            continue
        for name, (result, arguments) in c.FUNCTIONS.items():
            function = getattr(library, name, None)
            if function is not None:
                function.restype, function.argtypes = result, arguments
        if library.rhetor_abi() != c.RHETOR_ABI:
            raise Error(f"{path} has ABI {library.rhetor_abi()}, this package needs {c.RHETOR_ABI}: "
                        "install the librhetor that fits, or name it in RHETOR_LIBRARY")
        return library
    raise Error("librhetor is not found: install it, or name it in RHETOR_LIBRARY (" + "; ".join(tried) + ")")


_lib = _load()


def version() -> str:
    return _lib.rhetor_version().decode()


def _check(status: int, error: c.rhetor_error | None = None) -> None:
    if status < 0:
        text = error.message.decode() if error is not None and error.message else ""
        raise Error(text or _lib.rhetor_status_name(status).decode(), status)


def _error() -> c.rhetor_error:
    return c.rhetor_error(size=ctypes.sizeof(c.rhetor_error))


@dataclasses.dataclass(frozen=True)
class Device:
    id: str
    name: str
    family: str
    definition: str
    references: str
    set: str
    set_version: str


@dataclasses.dataclass(frozen=True)
class Role:
    name: str
    start: int
    end: int
    text: str
    party: str


@dataclasses.dataclass(frozen=True)
class Tag:
    """One device over one stretch; offsets are code points, byte_start and byte_end bytes of UTF-8."""

    id: int
    device: str
    family: str
    start: int
    end: int
    text: str
    byte_start: int
    byte_end: int
    score: float
    voice: str
    speaker: str
    addressee: str
    pattern: str
    roles: Mapping[str, Role]


class Engine:
    """Compiled pattern sets: the built-in ones, then `patterns` (files or folders), later ones over earlier."""

    def __init__(self, patterns: Sequence[str | os.PathLike] = (), *, builtin: bool = True,
                 min_score: float = 0.0):
        options = c.rhetor_options(size=ctypes.sizeof(c.rhetor_options), no_builtin=not builtin,
                                   min_score=min_score)
        error, builder, handle = _error(), ctypes.c_void_p(), ctypes.c_void_p()
        _check(_lib.rhetor_builder_new(options, builder, error), error)
        try:
            for path in patterns:
                status = _lib.rhetor_builder_add_path(builder, os.fsencode(path), error)
                if status != c.RHETOR_E_SET:
                    _check(status, error)
            _check(_lib.rhetor_builder_finish(builder, handle, error), error)
            count = ctypes.c_uint32()
            rows = _lib.rhetor_builder_diagnostics(builder, count)
            said = [f"{d.file.decode()}:{d.line}:{d.column}: {d.message.decode()}"
                    for d in (rows[i] for i in range(count.value)) if d.severity == c.RHETOR_ERROR]
        finally:
            _lib.rhetor_builder_free(builder)
        self._handle: ctypes.c_void_p | None = handle
        self._free = weakref.finalize(self, _lib.rhetor_engine_release, handle)
        self._rules: dict[int, str] = {}
        if said:
            self.close()
            raise SetError(said[0], said)
        self.devices = [self._device(i) for i in range(_lib.rhetor_engine_device_count(handle))]

    def _device(self, index: int) -> Device:
        row = c.rhetor_device(size=ctypes.sizeof(c.rhetor_device))
        _check(_lib.rhetor_engine_device(self._handle, index, row))
        return Device(*(getattr(row, f.name).decode() for f in dataclasses.fields(Device)))

    def _rule(self, index: int) -> str:
        if index not in self._rules:
            row = c.rhetor_rule(size=ctypes.sizeof(c.rhetor_rule))
            _check(_lib.rhetor_engine_rule(self._handle, index, row))
            self._rules[index] = row.id.decode()
        return self._rules[index]

    def document(self, text: str = "") -> "Document":
        return Document(self, text)

    def close(self) -> None:
        self._free()
        self._handle = None

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_) -> None:
        self.close()


_VOICES = ("author", "quoted", "scripted")


class Document:
    """One text and its tags. Iterating gives the tags in order."""

    def __init__(self, engine: Engine, text: str = ""):
        if engine._handle is None:
            raise Error("the engine is closed")
        error, handle = _error(), ctypes.c_void_p()
        _check(_lib.rhetor_document_new(engine._handle, handle, error), error)
        self._engine, self._handle = engine, handle
        self._free = weakref.finalize(self, _lib.rhetor_document_free, handle)
        self.set_text(text)

    def _open(self) -> ctypes.c_void_p:
        if self._handle is None:
            raise Error("the document is closed")
        return self._handle

    def set_text(self, text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        _check(_lib.rhetor_document_set_text(self._open(), data, len(data)))

    def replace(self, start: int, end: int, text: str) -> None:
        """Replaces text[start:end]; only what the edit touches is analysed again."""
        data = text.encode("utf-8", "surrogatepass")
        _check(_lib.rhetor_document_replace_range(self._open(), c.RHETOR_CODEPOINTS, start, end, data, len(data)))

    def analyse(self) -> None:
        error = _error()
        _check(_lib.rhetor_document_analyse(self._open(), error), error)

    def step(self, budget: int = 20000) -> bool:
        """Analyses about `budget` bytes more; True while there is more to do."""
        error = _error()
        status = _lib.rhetor_document_step(self._open(), budget, error)
        _check(status, error)
        return status == c.RHETOR_MORE

    @property
    def generation(self) -> int:
        return _lib.rhetor_document_generation(self._open())

    @property
    def text(self) -> str:
        return self._bytes().decode("utf-8", "replace")

    def _bytes(self) -> bytes:
        length = ctypes.c_uint32()
        pointer = ctypes.cast(_lib.rhetor_document_text(self._open(), length), ctypes.c_void_p)
        return ctypes.string_at(pointer.value, length.value) if length.value else b""

    def _name(self, number: int) -> str:
        length = ctypes.c_uint32()
        return _lib.rhetor_document_name(self._open(), number, length).decode("utf-8", "replace")

    def tags(self) -> list[Tag]:
        self.analyse()
        n, m = ctypes.c_uint32(), ctypes.c_uint32()
        rows = _lib.rhetor_document_tags(self._open(), n)
        roles = _lib.rhetor_document_roles(self._open(), m)
        data = self._bytes()
        offsets = sorted({o for i in range(n.value) for o in (rows[i].start, rows[i].end)}
                         | {o for i in range(m.value) for o in (roles[i].start, roles[i].end)})
        array = (ctypes.c_uint32 * len(offsets))(*offsets)
        _check(_lib.rhetor_document_convert(self._open(), c.RHETOR_BYTES, c.RHETOR_CODEPOINTS, array,
                                            len(offsets), array))
        at = lambda byte: array[bisect.bisect_left(offsets, byte)]
        cut = lambda start, end: data[start:end].decode("utf-8", "replace")

        def role(row: c.rhetor_role) -> Role:
            name = _lib.rhetor_engine_role_name(self._engine._handle, row.name).decode()
            return Role(name, at(row.start), at(row.end), cut(row.start, row.end), self._name(row.party))

        out = []
        for i in range(n.value):
            t = rows[i]
            device = self._engine.devices[t.device]
            own = [role(roles[t.first_role + r]) for r in range(t.role_count)]
            out.append(Tag(t.id, device.id, device.family, at(t.start), at(t.end), cut(t.start, t.end), t.start,
                           t.end, t.score, _VOICES[t.voice], self._name(t.speaker), self._name(t.addressee),
                           self._engine._rule(t.rule), {r.name: r for r in own}))
        return out

    def __iter__(self) -> Iterator[Tag]:
        return iter(self.tags())

    def _text_of(self, function, tag: Tag | int) -> str:
        number = tag if isinstance(tag, int) else tag.id
        length = function(self._open(), number, None, 0)
        buffer = ctypes.create_string_buffer(length + 1)
        function(self._open(), number, buffer, length + 1)
        return buffer.value.decode("utf-8", "replace")

    def explain(self, tag: Tag | int) -> str:
        return self._text_of(_lib.rhetor_document_explain, tag)

    def message(self, tag: Tag | int) -> str:
        return self._text_of(_lib.rhetor_document_message, tag)

    def close(self) -> None:
        self._free()
        self._handle = None

    def __enter__(self) -> "Document":
        return self

    def __exit__(self, *_) -> None:
        self.close()
