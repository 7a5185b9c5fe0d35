### Comparar a voz em dúvida com outra que se sabe verdadeira

commands-compare = Comparar um áudio com a voz verdadeira da pessoa

buttons-compare = 🎭 Comparar

compare-how = Para comparar: toque no áudio que deixa você em dúvida, escolha “Responder” e escreva /compare. Depois eu peço um áudio verdadeiro da mesma pessoa.
compare-ask =
    Agora responda a esta mensagem com um áudio que você tem certeza de que é da pessoa: um antigo, ou gravado na sua frente. O melhor são dez segundos de fala clara.
    Esqueço os dois áudios e as vozes assim que respondo.
compare-there = Está logo abaixo.
compare-hint = A voz verdadeira
compare-privately = Vamos comparar em uma conversa particular: mande o áudio para mim lá.
compare-as_yourself = Só consigo comparar para uma pessoa. Escreva no seu próprio nome, não no de um grupo ou canal.
compare-stale = Já não sei a que áudio isto pertence. Responda ao áudio que deixa você em dúvida com /compare.
compare-no_sound = Preciso de um áudio: responda com uma mensagem de voz ou um arquivo de som da pessoa verdadeira.

## $same, $others, $clones: de cada 100 pares no nosso teste

compare-same =
    ≈ As duas vozes são parecidas.
    Isso não descarta um clone: no meu teste passaram por parecidas { $clones } de cada 100 vozes clonadas por IA, { $same } de cada 100 gravações verdadeiras da mesma pessoa e { $others } de cada 100 de pessoas diferentes.
    De todo jeito, ligue antes para a pessoa no número que você já conhecia.
compare-different =
    ≠ As duas vozes são diferentes.
    Então pode ser outra pessoa. Mas eu erro: no meu teste eu disse isso em { $others } de cada 100 pares de pessoas diferentes, por engano em { $same } de cada 100 da mesma pessoa (gripe, barulho, outro celular) e em { $clones } de cada 100 clones.
    Ligue para a pessoa no número que você já conhecia.
compare-unsure =
    🤔 Não sei dizer se as duas vozes são da mesma pessoa.
    Elas são um pouco parecidas, e no meu teste isso aconteceu com a mesma pessoa ({ $same } de cada 100 pares) e com pessoas diferentes ({ $others } de cada 100).
    Tente com um áudio mais longo, ou ligue para a pessoa no número que você já conhecia.
compare-impossible = 🤔 Não consigo comparar estas vozes.
compare-suspicious = O áudio em dúvida: { $reasons }.
compare-known = A voz verdadeira: { $reasons }.
compare-too_short = há menos de { $seconds } segundos de fala
compare-again = O melhor são dez segundos de fala clara de uma só pessoa em um lugar silencioso.

errors-same_recording = Este é o mesmo áudio. Preciso de outro, que você tem certeza de que é da pessoa.
