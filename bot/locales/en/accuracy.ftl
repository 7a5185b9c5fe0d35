### Words for people: plain, short, to be read on a phone.

## /accuracy: what was measured. $people, $machines: recordings; $right, $unsure, $wrong: of 100.

accuracy-none =
    This model ({ $model }) came without any measurement: I can't say how often it is wrong.
    Take my answer as a guess, never as proof.
accuracy-tested =
    📏 How often am I right?
    I was tested on { $people } recordings of people and { $machines } of machines, different from those I learnt from.
accuracy-people_mine = Of 100 notes of people speaking English:
accuracy-people_all = Of 100 notes of people:
accuracy-people =
    🧑 { $right }: I say it's a person
    🤔 { $unsure }: I say I can't tell
    🤖 { $wrong ->
        [0] I called none a machine in the test, but it can happen
       *[other] { $wrong }: I say it's a machine, and I'm wrong
    }
accuracy-machines_mine = Of 100 notes of machines in English:
accuracy-machines_all = Of 100 notes of machines:
accuracy-machines =
    🤖 { $right }: I recognise it
    🤔 { $unsure }: I say I can't tell
    🧑 { $wrong ->
        [0] none fooled me in the test, but it can happen
        [one] { $wrong }: fools me
       *[other] { $wrong }: fool me
    }
accuracy-few = In English I was hardly tested; the figures are for all languages.
accuracy-overall =
    { $wrong ->
        [one] In all languages, and with as many people as machines, { $wrong } of 100 answers of mine is wrong.
       *[other] In all languages, and with as many people as machines, { $wrong } of 100 answers of mine are wrong.
    }
accuracy-leaning =
    When I'm not sure but it sounds more like one of them: of 100 times that it sounds more like a person I'm right { $person } times, of 100 times that it sounds more like a machine { $machine }.
accuracy-caution =
    { $split ->
        [dev] This is a test, not a promise. I learnt when to keep quiet from these very recordings; with yours I may be wrong more often.
       *[other] This is a test, not a promise: with your recordings I may be wrong more often.
    }

## the picture of /accuracy: the row's name on the left, then the bars

accuracy-picture_people = notes of people
accuracy-picture_machines = notes of machines
accuracy-picture_person = I said: person
accuracy-picture_unsure = can't tell
accuracy-picture_machine = I said: machine
accuracy-picture_counts = To the right of each bar: how many recordings.
accuracy-section_who = Whose
accuracy-section_length = How much speech
accuracy-section_way = How it gets here
accuracy-section_machine = Which machine
accuracy-row_all = all
accuracy-row_language_pt = in Portuguese
accuracy-row_language_en = in English
accuracy-row_language_es = in Spanish
accuracy-row_voice_notes = from everyday life
accuracy-row_speech_under_2 = under 2 s
accuracy-row_speech_2_to_4 = 2 to 4 s
accuracy-row_speech_over_4 = 4 to 8 s
accuracy-row_joined_30 = 30 s
accuracy-row_as_recorded = as recorded
accuracy-row_whatsapp = by WhatsApp
accuracy-row_telephone = by telephone
accuracy-row_noise_20 = a little noise
accuracy-row_noise_10 = a lot of noise
accuracy-row_met = that I had met
accuracy-row_never_met = that I had not met
accuracy-row_tts = reads a text
accuracy-row_vc = swaps the voice
accuracy-row_vocoder = remakes a recording
