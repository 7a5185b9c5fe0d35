### What the bot keeps about a person

commands-mydata = See what I keep about you
commands-forget = Erase what I keep about you

person-title = This is all that I keep about you:
person-nothing = I keep nothing about you. 👌
person-language = • The language that you chose: { $language }
person-consent_compare = • That you agreed to compare voices, on { $date }
person-consent_donate = • That you agreed to give recordings, last on { $date }
person-answers =
    { $count ->
        [one] • One answer that I gave you { $days }: what I had heard and where, so that its buttons work. After 30 days it disappears by itself. The sound is not kept.
       *[other] • { NUMBER($count) } answers that I gave you { $days }: what I had heard and where, so that their buttons work. After 30 days they disappear by themselves. The sound is not kept.
    }
person-one_day = on { $first }
person-days = from { $first } to { $last }
person-recent = • Minutes of sound heard in the last hour: { NUMBER($count) }, of at most { NUMBER($most) } an hour. Each started minute counts as one.
person-votes =
    { $count ->
        [one] • Once you told me whether I was right.
       *[other] • You told me { NUMBER($count) } times whether I was right.
    }
person-donations =
    { $count ->
        [one] • One recording that you gave for training, with its sound.
       *[other] • { NUMBER($count) } recordings that you gave for training, with their sound.
    }
person-waiting =
    { $count ->
        [one] • One message that I haven't answered yet. It disappears as soon as I have.
       *[other] • { NUMBER($count) } messages that I haven't answered yet. They disappear as soon as I have.
    }
person-access_true = • That whoever runs this bot has let you in
person-access_false = • That whoever runs this bot has shut you out
person-footer = Only I and whoever runs this bot can see this. To erase it: /forget

person-button_erase = 🗑 { $date } { $truth }
person-button_file = 📄 Everything as a file
person-button_forget = 🗑 Erase everything
person-file = All of it, as programs read it. Times are in UTC.

person-forget = Shall I erase everything that I keep about you? Your language, the buttons of my old answers, your votes and the recordings that you gave: all of it goes, for good.
person-button_yes = Yes, erase everything
person-button_no = No, keep it
person-forgotten = Done. I have erased what I kept about you. What I am just answering stays until it is answered.
person-decided = The decision of whoever runs this bot whether to let you in stays: only they can change that.
person-kept = All right, everything stays as it is.
person-privately = This is between the two of us: write to me in a private chat.
person-stale = These buttons are old. Write /mydata once more.
