### Words for people: plain, short, to be read on a phone.

## the page inside Telegram

page-note = This note
page-telegram_outside = This address shows an answer inside Telegram: there, tap “See on the page” under it. Here you can check a recording.
