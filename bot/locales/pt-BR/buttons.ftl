### Palavras para as pessoas: simples, curtas, para ler no celular.

## a última linha da resposta

buttons-model = 👂 { $model }
buttons-checked =
    { $count ->
        [one] 👂 { $model } · conferido { NUMBER($count) } vez
       *[other] 👂 { $model } · conferido { NUMBER($count) } vezes
    }

## os botões embaixo da resposta

buttons-why = 💡 Por quê?
buttons-zoom = 🔍 Ver de perto
buttons-vote = 🎯 Acertei?
buttons-report = 📄 Relatório
buttons-page = 📱 Ver na página
buttons-file = 🗂 Sobre o arquivo
buttons-close = ✖ Fechar

## quando um botão não serve

buttons-stale = Esta resposta já é velha. Mande o áudio de novo, por favor.
buttons-not_yours = Só quem pediu esta resposta pode usar este botão. Mande o áudio para mim e ele é seu.
buttons-muted = Aqui não me deixam escrever. Mande o áudio para mim na conversa particular.
errors-gone = O Telegram não me entrega mais este áudio. Mande de novo, por favor.
errors-unreadable = Não consigo abrir o arquivo: ele está no servidor de quem cuida de mim, e só essa pessoa pode resolver. Seu áudio não tem nada de errado. Tente de novo mais tarde, por favor.

## “Acertei?”

vote-right = ✅ Acertou
vote-wrong = ❌ Errou
vote-unknown = 🤷 Não sei
vote-thanks_right = Que bom! Obrigado por contar.
vote-thanks_wrong = Desculpe pelo erro, e obrigado por contar: assim o dono do bot sabe onde eu falho.
vote-thanks_unknown = Tudo bem. Obrigado!

## “Por quê?”

why-heading = Por que respondi assim
why-there = A explicação está logo abaixo da resposta.
why-synthetic = O contorno azul na imagem cerca os sons que mais pesaram para o lado da máquina; o tempo corre para a direita, os agudos ficam em cima.
why-human = Quase não achei as marcas que as vozes de máquina deixam; por isso não há contorno na imagem. Uma máquina que não conheço pode não deixar nenhuma.
why-mixed = Uma parte soa como uma máquina; o resto, não. A resposta diz onde.
why-reason = • { $reason }. { $advice }
why-limits = Digo “pessoa” até { $low }% e “máquina” a partir de { $high }%. Entre os dois, não sei dizer.
why-people = No meu teste, de 100 áudios de pessoas{ $like }, chamei { $wrong } de máquina por engano, e em { $unsure } não soube dizer.
why-machines = No meu teste, de 100 áudios de máquinas{ $like }, tomei { $wrong } por pessoa, e em { $unsure } não soube dizer.
why-like_all = { " " }de qualquer duração
why-like_speech_under_2 = { " " }com menos de 2 segundos de fala, como este
why-like_speech_2_to_4 = { " " }com 2 a 4 segundos de fala, como este
why-like_speech_over_4 = { " " }com 4 a 8 segundos de fala, como este
why-file = O que o arquivo conta de si
why-worth = Isso não pesa na minha resposta: qualquer um pode escrever isto num arquivo.
why-origin_user = Encaminhado de: uma pessoa
why-origin_hidden_user = Encaminhado de: alguém que não mostra quem é
why-origin_chat = Encaminhado de: um grupo
why-origin_channel = Encaminhado de: um canal

## “Ver de perto”

zoom-where = 🔍 { $start }–{ $end } de { $length }
zoom-synthetic = 🤖 Este trecho parece voz de IA: { $percent }% de chance de ser máquina.
zoom-human = 🧑 Este trecho parece voz de pessoa: { $percent }% de chance de ser máquina.
zoom-mixed = 🤖 Parte deste trecho soa como uma máquina.
zoom-inconclusive = 🤔 Neste trecho não dá para dizer: { $reason }.
zoom-unsure = 🤔 Neste trecho não dá para dizer: { $percent }% de chance de ser máquina.
zoom-caution = Um trecho sozinho diz menos que o áudio inteiro.
zoom-earlier = ◀
zoom-later = ▶
zoom-nearer = ➕
zoom-farther = ➖
zoom-stretch = 🤖 { $start }–{ $end }
zoom-there = O trecho está logo abaixo da resposta.
zoom-refused = Aqui não posso mandar imagens. Mande o áudio para mim na conversa particular.

## “Relatório”

report-sent = Prontinho: dois arquivos, um para ler e um para programas.
report-wait = Acabei de mandar este relatório. Espere um minuto, por favor.
report-refused = Aqui não posso mandar arquivos. Mande o áudio para mim na conversa particular.
