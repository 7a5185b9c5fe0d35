### Palavras para as pessoas: simples, curtas, para ler no celular.

errors-empty = O arquivo está vazio. Mande o áudio de novo, por favor.
errors-too_large = O arquivo é grande demais: consigo ouvir até { $megabytes } MB. Mande um pedaço menor.
errors-undecodable = Não consegui abrir isto como som. Mande como mensagem de voz ou em mp3, ogg, m4a ou wav.
errors-no_audio = Este arquivo não tem som. Mande um áudio em que alguém fale.
errors-took_too_long = Demorei demais neste áudio e parei. Mande um pedaço mais curto, por favor.
errors-busy = Ainda estou ouvindo outros áudios. Espere um minuto e mande de novo, por favor.
errors-failed = Algo deu errado aqui, e a culpa é minha. Mande de novo daqui a pouco, por favor.
errors-unknown_file = Não reconheço este arquivo como som. Mande como mensagem de voz ou em mp3, ogg, m4a ou wav.
errors-not_found = Isto não é um arquivo, não existe ou não pode ser lido.

## respostas da página quando o pedido não serve

requests-no_files = Escolha um arquivo de som.
requests-too_many_files =
    { $count ->
        [one] Mande um arquivo de cada vez.
       *[other] Mande no máximo { $count } arquivos de cada vez.
    }
requests-wrong_type = Mande os arquivos como formulário (multipart/form-data), no campo “files”.
requests-foreign = Este pedido veio de outro site e foi recusado.
