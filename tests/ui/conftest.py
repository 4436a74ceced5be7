"""The program's window for the tests of the shell."""

from tests.ui.shell import at_work, closed_shell, empty_shell, shell, staffed_folder

__all__ = ["at_work", "closed_shell", "empty_shell", "shell", "staffed_folder"]
