"""An address in one line, taken apart so that nothing of it is lost."""

from __future__ import annotations

import random

import pytest

from dispatcher_tui.domain.words.address import split_address


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("示例市翠湖区翠柏路288号", ("示例市", "翠湖区", "翠柏路288号")),
        ("浙江省杭州市西湖区翠柏路288号", ("浙江省杭州市", "西湖区", "翠柏路288号")),
        ("上海市浦东新区银城路1号", ("上海市", "浦东新区", "银城路1号")),
        (
            "广西壮族自治区南宁市青秀区民族大道9号",
            ("广西壮族自治区南宁市", "青秀区", "民族大道9号"),
        ),
        ("义乌市稠城街道7号", ("义乌市", "", "稠城街道7号")),
        ("翠柏路288号", ("", "", "翠柏路288号")),
        ("288 Lake Road, Sample City", ("", "", "288 Lake Road, Sample City")),
        (" 翠柏路\n288号 ", ("", "", "翠柏路 288号")),
        ("示例市", ("", "", "示例市")),
        ("", ("", "", "")),
    ],
)
def test_city_district_and_street(line: str, parts: tuple[str, str, str]) -> None:
    assert split_address(line) == parts


def test_the_parts_together_are_what_was_typed() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _each in range(2_000):
        typed = "".join(
            rng.choice("省市区县自治区路街号湖东3 a") for _n in range(rng.randrange(30))
        )
        parts = split_address(typed)
        assert "".join("".join(parts).split()) == "".join(typed.split())
