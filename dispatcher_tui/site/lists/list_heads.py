"""What the columns of a list are called: in this house, by systems and by people, in two languages.

Each head has the columns that it may mean, the likeliest first; a column that a likelier head has
taken goes to nobody else. Residents and their numbers may have any number of columns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

import msgspec

from dispatcher_tui.site.lists import roster

UNITS, ROSTER = "units", "roster"
"""What a list can be of, by the names that it is adopted under."""

MANY = ("resident", "phone")
"""Columns that a list of units may have again and again."""

_PHONE_HEADS = (
    "phone phoneno phonenumber mobile mobileno mobilenumber mobilephone contactnumber tel "
    "telephone cell contact 电话 电话号码 手机 手机号 手机号码 联系方式 联系电话 移动电话 "
)

_UNIT_HEADS: dict[str, str] = {
    "place": "place 位置 地点",
    "address": "房产 房屋 房产名称 房屋名称 房间全称 房号全称 单元房号 楼栋房号 房产编号 房屋编号 "
    "address location 地址 住址 房屋地址 房间地址 户址 房产地址",
    "building": "building buildingno buildingnumber block blockno tower 楼栋 楼号 栋 栋号 幢 幢号 "
    "楼宇 楼座 座 楼栋号 楼栋名称 楼宇名称 楼",
    "unit": "unit unitno unitnumber entrance staircase 单元 单元号 单元名称 门栋",
    "room": "room roomno roomnumber flat flatno apartment doorno 室 房 房间 房间号 房号 室号 "
    "房屋号 户号 房间编号 房间名称 门牌 门牌号",
    "resident": "resident residents residentname owner ownername tenant tenantname occupant "
    "household 业主 住户 姓名 业主姓名 业主名称 住户姓名 住户名称 户主 户主姓名 产权人 租户 "
    "租户姓名 租客 客户名称 客户姓名 客户 联系人 家属 家属姓名 家庭成员 同住人 name",
    "phone": _PHONE_HEADS + "业主电话 业主手机 业主手机号 业主手机号码 业主联系方式 业主联系电话 "
    "住户电话 住户手机 住户手机号 租户电话 租户手机 家属电话 固话 固定电话 座机 宅电 备用电话",
    "warning": "warning warnings 提醒 警示 注意 注意事项 特别提醒 特别注意 上门提醒",
    "note": "note notes remark remarks comment 备注 说明 附注",
}

_ROSTER_HEADS: dict[str, str] = {
    "id": "id staffid employeeid 编号 工号 员工编号 人员编号 员工号 员工工号",
    "name": "name fullname 姓名 名字 员工姓名 人员姓名 人员",
    "role": "role 角色 岗位角色 职责 岗位 职务 position",
    "group": "group team department 班组 部门 组别 小组 所属部门 所属班组 组",
    "title": "title jobtitle 职称 头衔 称呼 职务 岗位 position",
    "phone1": "phone1 " + _PHONE_HEADS,
    "phone2": "phone2 备用电话 电话2 手机2 第二电话 固话 固定电话 座机 宅电 家庭电话 短号 对讲",
    "on_from": "on_from onfrom 上班 上班时间 值班开始 开始时间 上岗时间",
    "on_until": "on_until onuntil 下班 下班时间 值班结束 结束时间 下岗时间",
    "hours": "hours dutyhours shifthours workinghours 当班时间 值班时间 当值时间 班次时间 在岗时间 "
    "上岗时段 当班时段 值班时段 上班时段 工作时间 工作时段 上下班时间 起止时间",
    "valid_from": "valid_from validfrom 入职 入职日期 生效日期 到岗日期",
    "valid_until": "valid_until validuntil 离职 离职日期 失效日期 截止日期 合同到期",
    "deputy": "deputy 代理人 职务代理 职务代理人 替补 代班",
    "post": "post 岗亭 值守点 站位 岗点 值班地点 执勤点",
    "skills": "skills skill 技能 专长 证书 特长",
}

_ALIASES = {UNITS: _UNIT_HEADS, ROSTER: _ROSTER_HEADS}

GROUPS: dict[str, str] = {
    "management": "管理 管理处 管理层 管理组 项目部",
    "service": "客服 客服部 客服组 客服班 客户服务 客户服务部 客服中心 服务中心 前台",
    "security": "保安 保安部 保安队 保安班 保安组 安保 安保部 安保队 安保班 秩序 秩序部 秩序班 "
    "秩序队 秩序维护 秩序维护部 护卫 护卫队 护卫班 安管部",
    "engineering": "工程 工程部 工程组 工程班",
    "maintenance": "维修 维修班 维修组 维修部 维修队 水电班 水电组",
    "lifts": "电梯 电梯组 电梯班 电梯队",
    "plant": "设备 设备组 设备班 设备部 机电 机电组 机电班 机电部 设备房",
    "cleaning": "保洁 保洁部 保洁组 保洁班 清洁 清洁班 环境 环境部 环卫",
}
"""The groups of a roster by what they are called in Chinese."""

_BRACKETS = re.compile(r"[(\[【<].*?[)\]】>]")
_FURNITURE = re.compile(r"[\s*_:：.#/\-]+")
_NUMBERED = re.compile(r"(.+?)\d+")


class Heads(msgspec.Struct, frozen=True):
    """What a row of heads means: of which list it is, and for each cell its column or nothing."""

    what: str
    columns: tuple[str, ...]

    def places(self) -> dict[str, tuple[int, ...]]:
        """Where each column stands, counted from 0; several times where it is there again."""
        found: dict[str, tuple[int, ...]] = {}
        for at, name in enumerate(self.columns):
            found[name] = (*found.get(name, ()), at)
        return found

    @property
    def known(self) -> int:
        """How many of its cells are known."""
        return sum(map(bool, self.columns))


def plain_head(text: str) -> str:
    """A head as it is compared: without spaces, stars and what stands in brackets."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _FURNITURE.sub("", _BRACKETS.sub("", folded))


