"""Values with named fields that are read far more often than they are made.

A field of a `NamedTuple` is looked up through its class each time, which takes ten times as long as a slot, and a check
reads fields by the hundred thousand. `dataclasses` has slots, but brings a module that takes longer to load than a small
filing takes to read, and its frozen classes are slow to make.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import replace as replaced

__all__ = ["replaced", "slotted"]

_Class = TypeVar("_Class", bound=type)


@dataclass_transform(frozen_default=True)
def slotted(cls: _Class) -> _Class:
    """A class of values with slots: made from its fields in order or by name, compared, hashed and shown by them.

    That nobody assigns to a field is left to the type checker, which takes the class for a frozen one. A hash or a
    `__repr__` that the class defines is kept.
    """
    names = tuple(cls.__annotations__)
    own = vars(cls)
    made: dict[str, Any] = {}
    # The names are those of a class body of ours: nothing from outside reaches this line.
    exec(f"def __init__(self, {', '.join(names)}):\n {'; '.join(f'self.{name} = {name}' for name in names)}", made)  # noqa: S102
    made["__init__"].__defaults__ = tuple(own[name] for name in names if name in own)
    fields = attrgetter(*names)

    def equal(one: object, other: object) -> bool:
        return bool(fields(one) == fields(other)) if type(other) is type(one) else NotImplemented

    def hashed(one: object) -> int:
        return hash(fields(one))

    def shown(one: object) -> str:
        return f"{cls.__name__}({', '.join(f'{name}={getattr(one, name)!r}' for name in names)})"

    body = {"__hash__": hashed, "__repr__": shown, **own, "__slots__": names, "_fields": fields}
    body |= {"__init__": made["__init__"], "__eq__": equal}
    for key in (*names, "__dict__", "__weakref__"):
        body.pop(key, None)
    return type(cls)(cls.__name__, cls.__bases__, body)


if not TYPE_CHECKING:

    def replaced(whole, /, **changes):
        """A value with some of its fields changed; `dataclasses.replace` to the type checker."""
        cls = type(whole)
        return cls(**dict(zip(cls.__slots__, cls._fields(whole), strict=True)) | changes)
