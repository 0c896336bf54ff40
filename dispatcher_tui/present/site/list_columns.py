"""The columns of the lists as an export has them: what each is called, and what belongs in it."""

from __future__ import annotations

from collections.abc import Mapping

from dispatcher_tui.present.i18n import _


def unit_heads() -> Mapping[str, str]:
    """What the columns of a register of units are called, by their own names."""
    return {
        "place": _("place"),
        "resident": _("resident"),
        "phone": _("phone"),
        "warning": _("warning"),
        "note": _("note"),
    }


def roster_heads() -> Mapping[str, str]:
    """What the columns of a roster are called, by their own names."""
    return {
        "id": _("id"),
        "name": _("name"),
        "role": _("role"),
        "group": _("group"),
        "title": _("title"),
        "phone1": _("phone1"),
        "phone2": _("phone2"),
        "on_from": _("on_from"),
        "on_until": _("on_until"),
        "valid_from": _("valid_from"),
        "valid_until": _("valid_until"),
        "deputy": _("deputy"),
        "post": _("post"),
        "skills": _("skills"),
    }


def rota_heads() -> Mapping[str, str]:
    """What the columns of a rota are called that are no days, by their own names."""
    return {"day": _("a day")}


def explained() -> Mapping[str, str]:
    """What belongs in each column, by its own name."""
    return {
        "place": _("Building, unit and room, such as 3-2-1502; each household once"),
        "resident": _("Who lives there; further ones in columns numbered 2, 3 and so on"),
        "phone": _("Their numbers, whole and as text; further ones numbered likewise"),
        "warning": _("What to know before a visit; shown loud when somebody calls"),
        "note": _("Anything else"),
        "id": _("A short name of their own that never changes; no two have the same"),
        "name": _("The name as it is said on the telephone"),
        "role": _("One of the roles below, by its id or its name; the call ladder goes by it"),
        "group": _("The team that cases are sent to, by its id or its name"),
        "title": _("What they are called at work"),
        "phone1": _("The number to ring first; on the ladder nobody may be without"),
        "phone2": _("The number to ring next"),
        "on_from": _("When duty begins, such as 08:30; empty: always to be reached"),
        "on_until": _("When duty ends; the next morning where it is the earlier time"),
        "valid_from": _("First day on the roster, such as 2026-10-01; empty: already"),
        "valid_until": _("Last day on the roster; empty: no end"),
        "deputy": _("The id of whoever stands in for them"),
        "post": _("Where on the estate they stand while on duty"),
        "day": _(
            "A shift by the legend, hours such as 07:00-15:00, or 休 假 训 病; empty: as always"
        ),
        "skills": _("What they can do there, such as cpr lift electrician"),
    }
