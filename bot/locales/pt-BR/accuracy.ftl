### Palavras para as pessoas: simples, curtas, para ler no celular.

## /accuracy: o que foi medido. $people, $machines: gravações; $right, $unsure, $wrong: de cada 100.

accuracy-none =
    Com este modelo ({ $model }) não veio nenhuma medição: não sei dizer quanto ele erra.
    Trate minha resposta como um palpite, nunca como prova.
accuracy-tested =
    📏 Quanto eu acerto?
    Fui testado com { $people } gravações de pessoas e { $machines } de máquinas, diferentes das que usei para aprender.
accuracy-people_mine = De 100 áudios de pessoas falando português:
accuracy-people_all = De 100 áudios de pessoas:
accuracy-people =
    🧑 { $right }: digo que é pessoa
    🤔 { $unsure }: digo que não sei
    🤖 { $wrong ->
        [0] não chamei nenhum de máquina no teste, mas pode acontecer
       *[other] { $wrong }: digo que é máquina, e erro
    }
accuracy-machines_mine = De 100 áudios de máquina em português:
accuracy-machines_all = De 100 áudios de máquina:
accuracy-machines =
    🤖 { $right }: descubro
    🤔 { $unsure }: digo que não sei
    🧑 { $wrong ->
        [0] nenhum me enganou no teste, mas pode acontecer
        [one] { $wrong }: me engana
       *[other] { $wrong }: me enganam
    }
accuracy-few = Em português quase não fui testado; os números são de todas as línguas.
accuracy-overall =
    { $wrong ->
        [one] Em todas as línguas, e com tantas pessoas quanto máquinas, de 100 respostas minhas { $wrong } está errada.
       *[other] Em todas as línguas, e com tantas pessoas quanto máquinas, de 100 respostas minhas { $wrong } estão erradas.
    }
accuracy-leaning =
    Quando não tenho certeza, mas parece mais uma coisa que a outra: de 100 vezes que parece mais pessoa acerto { $person }; de 100 que parece mais máquina, { $machine }.
accuracy-caution =
    { $split ->
        [dev] É um teste, não uma promessa. Aprendi quando calar com estas mesmas gravações; com as suas posso errar mais.
       *[other] É um teste, não uma promessa: com as suas gravações posso errar mais.
    }

## a imagem de /accuracy: à esquerda o nome da linha, depois as barras

accuracy-picture_people = áudios de pessoas
accuracy-picture_machines = áudios de máquina
accuracy-picture_person = eu disse: pessoa
accuracy-picture_unsure = não sei
accuracy-picture_machine = eu disse: máquina
accuracy-picture_counts = À direita de cada barra: quantas gravações.
accuracy-section_who = De quem
accuracy-section_length = Quanto se fala
accuracy-section_way = Como chega
accuracy-section_machine = Que máquina
accuracy-row_all = todos
accuracy-row_language_pt = em português
accuracy-row_language_en = em inglês
accuracy-row_language_es = em espanhol
accuracy-row_voice_notes = do dia a dia
accuracy-row_speech_under_2 = menos de 2 s
accuracy-row_speech_2_to_4 = 2 a 4 s
accuracy-row_speech_over_4 = 4 a 8 s
accuracy-row_joined_30 = 30 s
accuracy-row_as_recorded = como foi gravado
accuracy-row_whatsapp = por WhatsApp
accuracy-row_telephone = por telefone
accuracy-row_noise_20 = pouco barulho
accuracy-row_noise_10 = muito barulho
accuracy-row_met = que eu já conhecia
accuracy-row_never_met = que eu não conhecia
accuracy-row_tts = lê um texto
accuracy-row_vc = troca a voz
accuracy-row_vocoder = refaz uma gravação
