"""Whose turn it is, and who rests because another replica sees to them."""

from bot.updates.content import place
from bot.updates.lanes import Lanes


def test_who_rests_has_a_turn_when_woken() -> None:
    lanes = Lanes("notes", 2)
    lanes.add(7, 1, rests=True)
    assert lanes.next() is None
    lanes.wake(60.0)  # not so long yet
    assert lanes.next() is None
    lanes.wake(0.0)
    assert lanes.next() == (7, 1)


def test_an_update_of_ours_wakes_its_sender_and_the_older_one_comes_first() -> None:
    lanes = Lanes("notes", 2)
    lanes.add(7, 1, rests=True)
    lanes.add(7, 2)
    assert lanes.next() == (7, 1)
    assert lanes.next() is None


def test_what_is_put_back_keeps_its_place_before_later_ones() -> None:
    lanes = Lanes("notes", 1)
    lanes.add(7, 1)
    lanes.add(7, 2)
    assert lanes.next() == (7, 1)
    lanes.end(7, again=1)
    assert lanes.next() is None
    lanes.wake(0.0)
    assert lanes.next() == (7, 1)


def test_what_another_replica_answered_is_dropped_unless_it_is_in_work() -> None:
    lanes = Lanes("notes", 2)
    for number in (1, 2):
        lanes.add(7, number)
    lanes.add(8, 3, rests=True)
    assert lanes.next() == (7, 1)
    assert not lanes.drop(7, 1)
    assert lanes.drop(7, 2)
    assert lanes.drop(8, 3)
    assert 8 not in lanes
    lanes.end(7)
    assert (7 in lanes, len(lanes), lanes.next()) == (False, 0, None)


def test_an_update_happens_in_a_chat() -> None:
    user, group = {"id": 3}, {"id": -5}
    assert place({"update_id": 1, "message": {"from": user, "chat": group}}) == -5
    assert (
        place({"update_id": 1, "callback_query": {"from": user, "message": {"chat": group}}}) == -5
    )
    assert place({"update_id": 1, "inline_query": {"from": user}}) == 3
    assert place({"update_id": 1}) == 0
