### A demonstração: quatro áudios de exemplo e o que o bot responde a cada um.

demo-pick =
    👂 Quatro áudios de exemplo. Toque em um: eu o mando para você e respondo como respondo aos seus.
    Escolhi áudios em que a resposta sai clara. Nem sempre é assim: /accuracy
demo-person = 🧑 Uma pessoa
demo-machine = 🤖 Uma máquina
demo-part = ✂️ Parte pessoa, parte máquina
demo-cannot_tell = 🌧 Um áudio que não dá para julgar

demo-is_person = 🧑 Aqui fala uma pessoa, em espanhol: a locutora Allison Smith, que grava mensagens de centrais telefônicas. Parece gravação, mas é gente.
demo-is_machine = 🤖 Aqui fala uma máquina, o programa Kokoro. Ninguém perdeu o celular: o texto é inventado, como nos golpes.
demo-is_part = ✂️ Começa e termina com uma pessoa; no meio, de 0:07 a 0:12, uma máquina pede dinheiro, coisa que ela nunca disse. Veja na imagem como a nota sobe ali.
demo-is_cannot_tell = 🌧 Uma máquina, debaixo de muito ruído. Quando o som não deixa ouvir os detalhes, digo que não sei em vez de chutar.
demo-source = Fonte: { $attribution }; { $licence }; editado.

demo-privately = Os exemplos eu mostro na conversa particular comigo, para não encher o grupo: mande /demo lá.
demo-stale = Este botão não vale mais. Mande /demo de novo.
demo-refused = Para mostrar os exemplos preciso mandar mensagens de voz, e aqui elas não são permitidas.

commands-demo = Ver quatro exemplos
