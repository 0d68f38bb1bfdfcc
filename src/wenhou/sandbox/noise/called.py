"""Names as a Chinese province bears them: surnames by their true shares, given names by generation, Hui names apart."""

from collections.abc import Sequence

import numpy as np

# Shares in a hundred of the commonest surnames (census of 2010 and the registers of 2020, rounded); the rest follow by rank.
_COMMON = (
    "王7.1 李7.0 张6.7 刘5.1 陈4.6 杨3.2 黄2.4 赵2.3 吴2.0 周1.9 徐1.5 孙1.4 马1.3 朱1.3 胡1.2 郭1.2 何1.1 林1.1 高1.0 罗1.0 "
    "郑0.9 梁0.9 谢0.8 宋0.8 唐0.7 许0.7 韩0.7 邓0.6 冯0.6 曹0.6 彭0.5 曾0.5 肖0.5 田0.5 董0.5 潘0.5 袁0.5 蔡0.5 蒋0.5 余0.4 "
    "于0.4 杜0.4 叶0.4 程0.4 魏0.4 苏0.4 吕0.4 丁0.4 任0.4 卢0.4 姚0.4 沈0.4 钟0.4 姜0.3 崔0.3 谭0.3 陆0.3 范0.3 汪0.3 廖0.3 "
    "石0.3 金0.3 韦0.3 贾0.3 夏0.3 付0.3 方0.3 邹0.3 熊0.3 白0.3 孟0.3 秦0.3 邱0.3 侯0.3 江0.3 尹0.2 薛0.2 闫0.2 段0.2 雷0.2 "
    "龙0.2 黎0.2 史0.2 陶0.2 贺0.2 毛0.2 郝0.2 顾0.2 龚0.2 邵0.2 万0.2 钱0.2 严0.2 赖0.2 覃0.2 武0.2 戴0.2 莫0.2 孔0.2 汤0.2"
)
_RARE = (
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲"
    "翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫柏宗"
    "仇查区盖逯郄璩亓仝乜妥剡虢"
)
COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "司徒", "慕容", "东方", "令狐")
_HUI = (
    "马30 杨7 王6 李6 金5 丁4 哈3 海3 纳2 白3 沙2 虎1 田3 米2 撒1 苏3 买2 者1 锁1 罗2 兰2 拜1 何2 张4 黑1 妥1 铁1 安1 单1 禹1 "
    "摆1 穆2 余1 冶1 咸1 洪1 赫1 吴1 周1 虎1"
)

_BY_ERA = {
    1: {
        1930: "福生贵有德富山林明财荣清成海全玉喜发学文义万金连元",
        1950: "国军建平华明忠民林生新胜祥玉成学福荣全义海贵军文军",
        1968: "军平强勇辉斌华伟明峰宁林东民忠刚海文杰伟涛国荣武兵",
        1980: "伟磊强涛鹏勇超波杰军斌飞龙辉宁刚亮峰浩鑫凯旭东成博",
        1995: "宇鑫杰浩鹏龙超博凯旭阳帆昊涛轩磊晨航阳瑞飞斌强明瑜",
        2008: "轩涵泽宇浩然睿辰博晨熙豪阳皓瑞祺航霖恒哲诚洋佑昊铭",
    },
    2: {
        1930: "英兰珍莲芳梅花秀香凤娥玉琴仙桂芝翠云贞巧金银叶女霞",
        1950: "英兰芳珍梅玲琴花萍莲凤霞香玉云秀娥芬菊红翠桂华燕芝",
        1968: "红霞玲芳艳萍梅丽燕琴英秀花兰敏静娟华凤荣云琳军洁晓",
        1980: "丽静艳娟婷燕娜芳敏霞玲倩红洁莉慧雪梅琴蕾媛颖琳花婧",
        1995: "婷悦欣雪慧怡佳倩颖蕊楠琪月娜琳静玉瑶洁莹敏蓉茹雅萌",
        2008: "涵怡彤萱妍悦琪欣然瑶诺雅依馨桐予宁可菲霏玥芮珂伊苒",
    },
}
_FIRST = {
    1: {
        1930: "玉文德志国永生世万学明金正有振长廷占彦海春汉宗兴天",
        1950: "建国志学文玉永金明成新德万生占保振兴海春正彦少世光",
        1968: "建志国学文海晓少永卫小成玉金明立新向红兴世自耀生占",
        1980: "小晓建志海文国永学少金玉伟成俊明立亚耀丽彦红万世生",
        1995: "小文佳俊嘉子志天浩明雨思海晓学金少成宇永晨启泽家云",
        2008: "子梓浩宇嘉俊雨泽一思博佳文天家奕皓明睿辰锦若钰沐承",
    },
    2: {
        1930: "秀玉桂淑凤兰金翠春素月菊香彩风巧文生桃存莲银爱正改",
        1950: "秀玉桂淑凤金翠春素小月兰彩爱文国建风学改惠菊红生香",
        1968: "秀玉小红晓丽春淑彩金凤建海爱月艳文桂亚惠雪素翠学燕",
        1980: "小晓丽海红艳玉雪彩春金亚文秀燕佳建凤美静月婷学娟爱",
        1995: "小佳思雨雪晓梦文嘉玉欣雅海静子慧金丽诗婷月美可倩彩",
        2008: "梓欣子雨佳思诗可一梦若语嘉雅静艺紫馨依沐心宇钰奕予",
    },
}
# How many have a given name of a single character: few among the old, nearly half of those born in the eighties.
_SINGLE = {1930: 0.08, 1950: 0.12, 1968: 0.32, 1980: 0.42, 1995: 0.22, 2008: 0.08}
_RARE_CHARACTERS = tuple("堃淼焱喆翀旸昶珺琬玥祎婳甯赟贇犇骉鑫燚垚瑄芃芊彧姝嫄嬿旻晟炅煜烜珩琛璟")
_MUSLIM = {
    1: (
        "尔沙",
        "哈三",
        "穆萨",
        "尤素",
        "尔不都",
        "尔里",
        "哈桑",
        "伊布拉",
        "苏莱",
        "奴海",
        "索里哈",
        "舍木",
        "者麻力",
    ),
    2: (
        "索菲亚",
        "法土麦",
        "阿依舍",
        "麦燕",
        "海哲",
        "赛力麦",
        "哈素",
        "阿米乃",
        "叶海亚",
        "色麦",
        "舍巴",
        "古丽",
    ),
}
_DOTTED = {
    1: (
        ("马", "买买提", "阿不都", "吐尔逊", "艾力", "努尔", "玉素甫", "阿卜力孜"),
        ("哈桑", "艾合买提", "热合曼", "卡德尔", "吾守尔", "托合提", "依明", "木沙"),
    ),
    2: (
        ("马", "阿依古丽", "古丽", "热依汗", "帕提古丽", "阿孜古丽", "米日古丽"),
        ("阿米娜", "艾合买提", "热合曼", "吐尔逊", "卡德尔", "依明", "木沙", "买买提"),
    ),
}
# What given names are made of.
CHARACTERS = frozenset(
    "".join(pool for pools in (*_BY_ERA.values(), *_FIRST.values()) for pool in pools.values())
)
ERAS = np.array((1930, 1950, 1968, 1980, 1995, 2008))
_STARTS = np.array((0, 1945, 1962, 1976, 1989, 2002))


