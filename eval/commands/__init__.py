"""The subcommands of `python -m eval`: a module each, that says what the command takes and prints what comes of it."""