def _table(heads: Mapping[str, str]) -> dict[str, list[tuple[str, int]]]:
    """By each plain head the columns that it may mean, with how likely it means that one."""
    table: dict[str, list[tuple[str, int]]] = {}
    for column, names in heads.items():
        for rank, name in enumerate(names.split()):
            table.setdefault(plain_head(name), []).append((column, rank))
    return table


_TABLES = {what: _table(heads) for what, heads in _ALIASES.items()}


def _meant(what: str, head: str) -> list[tuple[str, int]]:
    plain, table = plain_head(head), _TABLES[what]
    numbered = _NUMBERED.fullmatch(plain)
    if plain not in table and what == UNITS and numbered is not None:
        return [each for each in table.get(numbered[1], ()) if each[0] in MANY]
    return table.get(plain, [])


def heads_of(what: str, head: str) -> list[str]:
    """The columns of a list that a head may mean, in no order."""
    return [column for column, _rank in _meant(what, head)]


def _columns(what: str, cells: Sequence[str]) -> tuple[str, ...]:
    """For each cell its column; the likeliest head has a column that two would have."""
    wishes = [
        (order, rank, at, column)
        for at, head in enumerate(cells)
        for order, (column, rank) in enumerate(_meant(what, head))
    ]
    found: dict[int, str] = {}
    taken: set[str] = set()
    for _order, _rank, at, column in sorted(wishes):
        if at in found or (column in taken and not (what == UNITS and column in MANY)):
            continue
        found[at] = column
        taken.add(column)
    return tuple(found.get(at, "") for at in range(len(cells)))


def _with_places(columns: tuple[str, ...]) -> tuple[str, ...]:
    """An address, or a number of a system's own, is the place where a list has none else."""
    other = {"place", "room"} & set(columns)
    address = "" if other else "place"
    return tuple(address if name == "address" else name for name in columns)


def read_heads(cells: Sequence[str]) -> Heads | None:
    """What a row means as heads; None where it is none of a list that the house keeps."""
    units, people = (
        Heads(UNITS, _with_places(_columns(UNITS, cells))),
        Heads(ROSTER, _columns(ROSTER, cells)),
    )
    if {"name", "role"} <= set(people.columns) and not {"room", "place"} & set(units.columns):
        return people
    return units if {"place", "room"} & set(units.columns) and units.known > 1 else None


def place_heads() -> dict[str, str]:
    """What the columns of a household's place are called, and that of who lives there."""
    wanted = ("place", "address", "building", "unit", "room", "resident", "phone")
    return {name: _UNIT_HEADS[name] for name in wanted}


def own_columns() -> tuple[str, ...]:
    """The house's own names of all columns, for what was probably meant by one that is unknown."""
    return (*(name for name in _UNIT_HEADS if name != "address"), *roster.COLUMNS)
