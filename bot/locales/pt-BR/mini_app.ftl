### Palavras para as pessoas: simples, curtas, para ler no celular.

## o mini app: por que não há resposta

mini_app-not_telegram = Abra esta resposta pelo botão dela no Telegram: só assim sei quem é você.
mini_app-too_old = Faz tempo que esta janela foi aberta. Feche-a e abra de novo pelo botão no Telegram.
mini_app-not_shown = Não posso mostrar esta resposta aqui: ou já foi esquecida, ou é de uma conversa que não é sua. Mande o áudio para mim no Telegram e a resposta é sua.
mini_app-no_sound = O Telegram não me entrega mais o som deste áudio.
mini_app-unreachable = Não consigo falar com o Telegram agora. Tente de novo daqui a pouco.
