### Palavras para as pessoas: simples, curtas, para ler no celular.

## o relatório de uma resposta, em PDF e JSON; é lido por quem confere

report-title = Relatório de um áudio
report-made = Feito pelo Ouvido em { $time }
report-picture = Em cima, o som; embaixo, a nota de cada trecho, de pessoa a máquina. Se há um contorno, ele mostra o que mais pesou.

report-file = O arquivo
report-fact_sha256 = Impressão digital (SHA-256)
report-fact_container = Tipo de arquivo
report-fact_codec = Som guardado como
report-fact_seconds = Duração
report-fact_kbit_per_second = Dados por segundo
report-fact_input_rate = Amostras na origem
report-fact_channels = Canais
report-fact_frame_ms = Som por pacote
report-fact_vendor = Escrito com
report-fact_encoder = Programa
report-unknown_writer = um programa desconhecido
report-anybody = Qualquer um pode escrever isto num arquivo.
report-fact_recorder = Parece vir de
report-recorder_telegram = gravação feita no Telegram
report-recorder_whatsapp = gravação feita no WhatsApp
report-recorder_reencoded = provavelmente um conversor, e não a gravação original

report-judged = Como foi ouvido
report-fact_model = Modelo
report-fact_model_sha256 = Impressão digital do modelo
report-replaced = não se sabe: o modelo já foi trocado por outro
report-fact_score = Chance de ser máquina
report-fact_thresholds = Quando eu respondo
report-fact_speech = Fala ouvida
report-fact_longest = Ouço no máximo
report-in_text = { $value }
report-in_count = { NUMBER($value) }
report-in_kbit = { NUMBER($value, maximumFractionDigits: 1) } kbit/s
report-in_hertz = { NUMBER($value) } Hz
report-in_milliseconds = { NUMBER($value, maximumFractionDigits: 1) } ms
report-in_score = { $value }%
report-in_thresholds = pessoa até { NUMBER($low, maximumFractionDigits: 1) }%, máquina a partir de { NUMBER($high, maximumFractionDigits: 1) }%; entre os dois não sei dizer

report-stretches = Trecho por trecho
report-stretch = Trecho
report-chance = Chance de máquina

report-limits = O que isto não diz
report-no_proof = Isto não é prova. Não serve para acusar, contratar nem julgar ninguém.
report-measured =
    No teste deste modelo, com { $people } gravações de pessoas e { $machines } de máquinas: de 100 pessoas ele { $accused ->
        [0] não chamou nenhuma
       *[other] chamou { $accused }
    } de máquina; de 100 máquinas ele { $missed ->
        [0] não chamou nenhuma
       *[other] chamou { $missed }
    } de pessoa. Sobre muitas outras não deu resposta.
report-not_measured = Não tenho nenhuma medição deste modelo: não se sabe quanto ele erra.
report-limit_new = Canto, crianças, sotaques fortes e várias pessoas ao mesmo tempo não foram testados, nem as máquinas que surgiram depois.
report-limit_window = A nota de um trecho é uma pista, e não mostra onde um áudio foi cortado.
report-limit_file = O que o arquivo conta de si pode ter sido escrito por qualquer um.

report-again = Para conferir
report-reproduce = O mesmo arquivo (mesma impressão digital), com o mesmo modelo e os mesmos ajustes, recebe as mesmas notas. Com o programa Ouvido instalado, e o nome do arquivo no lugar de FILE:
