"""Hand-overs built by hand: an ordinary one, one of many cases, one of hostile words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.sheet import (
    CheckAnswer,
    Sheet,
    SheetCall,
    SheetCase,
    SheetDuty,
    SheetNotice,
    SheetPaper,
    SheetSignature,
)
from dispatcher_tui.domain.record.watch_events import HandedOver
from dispatcher_tui.domain.words.terms import CallOutcome, Label

ZONE = ZoneInfo("Asia/Shanghai")
SITE = "翠湖花园"
AT = datetime(2026, 11, 21, 22, 58, tzinfo=UTC)
SIGNED = datetime(2026, 11, 21, 23, 2, 11, tzinfo=UTC)
HEAD = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
HOUR = timedelta(hours=1)

ORDINARY = Label("一般", "Ordinary")
GRAVE = Label("重大", "Grave")
EMERGENCY = Label("紧急", "Emergency")
FIRST = Label("第一次跟进", "First follow-up")
SECOND = Label("第二次跟进", "Second follow-up")
CHASE = Label("催要服务单副本", "Chase slip copy")

CASES = (
    SheetCase(
        "261121-02",
        EMERGENCY,
        "notified",
        "9-2-0503",
        "消防主机报警：9栋2单元五层烟感，保安已到场，未见明火",
        "高磊",
        AT - 9 * HOUR,
        "E-06",
        Label("跟踪处理情况", "Follow the handling"),
        AT + 2 * HOUR,
        emergency=True,
    ),
    SheetCase(
        "261121-11",
        GRAVE,
        "notified",
        "3-2-1502",
        "卫生间顶上哗哗往下漏水，已经漏到楼下两户，业主情绪激动，要求马上有人上门",
        "张伟",
        AT - HOUR,
        "P0-05",
        FIRST,
        AT + HOUR,
    ),
    SheetCase("261121-15", ORDINARY, "open", "5-1-0301", "门禁刷不开", due=AT - HOUR / 3),
    SheetCase(
        "261121-06",
        ORDINARY,
        "written_off",
        "9-3-0304",
        "洗衣机一排水地漏就返水",
        "谢广平",
        AT - 7 * HOUR,
        "P0-08",
        CHASE,
        AT + 12 * HOUR,
    ),
)

SHEET = Sheet(
    at=AT,
    outgoing="李建国",
    since=AT - 12 * HOUR,
    until=AT + 12 * HOUR,
    head=HEAD,
    rows=1234,
    cases=CASES,
    papers=(SheetPaper("261121-06", "9-3-0304", "FW-000431", AT - 2 * HOUR),),
    duties=(
        SheetDuty("261121-15", "P0-02", Label("通知责任人", "Notify"), AT - HOUR / 3),
        SheetDuty("261121-11", "P0-05", FIRST, AT + HOUR),
        SheetDuty("261121-11", "P0-06", SECOND, AT + 12 * HOUR),
        SheetDuty("", "P0-11", Label("负责人周检查", "The head's weekly check"), AT + 11 * HOUR),
    ),
    calls=(
        SheetCall("261121-11", "张伟", "notified", CallOutcome.REACHED, AT - HOUR, True),
        SheetCall("261121-15", "曹阳", "notified", CallOutcome.NO_ANSWER, AT - HOUR / 2),
        SheetCall("261121-02", "陈志强", "head_told", CallOutcome.RELAYED, AT - 9 * HOUR),
    ),
    notices=(SheetNotice("明日 9:00–12:00 停水检修，2、3 栋", AT + 6 * HOUR),),
    signatures=(SheetSignature("261121-02", "E-09", "head", "陈志强", AT + 24 * HOUR),),
)

EVENT = HandedOver(
    outgoing="李建国",
    incoming="王芳",
    role="dispatcher",
    until=AT + 12 * HOUR,
    sheet=SHEET,
    answers=(
        CheckAnswer("overdue", "1"),
        CheckAnswer("papers", "1", 2),
        CheckAnswer("next_case", "261121-15"),
    ),
    carried=("261122-01",),
    heard=True,
    remarks="备用钥匙在调度台抽屉里。\n3 栋地下室水泵声音异常，已报工程部。",
)


def entry(event: HandedOver = EVENT, signed: datetime = SIGNED) -> Entry:
    """The entry a hand-over is signed with."""
    return Entry(
        seq=1235,
        occurred_at=signed,
        recorded_at=signed,
        actor=event.outgoing,
        cosigner=event.incoming,
        event=event,
    )


def many_cases(count: int) -> tuple[SheetCase, ...]:
    """Open cases of all lengths of words."""
    said = "业主反映楼上装修噪声很大，影响老人休息，已多次投诉；"
    return tuple(
        SheetCase(
            f"2611{day:02d}-{number:02d}",
            ORDINARY,
            "notified",
            f"{1 + number % 12}-{1 + number % 3}-{100 + number}",
            said * (1 + number % 4),
            ("张伟", "曹阳", "")[number % 3],
            AT - timedelta(minutes=number),
            "P0-05",
            FIRST,
            AT + timedelta(minutes=7 * number),
        )
        for number in range(count)
        for day in (1 + number % 28,)
    )