def surnames(hui: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A surname each, by the shares of Hui or of Han people."""
    common = [(word[0], float(word[1:])) for word in _COMMON.split()]
    rare = [(one, 12.0 / (rank + 8)) for rank, one in enumerate(dict.fromkeys(_RARE), start=1)]
    han = [*common, *rare, *((one, 0.012) for one in COMPOUND)]
    found = _drawn(han, len(hui), rng)
    found[hui] = _drawn([(word[0], float(word[1:])) for word in _HUI.split()], int(hui.sum()), rng)
    return found


def era_of(years: np.ndarray) -> np.ndarray:
    """Position in ERAS of a year of birth."""
    return np.searchsorted(_STARTS, years, side="right") - 1


def first_characters(eras: np.ndarray, sexes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The character of the generation: what brothers share."""
    return _by_era(_FIRST, eras, sexes, rng)


def given(
    first: np.ndarray, shared: np.ndarray, eras: np.ndarray, sexes: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Given names: one character, or the first given and a second. Whoever shares the first has two."""
    last = _by_era(_BY_ERA, eras, sexes, rng)
    rare = rng.random(len(last)) < 0.006
    last[rare] = rng.choice(np.array(_RARE_CHARACTERS, dtype=object), int(rare.sum()))
    single = np.array([_SINGLE[int(era)] for era in ERAS])[eras]
    alone = (rng.random(len(last)) < single) & ~shared
    return np.where(alone, last, first + last)


def muslim(sexes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Given names of the mosque."""
    return _by_sex(_MUSLIM, sexes, rng)


def dotted(sexes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Whole names with a middle dot."""
    own = _by_sex({sex: parts[0] for sex, parts in _DOTTED.items()}, sexes, rng)
    father = _by_sex({sex: parts[1] for sex, parts in _DOTTED.items()}, sexes, rng)
    return own + "·" + father


def _drawn(shares: Sequence[tuple[str, float]], count: int, rng: np.random.Generator) -> np.ndarray:
    weights = np.array([share for _, share in shares])
    words = np.array([word for word, _ in shares], dtype=object)
    return words[rng.choice(len(words), count, p=weights / weights.sum())]


def _by_era(
    pools: dict[int, dict[int, str]], eras: np.ndarray, sexes: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    found = np.empty(len(eras), dtype=object)
    for sex, pool in pools.items():
        for at, era in enumerate(ERAS):
            rows = (sexes == sex) & (eras == at)
            ranked = [(one, 1 / (rank + 2) ** 0.8) for rank, one in enumerate(dict.fromkeys(pool[int(era)]))]
            found[rows] = _drawn(ranked, int(rows.sum()), rng)
    return found


def _by_sex(pools: dict[int, tuple[str, ...]], sexes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    found = np.empty(len(sexes), dtype=object)
    for sex, words in pools.items():
        rows = sexes == sex
        found[rows] = rng.choice(np.array(words, dtype=object), int(rows.sum()))
    return found
