### What the command line says of files and of a whole run, on standard error.

check-no_sound = passed over: not sound
check-empty = passed over: empty
check-no_file = passed over: not a regular file
check-folder_link = passed over: a link to a folder, which is not followed
check-dead_link = passed over: a link that leads nowhere
check-summary = Heard: { $heard }. Not heard: { $failed }. Passed over: { $passed }. Had a row already: { $before }.
check-stopped = Stopped. What is done is kept; the same command goes on from here.
