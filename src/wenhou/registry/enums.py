from django.db.models import TextChoices


class Category(TextChoices):
    """The six categories of low-income population (国办发〔2023〕39号 二), and those who asked or were refused."""

    DIBAO = "DB", "低保"
    TEKUN = "TK", "特困"
    NEAR_DIBAO = "BY", "低保边缘"
    UNAVOIDABLE_SPENDING = "GX", "刚性支出困难"
    RELAPSE_WATCH = "JC", "防返贫监测对象"
    OTHER = "QT", "其他困难"
    APPLYING = "申请中", "申请中"
    REFUSED = "未获批", "未获批"


class HouseholdKind(TextChoices):
    REGISTER = "register", "救助档案户"
    RESIDENCE = "residence", "户籍户"
