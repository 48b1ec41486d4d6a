"""What can go wrong in an evaluation, beside what its layers report.

ProjectError (corpus.errors)
└── EvaluationError   a set of questions is not usable, or a floor was not reached (exit code 1)
"""

from corpus.errors import ProjectError


class EvaluationError(ProjectError):
    """The message names line and field, or metric and floor."""
