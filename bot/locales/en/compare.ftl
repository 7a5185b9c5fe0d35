### Comparing the voice in question with one that is known to be genuine

commands-compare = Compare a message with the person's real voice

buttons-compare = 🎭 Compare

compare-how = To compare: tap the voice message that you doubt, choose “Reply” and write /compare. Then I'll ask you for a real one of the same person.
compare-ask =
    Now reply to this message with a recording that you are sure is the real person: one you received before, or one they made in front of you. Ten seconds of clear speech are best.
    I forget both recordings and the voices as soon as I have answered.
compare-there = It's just below.
compare-hint = The real voice
compare-privately = Let's compare in a private chat: send me the message there.
compare-as_yourself = I can only compare for a person. Please write to me as yourself, not as a group or channel.
compare-stale = I no longer know which message this belongs to. Please reply to the message that you doubt with /compare.
compare-no_sound = I need a recording: reply with a voice message or a sound file of the real person.

## $same, $others, $clones: of 100 pairs in our test

compare-same =
    ≈ The two voices sound alike.
    That does not rule out a clone: in my test { $clones } in 100 voices cloned by AI passed as alike, { $same } in 100 real recordings of the same person, and { $others } in 100 of different people.
    Whatever this says, first call the person on a number you already had.
compare-different =
    ≠ The two voices sound different.
    So it may be somebody else. But I make mistakes: in my test I said so for { $others } in 100 pairs of different people, by mistake for { $same } in 100 of the same person (a cold, noise, another phone), and for { $clones } in 100 clones.
    Call the person on a number you already had.
compare-unsure =
    🤔 I can't tell whether the two voices are the same.
    They are a little alike, and in my test that happened with the same person ({ $same } in 100 pairs) as well as with different people ({ $others } in 100).
    Try a longer recording, or call the person on a number you already had.
compare-impossible = 🤔 I can't compare these voices.
compare-suspicious = The message that you doubt: { $reasons }.
compare-known = The real voice: { $reasons }.
compare-too_short = there is less than { $seconds } seconds of speech
compare-again = Ten seconds of clear speech from one person in a quiet place are best.

errors-same_recording = This is the very same recording. I need another one, which you are sure is the real person.
