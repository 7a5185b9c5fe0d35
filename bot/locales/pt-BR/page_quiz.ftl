### Palavras para as pessoas: simples, curtas, para ler no celular.

## a página: o quiz

page-quiz = Quiz
page-quiz_lead = Cinco gravações curtas: pessoa ou máquina? Ouça, adivinhe, e eu conto o que era e o que eu mesmo ouço.
page-quiz_stale = Este jogo acabou. Comece outro.
page-quiz_new = Novo jogo
page-quiz_sound = Gravação do quiz
