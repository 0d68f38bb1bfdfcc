"""Fields of models that PostgreSQL keeps sealed (bytea): `EncryptedTextField`, `EncryptedJSONField`.

Nothing can be asked of them but whether they are null; what is to be found again has a blind index beside it (`keys.blind`).
"""

import json
from collections.abc import Iterator
from typing import Any, cast

from django.apps import apps
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from wenhou.base.errors import WenhouError
from wenhou.base.secrets import keys

UNBOUND = "这个密文与同一行的另一列相连，只能整行保存，不能单独更新。"


class Sealed(bytes):
    """A value bound to its row, not opened yet: `values_list` gives it, the attribute of a row opens it."""

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__


class _Opening(DeferredAttribute):
    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = cast(EncryptedTextField, self.field).opened(
                value, instance
            )
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        """Being able to set makes the attribute ask here even where the row holds a value."""
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):
    """Text of any length; "" is sealed too, None is null.

    purpose: whose data key seals it; the table's own where none is said. bound_to: another field of the row, known before it is
    saved and never changed (a natural key, its blind index): the value then opens in that row alone.
    """

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any
    descriptor_class = _Opening

    def __init__(self, *args: Any, purpose: str = "", bound_to: str = "", **options: Any) -> None:
        self.purpose, self.bound_to = purpose, bound_to
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, options = super().deconstruct()
        told = {"purpose": self.purpose, "bound_to": self.bound_to}
        return name, path, args, options | {key: value for key, value in told.items() if value}

    @property
    def key_purpose(self) -> str:
        return self.purpose or self.model._meta.db_table

    @property
    def is_indexed(self) -> bool:
        """Whether it is bound to its blind index, by which it is found."""
        return bool(self.bound_to) and isinstance(
            self.model._meta.get_field(self.bound_to), models.BinaryField
        )

    def place(self, bound: Any = "") -> str:
        """What a value of this column is bound to: table.column, and the row's own where it is bound to one."""
        beside = bound.hex() if isinstance(bound, bytes | memoryview) else str(bound)
        return f"{self.model._meta.db_table}.{self.column}" + (f"|{beside}" if self.bound_to else "")

    def opened(self, value: bytes, row: Any = None) -> Any:
        return self.opened_beside(value, getattr(row, self.bound_to) if self.bound_to else "")

    def opened_beside(self, value: bytes, bound: Any) -> Any:
        """The value, where what it is bound to is at hand and the row is not."""
        return self.told(keys.open_text(bytes(value), self.place(bound)))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        return Sealed(value) if self.bound_to else self.opened(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        held = model_instance.__dict__.get(self.attname)
        value = held if isinstance(held, Sealed) else getattr(model_instance, self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        bound = getattr(model_instance, self.bound_to) if self.bound_to else ""
        return Sealed(keys.seal_text(self.key_purpose, self.text(value), self.place(bound)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Sealed):
            if self.bound_to:
                raise WenhouError(UNBOUND)
            value = keys.seal_text(self.key_purpose, self.text(value), self.place())
        return super().get_db_prep_value(None if value is None else bytes(value), connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise WenhouError("密文字段不随表导出：请用备份。")

    def text(self, value: Any) -> str:
        """A value as the text that is sealed."""
        return str(value)

    def told(self, text: str) -> Any:
        """The value that the text was."""
        return text


class EncryptedJSONField(EncryptedTextField):
    """Whatever JSON can say."""

    def text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def told(self, text: str) -> Any:
        return json.loads(text)


def declared() -> Iterator[EncryptedTextField]:
    """Every sealed column of every table."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField) and field.model is model:
                yield field
