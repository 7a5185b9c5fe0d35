### Palavras para as pessoas: simples, curtas, para ler no celular.

## para que serve cada endereço da API: os resumos do seu documento OpenAPI

api-judge = Avaliar gravações: humanas ou sintéticas
api-model = O modelo que responde e quantas vezes acertou
api-document = Este documento, em OpenAPI 3.1
