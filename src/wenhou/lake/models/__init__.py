from wenhou.lake.models.erasure import Erasure
from wenhou.lake.models.file_key import FileKey
from wenhou.lake.models.identity import Identity
from wenhou.lake.models.part import Part
from wenhou.lake.models.same_person import SamePerson

__all__ = ["Erasure", "FileKey", "Identity", "Part", "SamePerson"]
