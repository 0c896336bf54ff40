"""What a site can get wrong about where the estate is, and about its accounts."""

from __future__ import annotations

_TEXTS = {
    "address": ("city", "district", "street", "crossing", "fire_gate", "ambulance_gate", "key_box"),
    "accounts": ("power", "gas", "water", "lift"),
}
WRONG_ADDRESS = [
    *(
        case
        for table, keys in _TEXTS.items()
        for key in keys
        for case in (
            ("wrong_type", f"{table}.{key}", f"[{table}]\n{key} = 12\n"),
            ("too_long", f"{table}.{key}", f'[{table}]\n{key} = "{"1" * 101}"\n'),
        )
    ),
    *(
        ("bad_account", f"accounts.{key}", f'[accounts]\n{key} = "{text}"\n')
        for key in ("power", "gas", "water")
        for text in ("unknown", "户号12", "-")
    ),
    ("bad_phone", "address.phone", '[address]\nphone = "O571-88000110"\n'),
    ("bad_phone", "address.phone", '[address]\nphone = ["110", "desk"]\n'),
    ("wrong_type", "address.phone", "[address]\nphone = 88000110\n"),
    ("wrong_type", "address.phone[#1]", "[address]\nphone = [88000110]\n"),
    ("unknown_key", "address.gate", '[address]\ngate = "north"\n'),
    ("unknown_key", "accounts.powr", '[accounts]\npowr = "1"\n'),
]
"""Code, key and the table that is wrong in it."""
