"""The option --stage of commands."""

from __future__ import annotations

import argparse

from workstation.domain.stages import Stage


def stage_named(args: argparse.Namespace) -> Stage | None:
    """The stage of --stage, None without it; an unknown one ends the command as wrong usage (2)."""
    if args.stage is None:
        return None
    try:
        return Stage(args.stage)
    except ValueError:
        args.usage_error(f"--stage: one of {', '.join(stage.value for stage in Stage)}")
        raise
