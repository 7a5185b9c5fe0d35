### Words for people: plain, short, to be read on a phone.

## groups

groups-greeting =
    Olá! Eu sou o Ouvido. 👂 Digo se um áudio parece voz de pessoa ou voz de IA (deepfake, voz clonada).
    Responda ao áudio com /check e eu digo o que ouvi ali mesmo.
    Só ouço quando alguém pede. Os administradores podem mudar isso aqui:
groups-channel = Em canais eu não respondo: todos leriam minha resposta como palavra do canal. Encaminhe o áudio para mim em particular ou me ponha no grupo de discussão do canal.
groups-mention = Para conferir um áudio, responda a ele e escreva /check ou o meu nome.
groups-button_settings = ⚙️ Configurações

## what was heard and not told at once; $time is a link to the message

groups-digest =
    { $machines ->
        [0] { $count ->
            [one] 📋 Ouvi um áudio; não me pareceu voz de IA.
           *[other] 📋 Ouvi { NUMBER($count) } áudios; nenhum me pareceu voz de IA.
        }
       *[other] { $count ->
            [one] 📋 Ouvi um áudio, que vale conferir:
           *[other] 📋 Ouvi { NUMBER($count) } áudios; vale conferir:
        }
    }
groups-line = 🤖 { $time }: parece voz de IA, { $percent }% de chance de ser máquina
groups-line_mixed = 🤖 { $time }: parte soa como uma máquina
groups-more =
    { $count ->
        [one] … e mais um.
       *[other] … e mais { NUMBER($count) }.
    }
groups-others =
    { $machines ->
        [0] { $what }.
       *[other] Os outros: { $what }.
    }
groups-others_human = { NUMBER($count) } com voz de pessoa
groups-others_inconclusive = { NUMBER($count) } sem resposta clara
groups-caution = Isto não é prova: eu também erro. Se algum pedir dinheiro ou senha, ligue antes para a pessoa no número que você já conhecia.

## the settings menu

settings-home = ⚙️ Como devo me comportar neste grupo? Toque no que quer mudar.
settings-only_administrators = Só os administradores deste grupo podem mudar as minhas configurações.
settings-closed = ✅ Pronto. /settings traz este menu de volta.
settings-stale = Este menu já foi fechado. /settings abre um novo.
settings-wait = Falei demais aqui agora há pouco. Tente de novo daqui a um minuto.
settings-blind = ⚠️ Neste grupo só vejo o que é dirigido a mim, então ainda não consigo ouvir por conta própria. Faça de mim um administrador (não preciso de nenhum poder especial), ou peça a quem cuida de mim que desligue o “Group Privacy” no @BotFather e me adicione de novo.
settings-done = Pronto
settings-back = ‹ Voltar
settings-none = nenhum

settings-button_language = 🌐 Idioma: { $value }
settings-button_notes = 👂 { $value }
settings-button_reply_mode = 💬 Respondo com: { $value }
settings-button_quiet = 🌙 Horário de silêncio: { $value }
settings-button_timezone = 🕐 Relógio de { $value }

settings-page_language = 🌐 Que idioma eu falo aqui?
settings-language_own = o de cada pessoa
settings-language_pt-BR = Português
settings-language_en = English
settings-language_es = Español

settings-page_notes =
    👂 Quais áudios eu ouço?
    Quando pedem com /check, sempre respondo.
settings-notes_asked = Ouço só quando pedem
settings-notes_forwarded = Ouço os encaminhados
settings-notes_all = Ouço todos
settings-only_suspicious_0 = e sempre aviso
settings-only_suspicious_1 = e só aviso se parecer máquina

settings-page_reply_mode =
    💬 Como respondo quando ninguém pediu?
    • uma resposta, com imagem;
    • uma reação no áudio: 👾 parece voz de IA, ✍ ouvi e parece pessoa, 🤷 não sei dizer;
    • um resumo: uma mensagem discreta, no máximo a cada { $minutes } min ou depois de { $count } áudios.
    Quando vêm muitos de uma vez, junto tudo num resumo de qualquer jeito.
settings-reply_mode_reply = uma resposta
settings-reply_mode_reaction = uma reação
settings-reply_mode_summary = um resumo

settings-page_quiet =
    🌙 No horário de silêncio não digo nada por conta própria; depois conto tudo numa só mensagem.
    Quando pedem com /check, respondo mesmo assim.
settings-quiet_on = Escolher um horário de silêncio
settings-quiet_off = Sem horário de silêncio
settings-from = das { $time }
settings-to = até { $time }
settings-page_quiet_from = 🌙 A partir de que horas devo ficar quieto?
settings-page_quiet_to = 🌙 Até que horas devo ficar quieto?
settings-page_timezone = 🕐 Que horas são aí onde vocês estão?

settings-private_replies_0 = 👥 Respostas ao /check: para todos
settings-private_replies_1 = 🤫 Respostas ao /check: só para quem pede

commands-settings = Como me comporto neste grupo
