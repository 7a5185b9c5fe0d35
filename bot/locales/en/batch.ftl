### Words for people: plain, short, to be read on a phone.

## after more than three recordings in a row; $which are their numbers in the order of sending, with the length

batch-summary = 📋 Your { NUMBER($count) } recordings in short, numbered in the order you sent them:
batch-synthetic = 🤖 Sounds like an AI voice ({ NUMBER($count) }): { $which }
batch-mixed = 🤖 Part sounds like a machine ({ NUMBER($count) }): { $which }
batch-inconclusive = 🤔 I can't tell ({ NUMBER($count) }): { $which }
batch-human = 🧑 Sounds like a person ({ NUMBER($count) }): { $which }
batch-failed = ⚠️ Could not be heard ({ NUMBER($count) }): { $which }
batch-quota = ⏳ Not heard because of the limit per hour ({ NUMBER($count) }): { $which }
