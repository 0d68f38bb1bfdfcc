from wenhou.api.models.source_key import SourceKey

__all__ = ["SourceKey"]
