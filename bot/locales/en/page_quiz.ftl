### Words for people: plain, short, to be read on a phone.

## the page: the quiz

page-quiz = Quiz
page-quiz_lead = Five short recordings: person or machine? Listen, guess, and I tell you what it was and what I hear myself.
page-quiz_stale = This game is over. Begin another one.
page-quiz_new = New game
page-quiz_sound = Recording of the quiz
