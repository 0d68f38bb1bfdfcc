"""The impact assessment (PIPL §§55-56) as a template: what the register and the data map already say is filled in, what
people have to weigh is asked. Keep it three years.
"""

from datetime import date

from wenhou.supervision.personal import data_map
from wenhou.supervision.personal.purposes import PURPOSES

HEAD = """# 个人信息保护影响评估

评估日期：{on}　　评估人：　　　　　　批准人：

依据个人信息保护法第五十五条、第五十六条。处理敏感个人信息、利用个人信息进行自动化决策、向他人提供，事前都要评估；报告和
处理情况记录至少保存三年。下面“已有”由系统登记填出，“评估”由人写。

"""
ONE = """## {title}

已有：

- 所涉的人：{whose}
- 依据：{ground}
- 敏感信息为何必需：{needs}
- 给谁：{given}
- 自动化：{machine}
- 在哪里：{where}

评估：

1. 目的、方式是否合法、正当、必要，有没有更少的信息也能做到：
2. 对个人权益的影响和安全风险（漏下、错停、泄露、羞辱各写一句）：
3. 保护措施是否合法、有效并与风险相称（权限、遮盖、加密、留痕、期限）：
4. 结论和要改的：

"""


def template(on: date) -> str:
    """Markdown, one part for each purpose."""
    entries = data_map.entries()
    parts = [
        ONE.format(
            title=one.title,
            whose=one.whose,
            ground=one.ground,
            needs=one.needs or "没有敏感信息",
            given=one.given,
            machine=one.machine or "没有",
            where="、".join(entry.title for entry in entries if entry.purpose == one.code),
        )
        for one in PURPOSES.values()
    ]
    return HEAD.format(on=on) + "".join(parts)
