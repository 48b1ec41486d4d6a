"""What each feature of a sentence counts, as fitted.

Fitted to questions of SQuAD 2.0 (Rajpurkar, Jia and Liang 2018; https://rajpurkar.github.io/SQuAD-explorer/), which is
under CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/); these weights are under the same licence. 4,500 of
the development questions, on other paragraphs than XQuAD's: ranking as a conditional logit over the sentences of the
answer's paragraph and over those of the eight passages found, with and without the cosine; evidence as a logistic
regression of the best sentence, with signs as they have to be, on four fifths of them: a question's own paragraph
against other articles, against other paragraphs of its article, and unanswerable questions. When they were fitted,
`alike` weighed words by the sentences of the set that hold them, not by passages, and `fits` was less strict.
"""

import numpy as np

from assistant.features import FEATURES

_WEIGHTS = {
    # feature: (in the ranking, in the ranking by words alone, in the evidence)
    "cosine": (3.74, 0.00, 5.21),
    "overlap": (1.59, 1.13, 1.04),
    "alike": (7.05, 8.82, 2.09),
    "before": (5.21, 4.49, 2.33),
    "behind": (4.02, 3.41, 0.00),
    "around": (3.14, 2.44, 0.00),
    "pairs": (0.06, -0.13, 0.00),
    "plain": (3.46, 3.48, 0.64),
    "typed": (0.80, 0.83, 0.06),
    "untyped": (-0.70, -0.73, -0.21),
    "counted": (0.49, 0.73, 0.28),
    "head": (0.73, 0.65, 0.04),
    "head_near": (-0.35, -0.36, -0.29),
    "fits": (1.04, 0.97, 0.77),
    "leans": (0.40, 0.38, 0.00),
    "length": (-0.29, -0.26, 0.00),
    "new": (0.15, -0.10, 0.00),
    "first": (-0.19, -0.12, 0.00),
    "position": (-0.56, -0.55, 0.00),
    "figures_missing": (-0.81, -0.79, -1.57),
    "names_missing": (-0.31, -0.47, -0.92),
    "passage": (11.65, 14.15, 0.00),
}
RANKING, WORDS_ALONE, EVIDENCE = np.array([_WEIGHTS[name] for name in FEATURES]).T
EVIDENCE_BASE = -6.64
