### Palavras para as pessoas: simples, curtas, para ler no celular.

## a página: conferir neste aparelho, sem enviar o áudio

page-private = Conferir neste aparelho
page-private_off = Seu navegador ouve sozinho e o áudio não é enviado a ninguém. Precisa baixar a rede neural uma vez.
page-private_on = O áudio não sai deste aparelho.
page-private_asking = Vendo o que falta baixar…
page-private_fetch = Baixar
page-private_fetching = Baixando…
page-private_failed = Não consegui baixar. Veja se há conexão e tente de novo. Nenhum áudio foi enviado.
page-private_offline = Funciona também sem internet.
page-private_done = Conferido neste aparelho: o áudio não foi enviado. A rede neural e os motivos para não responder são os mesmos do servidor. Como foi o navegador que abriu o arquivo, a chance pode ser um pouco diferente. Só o servidor faz o relatório em PDF e a comparação de vozes, lê o que o arquivo conta sobre si e olha um trecho mais de perto.
page-private_send = Enviar e conferir no servidor

## $megabytes que faltam baixar; $minutes de cada arquivo

private-size = Falta baixar { NUMBER($megabytes, maximumFractionDigits: 0) } MB, uma vez só. Depois ouço até { $minutes } minutos de cada arquivo.
private-ready = Tudo pronto: ouço até { $minutes } minutos de cada arquivo.
private-marks = A imagem mostra o som inteiro; o contorno azul em volta do que mais pesou, só o servidor desenha.
private-facts = O que o arquivo conta sobre si, como o gravador e as datas, só o servidor lê.
private-not_ready = Primeiro baixe o que falta, no alto da página. Nada foi enviado.
private-too_long = Neste aparelho ouço até { $minutes } minutos, e este arquivo é mais longo. Nada foi enviado. O servidor ouve arquivos mais longos.
private-cannot_decode = Este navegador não consegue abrir este arquivo: ou é de um tipo que ele não conhece, como AMR ou WMA, ou não tem som, ou está danificado. Nada foi enviado. O servidor abre mais tipos de arquivo.
private-cannot_run = A rede neural não rodou neste navegador; talvez falte memória. Nada foi enviado. Feche outras abas e tente de novo, ou envie ao servidor.
