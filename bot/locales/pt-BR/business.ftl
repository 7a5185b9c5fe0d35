### Palavras para as pessoas: simples, curtas, para ler no celular.

## contas do Telegram Business que ligaram o bot: só quem é dono da conta lê isto

business-connected =
    ✅ Estou ligado à sua conta. Ouço cada áudio que chega nas conversas que você escolheu e respondo só a você, aqui.
    Nessas conversas não escrevo nada, e não preciso de nenhuma permissão.
    Um áudio mais antigo? Encaminhe para mim, ou responda a ele com /check (a outra pessoa vê o comando, mas não a minha resposta).
    Para parar, desligue-me nas configurações do Telegram Business.
business-note = 🎙 Áudio numa conversa da sua conta, de { $name }:

## o que o Telegram mostra às pessoas e não aos bots

withheld-nothing = Nessa mensagem não há nenhum som que eu possa ouvir. Áudios que só se ouvem uma vez, ou que já expiraram, o Telegram não entrega a nenhum bot.
withheld-story = O Telegram não entrega stories aos bots. Mande o vídeo ou o áudio como mensagem e eu ouço.
withheld-paid_media = O Telegram não me mostra esta mídia: ela é paga. Se você a comprou, mande o vídeo como mensagem.
