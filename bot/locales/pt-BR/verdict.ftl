### Palavras para as pessoas: simples, curtas, para ler no celular.

verdict-synthetic = 🤖 Parece voz de IA, feita por máquina.
verdict-mixed = 🤖 Parte deste áudio soa como uma máquina.
verdict-human = 🧑 Parece voz de pessoa.
verdict-inconclusive = 🤔 Não dá para dizer se é pessoa ou máquina.
verdict-leans_synthetic = 🤔 Não tenho certeza, mas parece mais máquina do que pessoa.
verdict-leans_human = 🤔 Não tenho certeza, mas parece mais pessoa do que máquina.
verdict-reason = Motivo: { $reason }.
verdict-cut = Ouvi os primeiros { $heard } de { $whole }.
verdict-seconds = Ouvi { $time } de fala.
verdict-tracks = O arquivo tem { $tracks } faixas de som; ouvi só a faixa { $track }.
verdict-left = Há uma voz em cada canal: ouvi as duas, e esta resposta é sobre a do canal esquerdo, a que pede mais cuidado.
verdict-right = Há uma voz em cada canal: ouvi as duas, e esta resposta é sobre a do canal direito, a que pede mais cuidado.
verdict-everywhere = Soou artificial do começo ao fim.
verdict-ranges = Soou artificial em: { $ranges }.
verdict-more = { $ranges } e mais { $count }
verdict-partly = As marcas na imagem mostram só parte do motivo: pesou mais a parte de mim que escuta a fala em si.
verdict-by_synthetic = Não é prova: eu erro. Não mande dinheiro, senha nem código. Ligue para a pessoa no número que você já conhecia e pergunte algo que só ela sabe.
verdict-by_mixed = Não é prova: eu erro. Não mande dinheiro, senha nem código. Ligue para a pessoa no número que você já conhecia e pergunte algo que só ela sabe.
verdict-by_human = Não é prova: eu erro, e há máquinas que me enganam. Se pedirem dinheiro ou senha, ou apressarem você, ligue antes para a pessoa no número que você já conhecia.
verdict-in_doubt = Na dúvida, não mande dinheiro, senha nem código: ligue para a pessoa no número que você já conhecia.
verdict-caution = Não é prova. Na dúvida, ligue para a pessoa no número que você já conhecia.

## $percent: chance, de 1 a 99

sure-very_synthetic = Estou bem confiante: { $percent }% de chance de ser máquina.
sure-fairly_synthetic = Estou mais ou menos confiante: { $percent }% de chance de ser máquina.
sure-hardly_synthetic = Tenho bastante dúvida: { $percent }% de chance de ser máquina.
sure-very_human = Pelo que aprendi, estou bem confiante: só { $percent }% de chance de ser máquina.
sure-fairly_human = Pelo que aprendi, estou mais ou menos confiante: { $percent }% de chance de ser máquina.
sure-hardly_human = Pelo que aprendi, tenho bastante dúvida: { $percent }% de chance de ser máquina.
sure-leans_synthetic = { $percent }% de chance de ser máquina. É pouco: só digo “máquina” a partir de { $high }%.
sure-leans_human = { $percent }% de chance de ser máquina. Ainda é muito: só digo “pessoa” até { $low }%.
sure-unsure = Fiquei no meio do caminho: { $percent }% de chance de ser máquina.

reasons-no_speech = não ouvi ninguém falando
reasons-music = parece música, e não ouvi ninguém falando
reasons-too_short = há pouca fala, menos de um segundo
reasons-overlap = várias pessoas falam ao mesmo tempo
reasons-noisy = há barulho demais em volta da voz
reasons-too_quiet = a voz está baixa demais
reasons-clipped = o som está estourado, alto demais na gravação
reasons-narrow_band = o som está abafado, como numa ligação de telefone, e aí se perdem os sinais das máquinas
reasons-unsure = ouvi na voz sinais de pessoa e sinais de máquina

advice-no_speech = Mande um áudio em que alguém fale.
advice-music = Mande um trecho em que alguém fale, sem música.
advice-too_short = Mande um áudio mais longo, de dez segundos se puder.
advice-overlap = Mande um trecho em que só uma pessoa fale.
advice-noisy = Se puder, mande outro áudio da mesma pessoa, gravado num lugar calmo.
advice-too_quiet = Se puder, mande outro áudio da mesma pessoa, gravado mais perto do microfone.
advice-clipped = Se puder, mande outro áudio da mesma pessoa, gravado mais longe do microfone.
advice-narrow_band = Ajudaria o áudio original, e não uma gravação de ligação.
advice-unsure = Ajudaria o arquivo original, e não uma regravação, ou outro áudio da mesma pessoa.
advice-longer = Ajudaria um áudio mais longo, com dez segundos de fala ou mais, ou o arquivo original em vez de uma regravação.
