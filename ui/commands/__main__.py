"""`python -m ui.commands`: the console entry where the `workstation` script is not on the path."""

import sys

from ui.commands import main

sys.exit(main())
