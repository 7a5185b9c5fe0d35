### Words for people: plain, short, to be read on a phone.

## the page: where the file comes from, examples, measurements, about

page-source = Got a voice message? Bring the file
page-source_why = Don't record a message while it plays from a loudspeaker: on its way through the air the signs that I look for get lost, and the answer is worth nothing. Record only somebody who speaks near you. Of a message that you received, get the file itself:
page-source_whatsapp_android = WhatsApp on Android
page-source_whatsapp_android_how = Press and hold the message, tap Share and save it to Files or Drive. Then choose it here.
page-source_whatsapp_iphone = WhatsApp on iPhone
page-source_whatsapp_iphone_how = Press and hold the message, tap Forward, then the share icon, then Save to Files.
page-source_whatsapp_web = WhatsApp on a computer
page-source_whatsapp_web_how = Open the message's menu (the little arrow in its corner), choose Download and drop the file here.
page-source_telegram = Telegram
page-source_telegram_how = On a computer: right-click the message, Save As. On a phone: press and hold the message, then save it or share it to Files.
page-source_signal = Signal
page-source_signal_how = Press and hold the message and tap Save; on an iPhone, Share and Save to Files.
page-source_iphone = Voice Memos on iPhone
page-source_iphone_how = Open the recording, tap the three dots, Share, then Save to Files.
page-source_android = Recorder on Android
page-source_android_how = Tap Choose files here: recordings are usually under Audio or Recordings.
page-source_names = The names differ a little from one phone to the next.
page-examples_lead = Four sample recordings. I picked ones whose answer is clear; it isn't always so.
page-examples_check = Check this one
page-accuracy_lead = What was measured with this model: of every 100 recordings, how many I got right, in how many I couldn't tell, and in how many I was wrong.
page-accuracy_people = Notes of people
page-accuracy_machines = Notes of machines
page-accuracy_right = right
page-accuracy_unsure = couldn't tell
page-accuracy_wrong = wrong
page-accuracy_clips = recordings
page-accuracy_few = too few
page-accuracy_unknown = What we don't know
page-accuracy_unknown_text = Singing, children, strong accents and several people at once were not tested, nor were machines that came later. Nearly all recordings of the test are short, a few seconds each. Video calls and messages that went through several apps were not measured.
page-about_how = How it works
page-about_how_text = The sound becomes a spectrogram, a picture in which every frequency is seen over time. A neural network trained on voices of people and of machines looks in it for the marks that machines leave, and another part listens to the speech itself. Each stretch of a few seconds gets a score; together they make the answer. If the score lies in the middle, or there is too much noise, music or talk at once, I say that I can't tell.
page-about_limits = Limits
page-about_limits_text = No answer is proof. It must not be used to accuse, to hire or to judge anybody. New machines come out every day, and any of them may fool me; and there are people whom I call a machine by mistake. Against scams with cloned voices it is still best to hang up and call the person on a number you already had.
page-about_privacy = Privacy
page-about_privacy_text = The recording goes only to the computer that runs this page. There it is heard and forgotten: neither the sound nor the answer is kept. If you choose to check on this device, the recording isn't sent: the browser downloads the neural network once, listens by itself and asks nothing of the server from then on. In this browser, files and answers stay until you delete them, so that reloading the page loses nothing; the language you choose is kept in a cookie. There are no accounts, no advertising and no trackers, and the page fetches nothing from other sites.
page-about_study = Where it comes from
page-about_study_text = Ouvido grew out of a study that trained a neural network on pictures of Portuguese voices, human and cloned. It is free software: anybody can run their own, read how it is made and repeat the measurements.
