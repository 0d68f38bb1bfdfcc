from wenhou.exchange.models.delivery import Delivery

__all__ = ["Delivery"]
