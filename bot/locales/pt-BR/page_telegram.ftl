### Palavras para as pessoas: simples, curtas, para ler no celular.

## a página dentro do Telegram

page-note = Este áudio
page-telegram_outside = Este endereço mostra uma resposta dentro do Telegram: lá, toque no botão “Ver na página” embaixo dela. Aqui você pode conferir um áudio.
