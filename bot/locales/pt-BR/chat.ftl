### Palavras para as pessoas: simples, curtas, para ler no celular.

chat-start =
    Olá! Eu sou o Ouvido. 👂 Digo se um áudio parece voz de pessoa ou voz de IA: deepfake, voz clonada.
    Encaminhe para mim o áudio que você quer conferir.
    Eu também erro: minha resposta ajuda a desconfiar, mas não é prova.
    Para saber mais: /help
chat-help =
    Como usar:
    • Aqui: encaminhe ou grave um áudio. Também serve vídeo ou arquivo de som, até { $megabytes } MB.
    • Em grupos: responda ao áudio com /check. Os administradores escolhem como me comporto: /settings.{ $guest ->
        [yes] { " " }Em qualquer outra conversa: responda ao áudio com @{ $name }.
       *[no] { "" }
    }

    Ouço até { NUMBER($minutes, maximumFractionDigits: 1) } min de cada áudio. Funciono melhor com pelo menos 5 segundos de fala clara.
    Na imagem: em cima, o som; embaixo, a nota de cada trecho, de pessoa a máquina.

    Pediram dinheiro a você? Desligue, respire e ligue para a pessoa no número que você já conhecia.

    /demo veja quatro exemplos
    /quiz treine o ouvido
    /accuracy quanto eu acerto
    /privacy o que acontece com seu áudio
    /about quem eu sou
chat-privacy =
    🔒 Seu áudio é ouvido na máquina de quem mantém este bot e não fica guardado. Ninguém mais o recebe.

    Fica só o resultado, com um código que reconhece o mesmo áudio se ele voltar, e em que conversa respondi e a quem (números do Telegram, sem nomes), para os botões funcionarem. Sem uso, isso some em 30 dias. Um áudio só fica se você o doar, com /donate.

    Seu pedido fica anotado só até eu responder. Não guardo seu nome nem suas mensagens.
    O Telegram guarda a conversa como qualquer outra: você pode apagá-la.

    Veja tudo com /mydata e apague com /forget.
chat-contact = Quem mantém este bot: { $contact }
chat-privacy_local = Este bot recebe os arquivos por um servidor próprio, que guarda uma cópia até que quem cuida dele a apague.
chat-about =
    Sou o Ouvido, um programa livre que procura no som as marcas que as vozes de máquina deixam. Modelo: { $model }.
    Conheço muitas máquinas, mas todo dia surge outra, e qualquer uma pode me enganar. Por isso falo em chance, nunca em certeza.
    Quanto eu acerto, medido: /accuracy
    Dos golpes com voz clonada, o melhor remédio continua sendo ligar para a pessoa no número que você já conhecia.
chat-progress = 👂 Já ouvi { $heard } de { $whole }…
chat-text = Eu entendo áudios. 👂 Encaminhe para mim a mensagem de voz que você quer conferir, ou veja /help.
chat-check = Para conferir um áudio: toque nele, escolha “Responder” e escreva /check.

commands-start = Começar
commands-help = Como usar
commands-check = Conferir o áudio a que você responde
commands-privacy = O que acontece com seu áudio
commands-about = Quem eu sou e o que não sei
commands-accuracy = Quanto eu acerto

## o que o Telegram mostra antes da primeira conversa e no perfil

profile-description = Encaminhe um áudio e eu digo se parece voz de pessoa ou voz de IA (deepfake, voz clonada), com uma imagem do que ouvi. Não guardo seu áudio. Eu também erro: na dúvida, ligue para a pessoa no número que você já conhecia.
profile-short_description = Pessoa ou voz de IA? Deepfake, voz clonada: encaminhe um áudio e eu digo o que parece.
