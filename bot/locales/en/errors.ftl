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
requests-packed = Send the files uncompressed (without Content-Encoding).
requests-no_length = The request doesn't tell its length: send it with Content-Length, not in chunks (Transfer-Encoding: chunked).
requests-no_host = The request doesn't tell what address it is meant for: the Host header is missing or not valid.
requests-wrong_host = This page only answers at 127.0.0.1 and localhost, and the request uses another name. If there is a proxy in front, whoever runs Ouvido must set OUVIDO_HOST=0.0.0.0 and leave the port open to the proxy only.
requests-proxy = The proxy in front of this page changes the name that the browser used: it must pass on the Host header (nginx: proxy_set_header Host $http_host).
requests-foreign_or_proxy = This request was refused: it came from another site, or a proxy in front of this page changes the name that the browser used (nginx: proxy_set_header Host $http_host).
requests-wrong_method = This address doesn't take that method. Use: { $allowed }.
requests-slow = The upload took too long and was stopped. Try a smaller file or a better connection.
requests-wrong_type_api = Send the files as a form (multipart/form-data), in the field “files”, or one file as it is (application/octet-stream).
requests-no_path = There is nothing at this address. /api/v1/openapi.json lists all there are.
requests-no_slash = There is nothing at this address. Leave out the slash at its end; /api/v1/openapi.json lists all there are.
requests-wrong_expect = Of the header Expect only “100-continue” is understood.
requests-key_missing = This service answers only programs with a key. Ask whoever runs it for one, and send it as “Authorization: Bearer KEY”.
requests-key_misplaced = The key is in the wrong place. Send it as “Authorization: Bearer KEY”.
requests-key_unknown = I don't know this key: it was mistyped or removed. Ask whoever runs this service for another.
requests-key_expired = This key has expired. Ask whoever runs this service for another.
requests-too_many =
    { $seconds ->
        [one] That's all the files for now. Please try again in { $seconds } second.
       *[other] That's all the files for now. Please try again in { $seconds } seconds.
    }
