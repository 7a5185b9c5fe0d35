### Words for people: plain, short, to be read on a phone.

verdict-synthetic = 🤖 This sounds like a voice made by a machine.
verdict-mixed = 🤖 Part of this sounds like a machine.
verdict-human = 🧑 This sounds like a person.
verdict-inconclusive = 🤔 I can't tell whether this is a person or a machine.
verdict-reason = Why: { $reason }.
verdict-cut = I heard the first { $heard } of { $whole }.
verdict-seconds = I heard { $time } of speech.
verdict-everywhere = It sounded artificial from beginning to end.
verdict-ranges = It sounded artificial at: { $ranges }.
verdict-more = { $ranges } and { $count } more
verdict-partly = The marks in the picture show only part of the reason: the other part of me, which listens to the sound of the speech itself, weighed more.
verdict-by_synthetic = This is no proof: I make mistakes. Don't send money, passwords or codes. Call the person on a number you already had and ask something only they know.
verdict-by_mixed = This is no proof: I make mistakes. Don't send money, passwords or codes. Call the person on a number you already had and ask something only they know.
verdict-by_human = This is no proof: I make mistakes, and some machines fool me. If you are asked for money or a password, or told to hurry, first call the person on a number you already had.

## $percent: chance, from 1 to 99

sure-very_synthetic = I'm fairly confident: { $percent }% chance that it is a machine.
sure-fairly_synthetic = I'm somewhat confident: { $percent }% chance that it is a machine.
sure-hardly_synthetic = I have real doubts: { $percent }% chance that it is a machine.
sure-very_human = Going by what I have learnt, I'm fairly confident: { $percent }% chance that it is a person.
sure-fairly_human = Going by what I have learnt, I'm somewhat confident: { $percent }% chance that it is a person.
sure-hardly_human = Going by what I have learnt, I have real doubts: { $percent }% chance that it is a person.
sure-unsure = I'm in two minds: { $percent }% chance that it is a machine.

reasons-no_speech = I didn't hear anybody speak
reasons-music = this sounds like music, and I didn't hear anybody speak
reasons-too_short = there is too little speech, less than a second
reasons-overlap = several people talk at the same time
reasons-noisy = there is too much noise around the voice
reasons-too_quiet = the voice is too quiet
reasons-clipped = the sound is distorted, recorded too loud
reasons-narrow_band = the sound is muffled, like on a phone line
reasons-unsure = I heard signs of both

advice-no_speech = Send a recording in which somebody speaks.
advice-music = Send a part in which somebody speaks, without music.
advice-too_short = Send a longer recording, ten seconds if you can.
advice-overlap = Send a piece in which only one person talks.
advice-noisy = If you can, send another recording of the same person from a quiet place.
advice-too_quiet = If you can, send another recording of the same person, closer to the microphone.
advice-clipped = If you can, send another recording of the same person, further from the microphone.
advice-narrow_band = If you can, send the original recording rather than one of a phone call.
advice-unsure = When in doubt, don't send money or passwords: call the person on a number you already had.
