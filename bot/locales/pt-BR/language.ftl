### Escolher o idioma

commands-language = Escolher o meu idioma

language-which = Em que idioma devo falar aqui?
language-pt-BR = Português
language-en = English
language-es = Español
language-auto = Como no Telegram
language-chosen = Certo, a partir de agora falo português aqui.
language-administrators = Só administradores escolhem o idioma de um grupo.
language-stale = Estes botões são antigos. Escreva /language de novo.
