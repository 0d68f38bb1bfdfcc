"""The register of processing (PIPL §§6, 17, 28, 55): each purpose once, its ground, and why what is sensitive is needed.

How long is a standard of `policy.parameters.keeping`: ours, provisional.
"""

from dataclasses import dataclass

from wenhou.exchange.contracts import Contract

PUBLIC = "公开"
SENSITIVE = "敏感"


@dataclass(frozen=True)
class Purpose:
    """One purpose. whose: of whom something is kept. ground: PIPL's, and the duty it rests on. needs: why what is sensitive is
    needed (§28), empty where nothing is. given: to whom it goes. machine: what a machine reckons, and who decides (§24).
    months: the standard that says how long after a matter's end it stays.
    """

    code: str
    title: str
    whose: str
    ground: str
    needs: str
    given: str
    machine: str
    months: str


_DUTY = "个人信息保护法第十三条第一款第三项（履行法定职责）"

_ALL = (
    Purpose(
        "watch",
        "低收入人口动态监测与主动发现",
        "户籍或居住在本地、可能需要救助的人及其家庭成员、赡养抚养扶养义务人",
        f"{_DUTY}；社会救助暂行办法（649号令）关于主动发现和信息共享的规定",
        "医疗、残疾、未成年人、社会保险待遇：困境正是由这些看出，少一类就会漏下一类人",
        "户籍地和居住地的县、乡镇（街道）、村（居）救助工作人员，各看所辖",
        "按公开的指标比对并给出预警和先后次序；是否救助由工作人员入户后决定",
        "keep_months_watch",
    ),
    Purpose(
        "gaps",
        "应享未享、不应享而享的比对",
        "登记在册或应当在册的人及其家庭",
        f"{_DUTY}；社会救助暂行办法关于动态管理的规定",
        "残疾、年龄、待遇：资格和金额由这些计算",
        "户籍地和居住地的县、乡镇救助工作人员",
        "按法规逐项计算应享待遇；差额只提示核查，停发和新纳入由人决定",
        "keep_months_gaps",
    ),
    Purpose(
        "verification",
        "家庭经济状况核对",
        "申请人、共同生活的家庭成员、义务人",
        "个人信息保护法第十三条第一款第三项、第二十九条（单独同意）；本人签署的核对授权书",
        "金融账户、出入境、纳税：只在授权期内、授权的人之间查询",
        "承办核对的机构；接收查询的银行和部门只得到查询所需的号码",
        "汇总各方答复；认定由人作出，本人可以申请复核",
        "keep_months_verification",
    ),
    Purpose(
        "registers",
        "人口、家庭与低收入人口登记",
        "户籍或居住在本地的人",
        f"{_DUTY}；社会救助暂行办法关于建立救助档案的规定",
        "未成年人的身份和监护关系：家庭人口和监护责任由此认定",
        "县、乡镇、村的救助工作人员，各看所辖",
        "按来件登记；更正另起一行，不覆盖",
        "keep_months_registers",
    ),
    Purpose(
        "identity",
        "身份识别与归并",
        "来件中出现的人",
        f"{_DUTY}；个人信息保护法第八条（保证质量）",
        "身份证号：各部门来件只能由它认出同一个人；加密保存，查看留痕",
        "有权看到本人的工作人员，默认遮盖",
        "号码有误的按姓名、生日、住址估计是谁；拿不准的由人认定",
        "keep_months_registers",
    ),
    Purpose(
        "visits",
        "入户走访",
        "被走访的家庭",
        f"{_DUTY}；社会救助暂行办法关于入户调查的规定",
        "健康和生活自理状况：需要什么照料由此判断",
        "承办的村（居）、乡镇和县工作人员",
        "",
        "keep_months_visits",
    ),
    Purpose(
        "accounts",
        "工作人员账号与岗位",
        "工作人员",
        "个人信息保护法第十三条第一款第二项（人力资源管理）、网络安全法第二十一条",
        "",
        "本单位；系统管理员、安全管理员",
        "",
        "keep_months_looks",
    ),
    Purpose(
        "looks",
        "查看留痕与安全审计",
        "工作人员、被查看的人",
        "个人信息保护法第五十一条、第五十四条；网络安全法第二十一条（日志不少于六个月）",
        "",
        "审计管理员；本人申请时给本人",
        "按公开的界限提示不寻常的查看；问责由人决定",
        "keep_months_looks",
    ),
    Purpose(
        "rights",
        "办理个人信息查阅、复制、更正、删除请求",
        "提出请求的人及其代理人",
        "个人信息保护法第四十四条至第五十条",
        "",
        "承办的县救助工作人员",
        "",
        "keep_months_rights",
    ),
)
PURPOSES = {purpose.code: purpose for purpose in _ALL}


def of_file(contract: Contract) -> str:
    """What a department's file is taken in for; empty where it tells of nobody."""
    if contract.sensitivity == PUBLIC:
        return ""
    return "verification" if contract.authorisation else "watch"
