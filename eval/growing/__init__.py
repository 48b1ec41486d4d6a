"""Questions proposed from the records of a store: one module for each kind, and what they share.

What a question may ask is read off the fields of records, and how it is worded off `wording.toml`; neither knows a word
of any organisation. Gold comes from the records, never from what the assistant answers.
"""
