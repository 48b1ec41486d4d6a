"""Numbers, amounts of money and dates as English and Romanian write them, read for `eval.normalise`.

Shares no code with the parsers of `corpus` and `assistant`, so that the judge does not make the mistakes of the judged.
"""
