"""A form about no case whose fields outlive Esc, a crash and a lost terminal."""

from __future__ import annotations

from dispatcher_tui.tui.screens.keeping import Keeping
from dispatcher_tui.tui.widgets.form import Field, Picker


class KeptForm(Keeping):
    """Fields named in ``keeps`` come back as they were typed when the form is opened again."""

    AUTO_FOCUS = ""
    keeps: tuple[str, ...] = ()

    async def restore(self) -> None:
        """Put back what was typed before."""
        kept = await self.read_kept()
        for key, value in kept.items():
            for field in self.query(f"#{key}"):
                if isinstance(field, Picker):
                    field.take_value(value)
                if isinstance(field, Field) and not (isinstance(field, Picker) and field.picked):
                    field.value = value
        if kept:
            self.welcome()

    def field(self, name: str) -> str:
        """What a field holds."""
        return self.query_one(f"#{name}", Field).value

    def typed(self) -> dict[str, str]:
        """What the kept fields hold; of a picked line its value."""
        found = {}
        for name in self.keeps:
            for field in self.query(f"#{name}"):
                picked = field.picked if isinstance(field, Picker) else ""
                if isinstance(field, Field) and (picked or field.value):
                    found[name] = picked or field.value
        return found
