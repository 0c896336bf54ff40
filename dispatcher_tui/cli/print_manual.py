"""``manual [TOPIC]``: the operator's manual on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from dispatcher_tui.cli.console import UsageProblem, put, put_json_list
from dispatcher_tui.cli.options import Json, command, group
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _, language

manual_app = group()
"""Its command stands beside those of ``cli``."""


@command(manual_app, "manual", help=_("The operator's manual: its topics, or one of them"))
def manual(
    where: Paths,
    topic: Annotated[str, typer.Argument(metavar="[TOPIC]", help=_("Which part of it"))] = "",
    as_json: Json = False,
) -> None:
    """Print the topics with their names, or the text of one."""
    from dispatcher_tui.present.manual_lines import title_of
    from dispatcher_tui.site.manual import TOPICS, manual_text

    if topic and topic not in TOPICS:
        words = _("There is no topic {topic}. Topics: {topics}")
        raise UsageProblem(words.format(topic=topic, topics=", ".join(TOPICS)))
    texts = [(name, manual_text(name, language())) for name in ([topic] if topic else TOPICS)]
    if as_json:
        put_json_list({"topic": name, "title": title_of(t), "text": t} for name, t in texts)
    elif topic:
        put(texts[0][1].rstrip("\n"))
    else:
        for name, text in texts:
            put(f"{name:<10} {title_of(text)}")
