"""Small sound files of a site, and how to spoil one line of them."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.site.scaffold import scaffold

PROCEDURE = """
id = "p"
title = { zh = "规程", en = "Procedure" }
short = { zh = "规", en = "P" }
retention_years = 3
closing_paper = { name = { zh = "单", en = "slip" }, rule = "R-1" }
promise = { rule = "R-1", label = { zh = "承诺", en = "Promise" } }
keep = { rule = "R-1", label = { zh = "跟进", en = "Follow up" }, due = "shift end" }

[roles]
head = { zh = "负责人", en = "Head" }
vp = { zh = "副总", en = "Vice president" }
sec = { zh = "保安队长", en = "Security captain" }

[[rule]]
id = "R-1"
title = { zh = "规则", en = "Rule" }
source = "setting"

[[level]]
id = "grave"
label = { zh = "重大", en = "Grave" }
rule = "R-1"
facts = ["media"]

[[level]]
id = "ordinary"
label = { zh = "一般", en = "Ordinary" }
rule = "R-1"

[[clock]]
id = "first"
rule = "R-1"
label = { zh = "首", en = "First" }
starts = "opened"
due = "2h"
until = "told"
do = "step:told"
late = { tell = "head", step = "told" }

[[clock]]
id = "second"
rule = "R-1"
label = { zh = "次", en = "Second" }
starts = ["opened", "notified"]
due = "not before 24h"
grace = "24h"
until = "followed_up"
after = "first"
when = { levels = ["ordinary"], channels = ["phone"] }

[[step]]
id = "told"
label = { zh = "已告知", en = "Told" }
rule = "R-1"
to = "head"

[[write_off]]
id = "told"
kind = "step"
label = { zh = "已告知", en = "Told" }
rule = "R-1"
step = "told"

[[route]]
roles = ["head"]

[[ladder]]
id = "up"
label = { zh = "上报", en = "Report" }
rule = "R-1"
rungs = [{ role = "head" }, { role = "vp", tries = 1, seconds = 20 }]
group = ["sec"]

[[prompt]]
at = "intake"
text = { zh = "问地点", en = "Ask where" }
rule = "R-1"

[[money]]
rule = "R-1"
limit_yuan = 100
approver = "head"
"""

SITE = """
[site]
name = "翠湖花园"
zone = "Asia/Shanghai"
procedure = "estate-dispatch"
[desk]
id = "desk-1"
[office_hours]
start = "08:30"
end = "17:30"
[[shift]]
name = { zh = "白班", en = "Day" }
start = "07:00"
end = "19:00"
[[shift]]
name = { zh = "夜班", en = "Night" }
start = "19:00"
end = "07:00"
[slips]
prefix = "FW-"
digits = 6
[outside]
fire = "119"
[sound]
command = ""
[backup]
keep = 30
[retention]
years = 3
"""

HOLIDAYS = """
year = 2026
source = "notice"
off = ["2026-10-01", "2026-10-02"]
work = ["2026-10-10"]
"""

CARD = """
id = "fire"
digit = "1"
title = { zh = "起火", en = "Fire" }
rule = "E-01"
first_number = "fire"
[[ask]]
text = { zh = "在哪里", en = "Where" }
[[step]]
text = { zh = "拨 119", en = "Ring 119" }
"""

CATEGORIES = """
[[category]]
id = "leak"
name = { zh = "漏水", en = "Water leak" }
class = "maintenance"
initials = "ls"
routes = ["maintenance"]
"""

ROSTER = """id,name,role,group,title,phone1,phone2,on_from,on_until,valid_from,valid_until,deputy
chen,陈志强,head,management,负责人,13900000101,,,,2022-03-01,,wu
wu,吴晓梅,supervisor,service,主管,13900000104,8001,08:30,17:30,,,
"""

UNITS = """place,building,unit,room,resident,phone,resident2,phone2,warning,note
3-2-1502,3,2,1502,张伟,13800000001,李娜,13800000002,养大型犬,
3-2-1503,3,2,1503,,,,,,空置
"""


def spoil(text: str, old: str, new: str) -> str:
    """The text with its first ``old`` replaced; a sample that lacks it is no sample."""
    assert old in text
    return text.replace(old, new, 1)


def new_site(folder: Path, procedure: str = "estate-dispatch") -> Path:
    """A site's folder as ``init`` lays it out."""
    scaffold(folder, name="翠湖花园", procedure=procedure, zone="Asia/Shanghai")
    return folder
