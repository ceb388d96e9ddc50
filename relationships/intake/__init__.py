"""Past contacts out of files."""

from relationships.intake.visits import InteractionIntake

__all__ = ["InteractionIntake"]
