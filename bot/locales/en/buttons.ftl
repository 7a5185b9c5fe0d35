### Words for people: plain, short, to be read on a phone.

## the last line of an answer

buttons-model = 👂 { $model }
buttons-checked =
    { $count ->
        [one] 👂 { $model } · checked { NUMBER($count) } time
       *[other] 👂 { $model } · checked { NUMBER($count) } times
    }

## the buttons under an answer

buttons-why = 💡 Why?
buttons-zoom = 🔍 Look closer
buttons-vote = 🎯 Was it right?
buttons-report = 📄 Report
buttons-page = 📱 See on the page
buttons-file = 🗂 File details
buttons-close = ✖ Close

## when a button won't do

buttons-stale = This answer is too old. Please send the note again.
buttons-not_yours = Only whoever asked for this answer can use this button. Send me the note yourself and it's yours.
buttons-muted = I'm not allowed to write here. Send me the note in our private chat.
errors-gone = Telegram no longer gives me this recording. Please send it again.
errors-unreadable = I can't open the file: it is on the server of whoever runs me, and only they can mend that. There is nothing wrong with your recording. Please try again later.

## "Was it right?"

vote-right = ✅ Right
vote-wrong = ❌ Wrong
vote-unknown = 🤷 I don't know
vote-thanks_right = I'm glad! Thank you for telling me.
vote-thanks_wrong = I'm sorry, and thank you for telling me: it shows whoever runs this bot where I fail.
vote-thanks_unknown = That's all right. Thank you!

## "Why?"

why-heading = Why I answered this
why-there = The explanation is just below the answer.
why-synthetic = The blue line in the picture surrounds the sounds that counted most towards a machine; time runs to the right, high sounds are at the top.
why-human = I found hardly any of the marks that machine voices leave; that's why nothing is outlined in the picture. A machine that I don't know may leave none.
why-mixed = Part of it sounds like a machine, the rest does not. The answer says where.
why-reason = • { $reason }. { $advice }
why-limits = I say “person” up to { $low }% and “machine” from { $high }% on. In between I can't tell.
why-people = In my test, of 100 notes of people{ $like }, I called { $wrong } a machine by mistake, and for { $unsure } I couldn't tell.
why-machines = In my test, of 100 notes of machines{ $like }, I took { $wrong } for a person, and for { $unsure } I couldn't tell.
why-like_all = { " " }of any length
why-like_speech_under_2 = { " " }with under 2 seconds of speech, like this one
why-like_speech_2_to_4 = { " " }with 2 to 4 seconds of speech, like this one
why-like_speech_over_4 = { " " }with 4 to 8 seconds of speech, like this one
why-file = What the file says about itself
why-worth = This does not count towards my answer: anybody can write this into a file.
why-origin_user = Forwarded from: a person
why-origin_hidden_user = Forwarded from: somebody who doesn't show who they are
why-origin_chat = Forwarded from: a group
why-origin_channel = Forwarded from: a channel

## "Look closer"

zoom-where = 🔍 { $start }–{ $end } of { $length }
zoom-synthetic = 🤖 This stretch sounds like an AI voice: { $percent }% chance that it is a machine.
zoom-human = 🧑 This stretch sounds like a person: { $percent }% chance that it is a machine.
zoom-mixed = 🤖 Part of this stretch sounds like a machine.
zoom-inconclusive = 🤔 About this stretch I can't tell: { $reason }.
zoom-unsure = 🤔 About this stretch I can't tell: { $percent }% chance that it is a machine.
zoom-caution = One stretch says less than the whole recording.
zoom-earlier = ◀
zoom-later = ▶
zoom-nearer = ➕
zoom-farther = ➖
zoom-stretch = 🤖 { $start }–{ $end }
zoom-there = The closer look is just below the answer.
zoom-refused = I can't send pictures here. Send me the note in our private chat.

## "Report"

report-sent = Here you are: two files, one to read and one for programs.
report-wait = I've just sent this report. Please wait a minute.
report-refused = I can't send files here. Send me the note in our private chat.
