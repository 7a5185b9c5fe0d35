### Doar uma gravação para eu aprender

commands-donate = Doar uma gravação para eu aprender

donate-explain =
    Obrigado por querer ajudar! 💚
    Guardo esta gravação na máquina de quem mantém este bot, sem o seu nome, e aprendo com ela como soam pessoas e máquinas. Ninguém mais a recebe. Você pode vê-la com /mydata e apagá-la quando quiser; o que eu já tiver aprendido com ela fica.
    Primeiro, a verdade: quem fala nela?
donate-engine = Qual programa fez esta voz?
donate-consent_own = Confirme, por favor: esta é a minha própria voz e não se ouve a de mais ninguém. Concordo que esta gravação seja guardada e usada para treino até eu apagá-la.
donate-consent_machine = Confirme, por favor: fui eu que mandei fazer esta voz, e ela não imita ninguém que não queira. Concordo que esta gravação seja guardada e usada para treino até eu apagá-la.
donate-thanks = Guardada. Obrigado! 💚 Você pode vê-la ou apagá-la com /mydata.
donate-no = Tudo bem, não guardei nada.

donate-button_own = 🧑 Minha própria voz
donate-button_machine = 🤖 Feita por máquina
donate-button_xtts = XTTS
donate-button_elevenlabs = ElevenLabs
donate-button_openai = OpenAI
donate-button_other = Outro
donate-button_unknown = Não sei
donate-button_agree = ✅ Concordo
donate-button_cancel = Prefiro não

donate-how = Para doar uma gravação: toque no áudio que você me mandou, escolha “Responder” e escreva /donate.
donate-off = Obrigado! Mas quem mantém este bot não está recebendo gravações no momento.
donate-privately = Gravações só podem ser doadas numa conversa particular comigo.
donate-not_yours = Você só pode doar o que você gravou ou mandou fazer, não a mensagem de outra pessoa.
donate-no_sound = Só posso guardar áudios e arquivos de som: nada de vídeos nem outras coisas.
donate-too_large = Esta gravação é grande demais para guardar: no máximo { $megabytes } MB.
donate-enough_today = Você já doou { $count } gravações hoje. É bastante, obrigado! Amanhã cabem mais.
donate-full = Obrigado! Mas no momento não há mais lugar para gravações.
donate-known = Já tenho exatamente esta gravação. Obrigado mesmo assim!
donate-stale = Estes botões são antigos. Responda de novo ao seu áudio com /donate.
