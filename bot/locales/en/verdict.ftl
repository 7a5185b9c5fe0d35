### Words for people: plain, short, to be read on a phone.

verdict-synthetic = 🤖 This sounds like an AI voice, made by a machine.
verdict-mixed = 🤖 Part of this sounds like a machine.
verdict-human = 🧑 This sounds like a person.
verdict-inconclusive = 🤔 I can't tell whether this is a person or a machine.
verdict-leans_synthetic = 🤔 I'm not sure, but it sounds more like a machine than a person.
verdict-leans_human = 🤔 I'm not sure, but it sounds more like a person than a machine.
verdict-reason = Why: { $reason }.
verdict-cut = I heard the first { $heard } of { $whole }.
verdict-seconds = I heard { $time } of speech.
verdict-tracks = The file has { $tracks } sound tracks; I listened only to track { $track }.
verdict-left = There is a voice in each channel. I listened to both; this answer is about the left one, which calls for more care.
verdict-right = There is a voice in each channel. I listened to both; this answer is about the right one, which calls for more care.
verdict-everywhere = It sounded artificial from beginning to end.
verdict-ranges = It sounded artificial at: { $ranges }.
verdict-more = { $ranges } and { $count } more
verdict-partly = The marks in the picture show only part of the reason: the part of me that listens to the speech itself weighed more.
verdict-by_synthetic = This is no proof: I make mistakes. Don't send money, passwords or codes. Call the person on a number you already had and ask something only they know.
verdict-by_mixed = This is no proof: I make mistakes. Don't send money, passwords or codes. Call the person on a number you already had and ask something only they know.
verdict-by_human = This is no proof: I make mistakes, and some machines fool me. If you are asked for money or a password, or told to hurry, first call the person on a number you already had.
verdict-in_doubt = When in doubt, don't send money, passwords or codes: call the person on a number you already had.
verdict-caution = This is no proof. When in doubt, call the person on a number you already had.

## $percent: chance, from 1 to 99

sure-very_synthetic = I'm fairly confident: { $percent }% chance that it is a machine.
sure-fairly_synthetic = I'm somewhat confident: { $percent }% chance that it is a machine.
sure-hardly_synthetic = I have real doubts: { $percent }% chance that it is a machine.
sure-very_human = Going by what I have learnt, I'm fairly confident: only { $percent }% chance that it is a machine.
sure-fairly_human = Going by what I have learnt, I'm somewhat confident: { $percent }% chance that it is a machine.
sure-hardly_human = Going by what I have learnt, I have real doubts: { $percent }% chance that it is a machine.
sure-leans_synthetic = { $percent }% chance that it is a machine. Not enough: I say “machine” only from { $high }% on.
sure-leans_human = { $percent }% chance that it is a machine. Still too much: I say “person” only up to { $low }%.
sure-unsure = I'm in two minds: { $percent }% chance that it is a machine.

reasons-no_speech = I didn't hear anybody speak
reasons-music = this sounds like music, and I didn't hear anybody speak
reasons-too_short = there is too little speech, less than a second
reasons-overlap = several people talk at the same time
reasons-noisy = there is too much noise around the voice
reasons-too_quiet = the voice is too quiet
reasons-clipped = the sound is distorted, recorded too loud
reasons-narrow_band = the sound is muffled, like on a phone line, where the signs of machines get lost
reasons-unsure = I heard signs of a person and signs of a machine in the voice

advice-no_speech = Send a recording in which somebody speaks.
advice-music = Send a part in which somebody speaks, without music.
advice-too_short = Send a longer recording, ten seconds if you can.
advice-overlap = Send a piece in which only one person talks.
advice-noisy = If you can, send another recording of the same person from a quiet place.
advice-too_quiet = If you can, send another recording of the same person, closer to the microphone.
advice-clipped = If you can, send another recording of the same person, further from the microphone.
advice-narrow_band = The original recording would help, rather than one of a phone call.
advice-unsure = The original file would help, rather than a re-recording, or another note of the same person.
advice-longer = A longer note would help, with ten seconds of speech or more, or the original file instead of a re-recording.
