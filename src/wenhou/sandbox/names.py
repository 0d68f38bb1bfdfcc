"""Made-up names: common surnames of Han and Hui people, and given names put together from single characters."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wenhou.sandbox.tables import words

HAN = tuple(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
HUI = tuple("马杨王李金丁哈海纳白沙虎田米撒苏买者锁罗兰拜何张")
_MALE = tuple("伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆旭宁晨龙林建国志文海东峰博云福成瑞祥")
_FEMALE = tuple("芳娟敏静丽艳霞燕玲红梅莉兰凤洁琳颖雪慧倩婷玉珍萍雅欣怡佳琴秀英月花蓉菊彩云娜薇")
_FIRST = ("", *"小晓建文志国金玉春秋海天学永新德世思子雨嘉俊明佳梓宗成彦少")


def full_names(
    surnames: np.ndarray, hui: np.ndarray, sexes: np.ndarray, rng: np.random.Generator
) -> pa.Array:
    """Names for surname positions (into HUI where `hui`, else HAN) and sexes."""
    count = len(sexes)
    offset = np.where(hui, len(HAN), 0)
    family = words(offset + surnames, HAN + HUI).cast(pa.string())
    first = words(rng.integers(0, len(_FIRST), count), _FIRST).cast(pa.string())
    pick = rng.integers(0, 10_000, count)
    last = words(
        np.where(sexes == 1, pick % len(_MALE), len(_MALE) + pick % len(_FEMALE)), _MALE + _FEMALE
    ).cast(pa.string())
    return pc.binary_join_element_wise(family, first, last, "")
