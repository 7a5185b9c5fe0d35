### Palavras para as pessoas: simples, curtas, para ler no celular.

## “@bot” em resposta a um áudio, onde o bot não é membro

guest-how = Para conferir um áudio: toque nele, escolha “Responder” e escreva só o meu nome.
guest-more = 🖼 Imagem e detalhes

## um link para uma resposta foi aberto

links-not_yours = Esta resposta é só para quem pediu. Encaminhe o áudio para mim aqui e eu respondo a você também.
