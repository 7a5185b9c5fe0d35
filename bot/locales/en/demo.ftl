### The demonstration: four sample recordings and what the bot answers to each.

demo-pick =
    👂 Four sample recordings. Tap one: I send it to you and answer as I answer yours.
    I picked recordings whose answer is clear. It isn't always so: /accuracy
demo-person = 🧑 A person
demo-machine = 🤖 A machine
demo-part = ✂️ Part person, part machine
demo-cannot_tell = 🌧 A recording that can't be judged

demo-is_person = 🧑 A person speaks here, in Spanish: Allison Smith, a voice actor who records announcements for telephone systems. It sounds like a machine's announcement, but it is her.
demo-is_machine = 🤖 A machine speaks here, the program Kokoro, in Portuguese: “Mum, I lost my phone, send me money.” Nobody lost a phone: the text is made up, as in scams.
demo-is_part = ✂️ It begins and ends with a person; in the middle, from 0:07 to 0:12, a machine asks for money, which she never said. See in the picture how the score rises there.
demo-is_cannot_tell = 🌧 A machine, under a lot of noise. When the sound hides the details, I say that I can't tell instead of guessing.
demo-source = Source: { $attribution }; { $licence }; edited.

demo-privately = I show the examples in a private chat with me, so as not to fill the group: send /demo there.
demo-stale = This button no longer works. Send /demo again.
demo-refused = To show the examples I need to send voice messages, and they aren't allowed here.

commands-demo = See four examples
