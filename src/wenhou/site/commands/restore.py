"""`wenhou restore DIR`: see `backup`."""

from wenhou.site.commands.backup import add_restore as add_commands

__all__ = ["add_commands"]
