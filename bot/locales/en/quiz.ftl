### The quiz: person or machine?

quiz-question = 🎧 Person or machine? { $number }/{ $count }
quiz-foreign = I have no recordings of people in your language that I may share, so these are in other languages. That makes it harder!
quiz-human = 🧑 Person
quiz-synthetic = 🤖 Machine
quiz-next = Next ▶
quiz-again = Play again 🔁

quiz-right = ✅ That's right!
quiz-wrong = ❌ Not this time.
quiz-was_human = It was a person.
quiz-was_synthetic = It was a machine.
quiz-source = ℹ️ Whose recording this is
quiz-source_human = Recording: { $attribution }.
    Licence: { $licence }. Shortened and re-encoded for this quiz.
quiz-source_synthetic = A machine's voice: { $attribution }.
    Licence: { $licence }. Made for this quiz.
quiz-own = by whoever runs this bot
quiz-ours_human = 👂 What I hear myself: it sounds like a person.
quiz-ours_synthetic = 👂 What I hear myself: it sounds like a machine.
quiz-ours_mixed = 👂 What I hear myself: part of it sounds like a machine.
quiz-ours_inconclusive = 👂 What I hear myself: I can't tell.

## what to listen for, one after each clip

quiz-tip_human_1 = 💡 People breathe: listen for a small breath before a sentence.
quiz-tip_human_2 = 💡 A trained speaker can sound as smooth as a machine. A smooth voice alone proves nothing.
quiz-tip_human_3 = 💡 People vary: some words are hurried, others drawn out, and no two sound alike.
quiz-tip_synthetic_1 = 💡 Machines often forget to breathe, or pause where nobody would.
quiz-tip_synthetic_2 = 💡 Listen to the rhythm: machines often keep it very even from beginning to end.
quiz-tip_synthetic_3 = 💡 Listen to what is around the voice: behind a machine it is often too quiet, and always the same.

quiz-score = 🏁 You got { $right } of { $count } right. I got { $ours } of { $count }.
quiz-score_high = What a good ear! Even so: if a voice asks for money, call back.
quiz-score_fair = Well done: this is hard for everybody, for me too. Play again and your ear gets better.
quiz-score_low = Don't worry: these voices fool almost everybody. That's why calling back is the best protection.

quiz-not_yours = This game is somebody else's. Start your own with /quiz.
quiz-stale = This game is over. Start a new one with /quiz.
quiz-refused = I need to send voice messages for this game, and they aren't allowed here. Try it in another chat with me.

commands-quiz = Quiz: person or machine?
