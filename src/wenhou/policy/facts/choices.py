"""What a text fact may say. 无 stands for none where the source was asked and had nothing."""

KINSHIP = ("申请人", "配偶", "子女", "父母", "祖父母", "孙子女", "兄弟姐妹", "其他")
NONE = "无"
CHOICES: dict[str, tuple[str, ...]] = {
    "sex": ("1", "2"),
    "kinship": KINSHIP,
    "supporter_kinship": ("子女", "父母", "祖父母", "孙子女", "兄弟姐妹", "配偶"),
    "school_stage": (NONE, "学前", "小学", "初中", "普高", "中职", "高职专科", "本科", "研究生"),
    "disability_category": (NONE, "视力", "听力", "言语", "肢体", "智力", "精神", "多重"),
    "urban_rural": ("城市", "农村"),
    "household_category": ("DB", "TK", "BY", "GX", "JC", "QT", "OUT"),
    "self_care": (NONE, "自理", "部分丧失", "完全丧失"),
    "care_place": (NONE, "集中", "分散"),
    "house_damage": (NONE, "一般损坏", "严重损坏", "倒塌"),
    "house_danger_level": (NONE, "A", "B", "C", "D"),
    "vehicle_exemption": (
        NONE,
        "唯一谋生小型经营车",
        "生产用车",
        "已灭失无法销户",
        "残疾人专用车",
        "二三轮摩托",
        "其他",
    ),
    "machinery_exemption": (NONE, "生产用农机", "已灭失无法销户", "其他"),
    "business_exemption": (NONE, "其他"),
    "schooling_exemption": (NONE, "其他"),
    "homes_exemption": (NONE, "其他"),
    "luxury_exemption": (NONE, "其他"),
    "money_exemption": (NONE, "其他"),
    "other_exemption": (NONE, "其他"),
    "hukou_type": ("城镇", "农村"),
    "last_marital_event": (NONE, "结婚", "离婚", "撤销"),
    "schooling_report": (NONE, "在校", "疑似辍学", "劝返", "送教上门", "延缓入学", "无法入学"),
    "care_mode": (NONE, "集中", "分散"),
    "care_colour": (NONE, "红", "黄", "绿"),
}
