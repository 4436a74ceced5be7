"""An import contract of our own: packages that may import nothing but the standard library."""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class StandardLibraryOnly(Contract):
    """Keeps `packages` free of every third-party package (import-linter can only forbid named ones).

    Imports of the project's own rooms are left to the layers contracts.
    """

    type_name = "standard_library_only"

    packages = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        allowed = sys.stdlib_module_names | set(self.session_options["root_packages"])
        foreign: list[tuple[str, str]] = []
        for package in self.packages:  # type: ignore[attr-defined]  # a field becomes its value when parsed
            if package not in graph.modules:
                raise ValueError(f"Module '{package}' does not exist.")
            for module in sorted({package} | graph.find_descendants(package)):
                for imported in sorted(graph.find_modules_directly_imported_by(module)):
                    if imported.split(".")[0] not in allowed:
                        foreign.append((module, imported))
        return ContractCheck(kept=not foreign, metadata={"foreign": foreign})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for module, imported in check.metadata["foreign"]:
            output.print_error(f"- {module} imports {imported}", bold=False)
