### As palavras dentro da imagem: o mínimo, porque se leem com 360 pixels de largura.

## $percent: chance, de 1 a 99

picture-chance = Chance de ser máquina: { $percent }%

## As três partes da barra

picture-person = pessoa
picture-unsure = não dá para dizer
picture-machine = máquina

picture-marks = Contorno: soou artificial
picture-no_proof = Não é prova
