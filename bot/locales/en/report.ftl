### Words for people: plain, short, to be read on a phone.

## the report of an answer, as PDF and JSON; read by those who check it

report-title = Report on a voice message
report-made = Made by Ouvido at { $time }
report-picture = Above, the sound; below, the score of each stretch, from person to machine. An outline, where there is one, shows what counted most.

report-file = The file
report-fact_sha256 = Fingerprint (SHA-256)
report-fact_container = Kind of file
report-fact_codec = Sound kept as
report-fact_seconds = Length
report-fact_kbit_per_second = Data per second
report-fact_input_rate = Samples at the source
report-fact_channels = Channels
report-fact_frame_ms = Sound in a packet
report-fact_vendor = Written with
report-fact_encoder = Program
report-unknown_writer = an unknown program
report-anybody = Anybody can write this into a file.
report-fact_recorder = Looks like
report-recorder_telegram = a recording made in Telegram
report-recorder_whatsapp = a recording made in WhatsApp
report-recorder_reencoded = probably the work of a converter, not the original recording

report-judged = How it was heard
report-fact_model = Model
report-fact_model_sha256 = Fingerprint of the model
report-replaced = not known: another model has taken its place
report-fact_score = Chance of a machine
report-fact_thresholds = When I answer
report-fact_speech = Speech heard
report-fact_longest = I listen to at most
report-in_text = { $value }
report-in_count = { NUMBER($value) }
report-in_kbit = { NUMBER($value, maximumFractionDigits: 1) } kbit/s
report-in_hertz = { NUMBER($value) } Hz
report-in_milliseconds = { NUMBER($value, maximumFractionDigits: 1) } ms
report-in_score = { $value }%
report-in_thresholds = person up to { NUMBER($low, maximumFractionDigits: 1) }%, machine from { NUMBER($high, maximumFractionDigits: 1) }% on; in between I can't tell

report-stretches = Stretch by stretch
report-stretch = Stretch
report-chance = Chance of a machine

report-limits = What this doesn't say
report-no_proof = This is no proof. It must not be used to accuse, to hire or to judge anybody.
report-measured =
    When this model was tested, on { $people } recordings of people and { $machines } of machines: of 100 people it called { $accused ->
        [0] none
       *[other] { $accused }
    } a machine; of 100 machines it called { $missed ->
        [0] none
       *[other] { $missed }
    } a person. For many others it gave no answer.
report-not_measured = I have no measurement of this model: nobody knows how often it is wrong.
report-limit_new = Singing, children, strong accents and several people at once were not tested, nor were machines that came later.
report-limit_window = The score of a stretch is a hint, and doesn't show where a recording was cut.
report-limit_file = What the file says about itself, anybody may have written.

report-again = To check it
report-reproduce = The same file (same fingerprint) with the same model and settings gets the same scores. With the program Ouvido installed, and the file's name in place of FILE:
