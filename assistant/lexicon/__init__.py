"""A Romanian–English lexicon of single words: its data, and the script that makes it. `assistant.translation` reads it.

Where the words come from and under which licences stands in `NOTICE`.
"""
