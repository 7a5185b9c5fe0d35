### Palavras para as pessoas: simples, curtas, para ler no celular.

## /check em resposta ao que não se pode ouvir

no_sound-own = Isto é uma resposta minha. Responda com /check ao áudio, não ao que eu disse dele.
no_sound-photo = Isto é uma foto, e eu só entendo de som. Responda com /check a um áudio, um vídeo ou um arquivo de som.
no_sound-sticker = Isto é uma figurinha, e nela não há o que ouvir. Responda com /check a um áudio, um vídeo ou um arquivo de som.
no_sound-poll = Isto é uma enquete, e nela não há o que ouvir. Responda com /check a um áudio, um vídeo ou um arquivo de som.
no_sound-link = Isto é um link, e eu não abro links. Baixe o áudio e mande o arquivo, ou encaminhe a mensagem de voz.
no_sound-text = Isto é um texto, e eu só entendo de som. Responda com /check a um áudio, um vídeo ou um arquivo de som.
no_sound-other = Nesta mensagem não há som. Responda com /check a um áudio, um vídeo ou um arquivo de som.
