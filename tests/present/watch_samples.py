"""One entry of every kind about the watch, with the words it has in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import fee_events as fees
from dispatcher_tui.domain.record import handout_events as handed
from dispatcher_tui.domain.record import out_alone_events as alone
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.round_events import RoundsLeft, RoundsLeftOut
from dispatcher_tui.domain.record.sheet import Sheet, SheetCase, SheetPaper
from dispatcher_tui.domain.words.terms import Absence, Fact, Label, SignedBy

AT = datetime(2026, 11, 21, 14, 47, tzinfo=UTC)
"""Saturday 22:47 at the demo estate."""

_NIGHT = {"since": AT, "until": AT + timedelta(hours=9)}
_LEVEL = Label("一般", "Ordinary")
_SHEET = Sheet(
    at=AT,
    outgoing="李建国",
    since=AT - timedelta(hours=12),
    until=AT + timedelta(hours=12),
    head="ab" * 32,
    rows=500,
    cases=tuple(SheetCase(f"261121-{n:02d}", _LEVEL, "open") for n in range(1, 12)),
    papers=tuple(SheetPaper(f"261120-{n:02d}") for n in range(1, 5)),
)

_ROUND = Label("消防主机", "Fire panel")

_FEES = Label("13日提醒", "Reminder of the 13th")
_OWING = (fees.FeeLine("3-2-1502", 3, 128050, area="3栋"), fees.FeeLine("3-2-1503", 1, 5000))

TOLD: tuple[tuple[ev.Event, str, str], ...] = (
    (
        fees.FeeListTaken(
            list="unpaid",
            month="2026-11",
            label=_FEES,
            lines=_OWING,
            new=1,
            gone=2,
            counts=fees.FeeCounts(lines=2, fen=133050),
        ),
        "导入清单：13日提醒 2026-11，2 户，1330.50 元  新增 1、去掉 2",
        "List taken over: Reminder of the 13th 2026-11, 2 households, 1330.50 yuan  new 1, gone 2",
    ),
    (
        fees.FeeLinesHanded(
            list="unpaid",
            month="2026-11",
            label=_FEES,
            keeper="张伟",
            area="3栋",
            places=("3-2-1502",),
        ),
        "13日提醒 2026-11：3栋 1 户派给 张伟",
        "Reminder of the 13th 2026-11: 1 household of 3栋 handed to 张伟",
    ),
    (
        fees.FeeResultsNoted(
            list="unpaid",
            month="2026-11",
            label=_FEES,
            results=(
                fees.LineOutcome("3-2-1502", fees.LineResult.PAID, 128050),
                fees.LineOutcome("3-2-1503", fees.LineResult.REFUSED),
            ),
        ),
        "13日提醒 2026-11 交回：已缴 1、拒缴 1  1280.50 元",
        "Reminder of the 13th 2026-11 came back: paid 1, refuses to pay 1  1280.50 yuan",
    ),
    (
        fees.FeeResultsNoted(
            list="unpaid",
            month="2026-11",
            label=_FEES,
            results=(fees.LineOutcome("3-2-1503", fees.LineResult.NOBODY),),
        ),
        "13日提醒 2026-11：3-2-1503 无人",
        "Reminder of the 13th 2026-11: 3-2-1503 nobody there",
    ),
    (
        fees.FeeLineOpened(
            list="unpaid",
            month="2026-11",
            label=_FEES,
            place="3-2-1503",
            case_id="c",
            number="261113-01",
        ),
        "13日提醒 2026-11：3-2-1503 立项 261113-01",
        "Reminder of the 13th 2026-11: 3-2-1503 is case 261113-01 from now on",
    ),
    (
        watch.RoundRecorded(
            round="panel",
            label=_ROUND,
            begin=AT,
            due=AT + timedelta(minutes=30),
            findings=(watch.RoundFinding(Label("控制器", "Controller"), 2, Label("误报", "no")),),
            word="已复位",
            by="张伟",
            second="王芳",
            reason="电梯困人",
        ),
        "巡查：消防主机 22:47  控制器：误报  已复位  巡查人 张伟  同 王芳  迟：电梯困人",
        "Round: Fire panel 22:47  Controller: no  已复位  made by 张伟  with 王芳  late: 电梯困人",
    ),
    (
        RoundsLeftOut(
            since=AT - timedelta(days=5), until=AT, left=(RoundsLeft("panel", _ROUND, 24),)
        ),
        "本台停用，11-16 22:47 至 22:47 未做的巡查：消防主机 24",
        "Rounds not made from 11-16 22:47 to 22:47, the desk stood still: Fire panel 24",
    ),
    (
        handed.ThingHandedOut(
            number=17,
            register="keys",
            label=Label("钥匙", "Keys"),
            thing="K2",
            thing_label=Label("水泵房", "Pump room"),
            due=AT + timedelta(hours=1),
            sha256="ab" * 32,
        ),
        "收发 17：钥匙，水泵房 已发出  23:47 前收回",
        "Handout 17: Keys, Pump room out  back by 23:47",
    ),
    (
        alone.SentAlone(
            number=3, name="高磊", place="3-2-1502", about="261121-01", minutes=5, person="gl"
        ),
        "高磊 单独外出：3栋2单元1502  261121-01  每 5 分钟问一次平安",
        "高磊 went out alone: building 3, unit 2, room 1502  261121-01  asked every 5 min",
    ),
    (
        alone.SafetyAsked(number=3, name="高磊", safe=True),
        "高磊 平安",
        "高磊: safe",
    ),
    (
        alone.SafetyAsked(number=3, name="高磊", safe=False, due=AT),
        "高磊 不应答  期限 22:47",
        "高磊: NO ANSWER  due 22:47",
    ),
    (
        alone.SafetyAsked(number=3, name="高磊", safe=False, second="曹阳"),
        "已派 曹阳 去找 高磊",
        "曹阳 was sent after 高磊",
    ),
    (
        alone.CameBackSafe(number=3, name="高磊"),
        "高磊 已回",
        "高磊 is back",
    ),
    (
        watch.DeskDutyFellDue(
            duty="alone:3@20261121T144700.000000",
            rule="",
            due=AT,
            label=Label("高磊 平安否", "Is 高磊 safe?"),
        ),
        "到期：高磊 平安否，22:47",
        "Fell due: Is 高磊 safe?, 22:47",
    ),
    (
        handed.ThingCameBack(number=18, register="finds", label=Label("失物", "Finds")),
        "收发 18：失物，已收回",
        "Handout 18: Finds, back",
    ),
    (
        watch.DeskDutyFellDue(
            duty="handout:17", rule="", due=AT, label=Label("水泵房", "Pump room")
        ),
        "22:47 前未收回：收发 17，水泵房",
        "Not back by 22:47: handout 17, Pump room",
    ),
    (
        watch.RoundRecorded(round="panel", label=_ROUND, begin=AT, due=AT, again=True),
        "巡查重记：消防主机 22:47  全部正常",
        "Round recorded again: Fire panel 22:47  all in order",
    ),
    (
        watch.DeskDutyFellDue(
            duty="round:panel@20261121T1447Z",
            rule="",
            due=AT + timedelta(minutes=30),
            label=_ROUND,
        ),
        "巡查到 23:17 未记录：消防主机 22:47",
        "Round not recorded by 23:17: Fire panel 22:47",
    ),
    (
        watch.SignedIn(name="王芳", role="dispatcher", until=AT + timedelta(hours=9)),
        "王芳 签到接班  至 11-22 07:47",
        "王芳 signed in  until 11-22 07:47",
    ),
    (
        watch.HandedOver(
            outgoing="李建国",
            incoming="王芳",
            until=AT + timedelta(minutes=13),
            sheet=_SHEET,
            carried=("261121-12",),
            heard=False,
            remarks="钥匙在抽屉",
        ),
        (
            "李建国 -> 王芳 交接班，在办 11，待单 4  至 23:00  随交：261121-12"
            "  试铃【没听到】  钥匙在抽屉"
        ),
        (
            "李建国 -> 王芳 handed over, open 11, paper 4  until 23:00"
            "  carried over: 261121-12  sound test NOT heard  钥匙在抽屉"
        ),
    ),
    (
        watch.PostRelieved(
            outgoing="李建国", incoming="王芳", until=AT + timedelta(minutes=13), reason="就医"
        ),
        "李建国 -> 王芳 中途换人  至 23:00  就医",
        "李建国 -> 王芳 relieved during the watch  until 23:00  就医",
    ),
    (
        watch.PanelTestPlanned(since=AT, until=AT + timedelta(hours=2), panel="2号", by="赵工"),
        "计划消防系统测试，22:47 至 11-22 00:47  主机 2号  赵工要求",
        "Test of the fire system planned, 22:47 to 11-22 00:47  panel 2号  ordered by 赵工",
    ),
    (
        watch.PanelTestAlarm(of=7, times=3, place="9-2-0503", said="烟感", facts=(Fact.FIRE,)),
        "消防系统测试中第 3 次报警，不立项  9-2-0503  烟感  起火冒烟",
        "Alarm 3 in the test of the fire system, no case  9-2-0503  烟感  fire or smoke",
    ),
    (
        watch.PanelTestEnded(of=7, alarms=3),
        "消防系统测试结束  所有主机  已计报警 3 次",
        "Test of the fire system over  all panels  alarms counted: 3",
    ),
    (
        watch.DutySwapped(
            person="gaolei",
            name="高磊",
            takes="xutao",
            takes_name="徐涛",
            agreed="马国栋",
            **_NIGHT,
        ),
        "换班一次：徐涛 替 高磊  22:47 至 11-22 07:47  马国栋同意",
        "Swapped for once: 徐涛 for 高磊  22:47 to 11-22 07:47  agreed by 马国栋",
    ),
    (
        watch.AbsenceNoted(person="gaolei", name="高磊", absence=Absence.ILL, days=True, **_NIGHT),
        "高磊 不在岗：病休  22:47 至 11-22 07:47",
        "高磊 is not there: ill  22:47 to 11-22 07:47",
    ),
    (
        watch.PersonCameIn(person="gaolei", name="高磊", **_NIGHT),
        "高磊 到岗  至 11-22 07:47",
        "高磊 came in  until 11-22 07:47",
    ),
    (
        watch.StandInNamed(stand_in="x", person="gaolei", name="高磊", agreed="马国栋", **_NIGHT),
        "有人顶 高磊 的班  22:47 至 11-22 07:47  马国栋同意",
        "A stand-in has the place of 高磊  22:47 to 11-22 07:47  agreed by 马国栋",
    ),
    (watch.DutyChangeWithdrawn(of=12), "不作数：第 12 条", "Does not hold: entry 12"),
    (watch.DeskLocked(name="王芳"), "王芳 锁台离席", "王芳 locked the desk"),
    (
        watch.DeskLocked(name="王芳", left_open=True),
        "停机时未锁台，重新打开后已锁：值班 王芳",
        "The desk was open when it stopped, and came up locked: 王芳 is on watch",
    ),
    (watch.DeskUnlocked(name="王芳"), "王芳 解锁回席", "王芳 unlocked the desk"),
    (
        watch.PinRefused(name="王芳", failures=5, seconds=60),
        "王芳 口令 错误，连续 5 次  1分钟内不再受理",
        "Wrong PIN for 王芳, 5 in a row  none is taken for 1 min",
    ),
    (watch.RescueCodeMade(code_hash="x"), "打印了新的应急码", "A new rescue code was printed"),
    (
        watch.RescueCodeUsed(name="陈志强"),
        "用掉了应急码，为 陈志强",
        "The rescue code was used, for 陈志强",
    ),
    (
        watch.RescueCodeUsed(),
        "用应急码换了新码",
        "The rescue code was used for a new one",
    ),
    (watch.RescueCodeRefused(), "输错应急码一次", "A wrong rescue code was given"),
    (
        watch.DeskSigned(
            subject="month:2026-11",
            rule="P0-12",
            role="head",
            name="陈志强",
            how=SignedBy.PHONE,
            due=AT + timedelta(days=1),
        ),
        "电话同意，待补签：月总结 2026-11，陈志强（管理处负责人）  期限 11-22 22:47",
        (
            "Agreed by phone, signature owed: Monthly Summary 2026-11,"
            " 陈志强 (Head of the estate office)  due 11-22 22:47"
        ),
    ),
    (
        watch.DeskDutyFellDue(duty="check:2026-W47", rule="P0-11", due=AT),
        "到期：负责人每周检查 11-16..11-22，22:47",
        "Fell due: The head's weekly check 11-16..11-22, 22:47",
    ),
    (
        watch.NoticePosted(text="3栋停水", until=AT + timedelta(hours=1)),
        "公告至 23:47：3栋停水",
        "Notice until 23:47: 3栋停水",
    ),
    (watch.NoticeWithdrawn(of=12), "撤下公告：第 12 条", "Notice withdrawn: entry 12"),
    (
        watch.DeskStarted(stopped_at=AT - timedelta(minutes=7), clean=False),
        "程序启动，上次【未正常退出】，最后运行于 22:40",
        "The program started; it had ended WITHOUT ORDER, last alive at 22:40",
    ),
    (
        watch.DeskStopped(reason=watch.StopReason.HUNG_UP),
        "终端被关闭，程序已正常退出",
        "The terminal was closed: the program ended in order",
    ),
    (
        watch.DeskStoodStill(since=AT - timedelta(minutes=7), until=AT),
        "席位停顿 22:40 至 22:47（7分钟）",
        "The desk stood still from 22:40 to 22:47 (7 min)",
    ),
    (
        watch.ClockJumped(before=AT, after=AT - timedelta(hours=2), seconds=-7200.0),
        "时钟被【拨慢】2小时：22:47 变为 20:47",
        "The clock was set BACK by 2 h: from 22:47 to 20:47",
    ),
    (
        watch.GapReviewed(since=AT - timedelta(minutes=7), until=AT, duties=("a", "b")),
        "已看 22:40 至 22:47 停顿期间错过的 2 项",
        "Read what was missed from 22:40 to 22:47: 2 duties",
    ),
    (
        watch.DrillHeld(
            at=AT,
            speed=10.0,
            operator="李建国",
            kind="fire",
            steps={"kind": 2, "leader": 75, "all_told": 3700},
            silent=("陈志强 13900000101",),
            calls=4,
        ),
        (
            "进行了紧急演练：fire，操作员 李建国  x10  联系上领导 1:15"
            "  全部通知到 1:01:40  未接通：陈志强 13900000101"
        ),
        (
            "Drill held: fire, by 李建国  x10  a leader reached 1:15"
            "  everybody told 1:01:40  no answer: 陈志强 13900000101"
        ),
    ),
    (watch.SoundTested(heard=False), "试铃：【没听到】", "The alarm was sounded: NOT HEARD"),
    (
        watch.SoundSilenced(until=AT + timedelta(minutes=10)),
        "普通提醒静音至 22:57",
        "Ordinary alarms make no sound until 22:57",
    ),
    (
        watch.RowDiffered(
            table="people", row="chen", name="陈志强", adopted=("13800000001",), found=()
        ),
        "名单被人改动：陈志强，采用 13800000001，文件 无",
        "LIST CHANGED BY HAND: 陈志强, adopted 13800000001, file none",
    ),
    (
        watch.PresenceConfirmed(seconds=40),
        "在岗提示 40 秒后应答",
        "The presence check was answered after 40 s",
    ),
    (
        watch.PresenceMissed(asked_at=AT - timedelta(minutes=7)),
        "22:40 的在岗提示【无人应答】",
        "The presence check of 22:40 was NOT answered",
    ),
    (
        ev.Signed(case="c", subject="head_signature", rule="E-09", role="head", name="陈志强"),
        "签字：负责人签字，陈志强（管理处负责人）",
        "Signed: The head's signature, 陈志强 (Head of the estate office)",
    ),
)
"""Each event, its Chinese sentence and its English one, by the shipped procedure's names."""

WATCH_SAMPLES: tuple[ev.Event, ...] = tuple(event for event, _zh, _en in TOLD)
