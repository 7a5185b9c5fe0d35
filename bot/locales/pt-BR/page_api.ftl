### Palavras para as pessoas: simples, curtas, para ler no celular.

## a página: a API para programas

page-api = API
page-api_lead = Programas também podem perguntar: mandam gravações e recebem as mesmas respostas que você recebe aqui, em JSON. Nenhuma resposta é prova.
page-api_address = Endereço
page-api_use = Para que serve
page-api_document = A descrição completa, para programas (OpenAPI 3.1)
page-api_key = Chaves e limites
page-api_key_text = Quem cuida desta página pode pedir uma chave aos programas e limitar quantos arquivos eles mandam. A chave vai no cabeçalho “Authorization: Bearer CHAVE”; o que é recusado vem com uma frase que diz o que fazer.
