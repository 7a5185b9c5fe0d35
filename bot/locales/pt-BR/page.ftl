### Palavras para as pessoas: simples, curtas, para ler no celular.

## a página local; $megabytes por arquivo, $minutes de um áudio

page-title = Ouvido: pessoa ou voz de IA? Deepfake e voz clonada
page-headline = Pessoa ou voz de IA?
page-lead = Traga um áudio e veja se parece voz de pessoa ou voz de IA: deepfake, voz clonada.
page-languages = Idioma
page-person = pessoa
page-machine = máquina
page-intake = Arquivos de som ou microfone
page-drop = Solte arquivos de som aqui
page-choose = Escolher arquivos
page-record = Gravar
page-limits = Quantos quiser, até { $megabytes } MB cada um: áudios do celular, mp3, m4a, ogg, wav, vídeo e mais. Também dá para colar.
page-recording = Gravando
page-reading = Fale por uns dez segundos. No máximo { NUMBER($minutes, maximumFractionDigits: 1) } min.
page-stop = Parar e conferir
page-discard = Descartar
page-recorded = gravação
page-no_microphone = Não consegui usar o microfone. Permita o uso no navegador ou escolha um arquivo. De outro aparelho, o navegador só permite com https.
page-results = Respostas
page-queued = Na fila…
page-sending = Enviando…
page-listening = Ouvindo…
page-progress = Andamento
page-lost = A conexão caiu. Veja se o Ouvido continua rodando e tente de novo.
page-proxy_down = O servidor à frente do Ouvido (proxy) não conseguiu uma resposta dele a tempo. Tente de novo daqui a pouco.
page-proxy_too_large = O servidor à frente do Ouvido (proxy) não deixa passar um arquivo deste tamanho. Quem cuida dele pode aumentar o limite.
page-again = Tentar de novo
page-remove = Remover
page-picture = Imagem do que ouvi: em cima, o som; embaixo, a nota de cada trecho
page-details = Trecho por trecho
page-stretch = Trecho
page-chance = Chance de ser máquina
page-caution = Eu erro: nenhuma resposta minha é prova. Na dúvida, ligue para a pessoa no número que você já conhecia.
page-privacy = Seu áudio é ouvido no computador em que esta página roda, não vai para mais ninguém e não fica guardado.
page-contact = Quem mantém esta página:
page-model = Modelo: { $model }
