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
requests-packed = Mande os arquivos sem compressão (sem Content-Encoding).
requests-no_length = O pedido não diz seu tamanho: mande-o com Content-Length, e não em pedaços (Transfer-Encoding: chunked).
requests-no_host = O pedido não diz a que endereço se dirige: falta o cabeçalho Host, ou ele não vale.
requests-wrong_host = Esta página só atende em 127.0.0.1 e localhost, e o pedido usa outro nome. Se há um proxy na frente, quem cuida do Ouvido deve definir OUVIDO_HOST=0.0.0.0 e deixar a porta aberta só para o proxy.
requests-proxy = O proxy na frente desta página troca o nome que o navegador usou: ele deve passar adiante o cabeçalho Host (nginx: proxy_set_header Host $http_host).
requests-foreign_or_proxy = Este pedido foi recusado: veio de outro site, ou um proxy na frente desta página troca o nome que o navegador usou (nginx: proxy_set_header Host $http_host).
requests-wrong_method = Este endereço não aceita esse método. Use: { $allowed }.
requests-slow = O envio demorou demais e foi interrompido. Tente com um arquivo menor ou uma conexão melhor.
requests-wrong_type_api = Mande os arquivos como formulário (multipart/form-data), no campo “files”, ou um arquivo só, do jeito que ele é (application/octet-stream).
requests-no_path = Não há nada neste endereço. Em /api/v1/openapi.json estão todos os que existem.
requests-no_slash = Não há nada neste endereço. Tire a barra do fim; em /api/v1/openapi.json estão todos os que existem.
requests-wrong_expect = No cabeçalho Expect só entendo “100-continue”.
requests-key_missing = Este serviço só responde a programas com chave. Peça uma a quem cuida dele e mande assim: “Authorization: Bearer CHAVE”.
requests-key_misplaced = A chave está no lugar errado. Mande assim: “Authorization: Bearer CHAVE”.
requests-key_unknown = Não conheço esta chave: foi digitada errada ou removida. Peça outra a quem cuida deste serviço.
requests-key_expired = Esta chave venceu. Peça outra a quem cuida deste serviço.
requests-too_many =
    { $seconds ->
        [one] Por enquanto, chega de arquivos. Tente de novo daqui a { $seconds } segundo.
       *[other] Por enquanto, chega de arquivos. Tente de novo daqui a { $seconds } segundos.
    }
