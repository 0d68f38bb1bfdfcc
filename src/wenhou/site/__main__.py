import sys

from wenhou.site.cli import main

sys.exit(main())
