### Words for people: plain, short, to be read on a phone.

errors-empty = The file is empty. Please send the recording again.
errors-too_large = The file is too big: I can listen to { $megabytes } MB at most. Please send a smaller piece.
errors-undecodable = I couldn't open this as sound. Please send a voice message, or mp3, ogg, m4a or wav.
errors-no_audio = This file has no sound. Please send a recording in which somebody speaks.
errors-took_too_long = This recording took me too long, so I stopped. Please send a shorter piece.
errors-busy = I'm still busy with other recordings. Please wait a minute and send it again.
errors-failed = Something went wrong here, and it's my fault. Please send it again in a while.
errors-unknown_file = I don't recognise this file as sound. Please send a voice message, or mp3, ogg, m4a or wav.
errors-not_found = This isn't a file, doesn't exist or can't be read.

## the page's answers to a request that won't do

requests-no_files = Choose a sound file.
requests-too_many_files =
    { $count ->
        [one] Send one file at a time.
       *[other] Send at most { $count } files at a time.
    }
requests-wrong_type = Send the files as a form (multipart/form-data), in the field “files”.
requests-foreign = This request came from another site and was refused.
