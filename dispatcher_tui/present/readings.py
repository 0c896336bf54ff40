"""How the names of commands are said, in full pinyin: for whoever types without an input method."""

from __future__ import annotations

from functools import cache

_TABLE = """
an案 ban班 bang帮 bei备 biao表 bu步补 chu出 cui催 cuo措
da打 dan单 deng登 dian点 diu丢 du独 fu复 gai改 gen跟 geng更 gong工 hao号 hu户 huan换 hui回
ji记急级 jiao交 jie接捷 jin进紧 jiu纠 ju据 ku库 kuai快 li例 ling令 lu录 ma码 ming命 pai派
qi弃 ri日 se色 shi事施 shu述 su诉 ti提 tui退 wai外 xiang项 xiao销 xing行 yan颜 yi依已 yin印
zhao找 zheng正 zhi制志 zhong重 zhou骤 zhu住助注 zuo作 cha查 che撤 cheng程 gui规 zhuan转
"""


@cache
def _readings() -> dict[str, str]:
    """Each character's reading, without its tone."""
    found: dict[str, str] = {}
    for entry in _TABLE.split():
        letters = "".join(each for each in entry if each.isascii())
        found |= {each: letters for each in entry if not each.isascii()}
    return found


def pinyin_of(name: str) -> str:
    """A name in full pinyin, without blanks or tones; what has no reading is left out."""
    known = _readings()
    return "".join(known.get(each, each if each.isascii() else "") for each in name).lower()
