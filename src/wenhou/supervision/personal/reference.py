"""docs/reference/personal-data.md: `python -m wenhou.supervision.personal.reference`, with Django's settings named."""

import django

HEAD = """# 个人信息：目的、依据和去处

Written from the rooms' own declarations (`kept.py`, `contracts/`, `supervision.personal.purposes`) by
`python -m wenhou.supervision.personal.reference`; do not edit. 保存期是参数，自拟，见 [standards](standards.md)。

"""
REGISTER = """## 处理活动登记

| 目的 | 所涉的人 | 依据 | 敏感信息为何必需 | 给谁 | 机器做什么、谁决定 | 保存期 |
|---|---|---|---|---|---|---|
"""
MAP = """
## 数据地图

加密的字段在库里只有密文；其余字段在库里，按行按岗位可见。来件各行在数据湖中，只有人员键，没有身份证号。

| 来件或表 | 从何而来 | 目的 | 敏感 | 说了什么 | 加密或换成人员键 | 保存期从何算起 |
|---|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page; Django is ready."""
    from wenhou.supervision.personal import data_map, purposes

    register = "".join(
        _row(
            one.title,
            one.whose,
            one.ground,
            one.needs or "无敏感信息",
            one.given,
            one.machine or "无",
            f"`{one.months}`",
        )
        for one in purposes.PURPOSES.values()
    )
    places = "".join(
        _row(
            f"{entry.title} `{entry.code}`",
            entry.whence,
            purposes.PURPOSES[entry.purpose].title,
            "是" if entry.is_sensitive else "",
            "、".join(entry.fields),
            "、".join(entry.sealed),
            entry.ends,
        )
        for entry in data_map.entries()
    )
    return HEAD + REGISTER + register + MAP + places


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |\n"


if __name__ == "__main__":
    django.setup()
    print(page(), end="")
