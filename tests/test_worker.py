"""A worker that hangs or dies loses the task at hand and nothing else."""

import pytest

from axiomkd.worker import Lost, Worker

PROGRAM = """
import os, sys, time
from axiomkd.worker import serve

def answer(task):
    if task == "hang":
        time.sleep(3600)
    if task == "spin":
        while True:
            pass
    if task == "eat":
        return len(bytearray(1 << 30))
    if task == "die":
        os._exit(7)
    if task == "raise":
        raise ValueError("no such goal")
    if task == "chatter":
        print("words on the standard output")
    return task * 2

serve(answer)
"""


@pytest.fixture
def worker():
    with Worker(PROGRAM, megabytes=500) as made:
        yield made


def test_a_worker_answers_one_task_after_the_other(worker):
    assert [worker.ask(task, seconds=30) for task in (1, "a", [2])] == [2, "aa", [2, 2]]


def test_printing_does_not_disturb_the_answers(worker):
    assert worker.ask("chatter", seconds=30) == "chatterchatter"


@pytest.mark.parametrize(
    ("task", "seconds", "reason"),
    [
        ("hang", 0.5, "gave up after 0.5 s"),
        ("spin", 1, "gave up after 1 s"),
        ("eat", 30, "gave up at 500 MB"),
        ("die", 30, "status 7"),
        ("raise", 30, "ValueError: no such goal"),
    ],
)
def test_a_lost_task_says_why_and_the_next_one_is_answered(worker, task, seconds, reason):
    with pytest.raises(Lost, match=reason):
        worker.ask(task, seconds)
    assert worker.ask(3, seconds=30) == 6


def test_a_stopped_worker_starts_again(worker):
    assert worker.ask(1, seconds=30) == 2
    worker.stop()
    assert worker.ask(2, seconds=30) == 4
