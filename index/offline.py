"""Keeps every library underneath from calling home. Called before the first of them is imported."""

import os

QUIET = {
    "ANONYMIZED_TELEMETRY": "False",  # chromadb
    "DO_NOT_TRACK": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",  # its threads do not survive a fork
}


def stay_offline() -> None:
    """Set the libraries' own switches against telemetry and downloads, whatever the environment said."""
    os.environ.update(QUIET)
