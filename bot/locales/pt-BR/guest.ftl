### Palavras para as pessoas: simples, curtas, para ler no celular.

## “@bot” em resposta a um áudio, onde o bot não é membro

guest-how = Para conferir um áudio: toque nele, escolha “Responder” e escreva só { $name }.
guest-more = 🖼 Imagem e detalhes

## um link para uma resposta foi aberto

links-not_yours = Esta resposta é só para quem pediu. Encaminhe o áudio para mim aqui e eu respondo a você também.

## grupos em que só quem pede vê a resposta

private_reply-listened = 🤫 Ouvi. Só quem pediu vê a resposta.
private_reply-see = 👀 Ver a resposta
private_reply-more = 💡 Detalhes
private_reply-nameless = Neste grupo respondo só a quem pede, e não vejo quem você é. Pergunte com seu próprio nome ou mande o áudio para mim em particular.
