"""What an answer says of the model that had a part in it: that something was left out, that it gave nothing."""

from assistant.answer import ANSWERED, LLM, Answer
from assistant.phrases import say


def notice_of(answer: Answer, trouble: str = "", left_out: int = 0) -> str:
    """In the answer's language; empty where there is nothing to say. Why a model failed is for the log."""
    told = []
    if left_out:
        told.append(say(answer.language, "left_out_one" if left_out == 1 else "left_out", count=str(left_out)))
    if trouble:
        quoted = "model_failed" if answer.status == ANSWERED else "model_silent"
        told.append(say(answer.language, "broke_off" if answer.mode == LLM else quoted))
    elif left_out and answer.mode != LLM and answer.status == ANSWERED:
        told.append(say(answer.language, "own_words"))
    return " ".join(told)
