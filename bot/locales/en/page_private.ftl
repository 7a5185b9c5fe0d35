### Words for people: plain, short, to be read on a phone.

## the page: checking on this device, without sending the recording

page-private = Check on this device
page-private_off = Your browser listens by itself and the recording is sent to nobody. It has to download the neural network once.
page-private_on = The recording doesn't leave this device.
page-private_asking = Looking up what has to be downloaded…
page-private_fetch = Download
page-private_fetching = Downloading…
page-private_failed = I couldn't download it. Check the connection and try again. No recording was sent.
page-private_offline = It also works without the internet.
page-private_done = Checked on this device: the recording wasn't sent. The neural network and the reasons not to answer are the same as on the server. Because the browser opened the file, the chance may differ a little. Only the server makes the PDF report, compares voices, reads what the file says about itself and looks at a part more closely.
page-private_send = Send it and check on the server

## $megabytes to be downloaded; $minutes of each file

private-size = { NUMBER($megabytes, maximumFractionDigits: 0) } MB have to be downloaded, once. Then I hear up to { $minutes } minutes of each file.
private-ready = Everything is ready: I hear up to { $minutes } minutes of each file.
private-marks = The picture shows the whole sound; only the server draws the blue line around what counted most.
private-facts = What the file says about itself, such as its recorder and dates, only the server reads.
private-not_ready = First download what is missing, at the top of the page. Nothing was sent.
private-too_long = On this device I hear up to { $minutes } minutes, and this file is longer. Nothing was sent. The server hears longer files.
private-cannot_decode = This browser can't open this file: either it is of a kind that it doesn't know, such as AMR or WMA, or it has no sound, or it is damaged. Nothing was sent. The server opens more kinds of files.
private-cannot_run = The neural network didn't run in this browser; there may be too little memory. Nothing was sent. Close other tabs and try again, or send it to the server.
