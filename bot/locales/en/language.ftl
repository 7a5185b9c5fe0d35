### Choosing a language

commands-language = Choose my language

language-which = Which language shall I speak here?
language-pt-BR = Português
language-en = English
language-es = Español
language-auto = As in Telegram
language-chosen = All right, from now on I speak English here.
language-administrators = Only administrators choose the language of a group.
language-stale = These buttons are old. Write /language once more.
