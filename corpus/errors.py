"""The root of every error this program raises on purpose, and the branch of this layer.

    ProjectError
    ├── MisuseError          the command was given something it cannot work with (exit code 2)
    └── CorpusError          (exit code 1)
        ├── UnreadableError  one file could not be read; the others go on
        └── SpoolError       there is no room for what was read

`index` and `assistant` grow their own branches from ProjectError. A refusal to answer is an Answer, not an error.
"""


class ProjectError(Exception):
    """Something a person can mend; the message says what was met, what was expected and what to do next."""


class MisuseError(ProjectError):
    """A wrong argument: a path that is not there, a question of only spaces."""


class CorpusError(ProjectError):
    """Reading documents or finding records in them failed."""


class UnreadableError(CorpusError):
    """This one file could not be read; the message is the reason, without the file's name."""


class SpoolError(CorpusError):
    """What was read of a file cannot be kept until it is asked for."""
