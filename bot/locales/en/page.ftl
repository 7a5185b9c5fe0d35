### Words for people: plain, short, to be read on a phone.

## the local page; $megabytes a file, $minutes of a recording

page-title = Ouvido: person or AI voice? Deepfakes and cloned voices
page-headline = A person or an AI voice?
page-lead = Bring a voice message and see whether it sounds like a person or an AI voice: deepfake, cloned voice.
page-languages = Language
page-person = person
page-machine = machine
page-intake = Sound files or microphone
page-drop = Drop sound files here
page-choose = Choose files
page-record = Record
page-limits = As many as you like, { $megabytes } MB each: voice messages, mp3, m4a, ogg, wav, video and more. You can also paste them.
page-recording = Recording
page-reading = Speak for about ten seconds. At most { NUMBER($minutes, maximumFractionDigits: 1) } min.
page-stop = Stop and check
page-discard = Discard
page-recorded = recording
page-no_microphone = I couldn't use the microphone. Allow it in the browser, or choose a file. From another device, browsers allow it only over https.
page-results = Answers
page-queued = Waiting…
page-sending = Sending…
page-listening = Listening…
page-progress = Progress
page-lost = The connection was lost. Check that Ouvido is still running and try again.
page-proxy_down = The server in front of Ouvido (a proxy) couldn't get an answer from it in time. Try again in a while.
page-proxy_too_large = The server in front of Ouvido (a proxy) doesn't let a file of this size through. Whoever runs it can raise the limit.
page-again = Try again
page-remove = Remove
page-picture = Picture of what I heard: above, the sound; below, the score of each stretch
page-details = Stretch by stretch
page-stretch = Stretch
page-chance = Chance of a machine
page-caution = I make mistakes: no answer of mine is proof. When in doubt, call the person on a number you already had.
page-privacy = Your recording is heard on the computer that runs this page, sent nowhere else and not kept.
page-contact = Who runs this page:
page-model = Model: { $model }
