### O que o bot guarda sobre uma pessoa

commands-mydata = Ver o que guardo sobre você
commands-forget = Apagar o que guardo sobre você

person-title = Isto é tudo o que guardo sobre você:
person-nothing = Não guardo nada sobre você. 👌
person-language = • O idioma que você escolheu: { $language }
person-consent_compare = • Que você concordou em comparar vozes, em { $date }
person-consent_donate = • Que você concordou em doar gravações, a última vez em { $date }
person-answers =
    { $count ->
        [one] • Uma resposta que dei a você { $days }: o que ouvi e onde, para que os botões funcionem. Depois de 30 dias ela some sozinha. O som não fica guardado.
       *[other] • { NUMBER($count) } respostas que dei a você { $days }: o que ouvi e onde, para que os botões funcionem. Depois de 30 dias elas somem sozinhas. O som não fica guardado.
    }
person-one_day = em { $first }
person-days = de { $first } a { $last }
person-recent = • Minutos de áudio ouvidos na última hora: { NUMBER($count) }, de no máximo { NUMBER($most) } por hora. Cada minuto começado conta como um.
person-votes =
    { $count ->
        [one] • Uma vez você me disse se eu tinha acertado.
       *[other] • { NUMBER($count) } vezes você me disse se eu tinha acertado.
    }
person-donations =
    { $count ->
        [one] • Uma gravação que você doou para treino, com o som.
       *[other] • { NUMBER($count) } gravações que você doou para treino, com o som.
    }
person-waiting =
    { $count ->
        [one] • Uma mensagem que ainda não respondi. Ela some assim que eu responder.
       *[other] • { NUMBER($count) } mensagens que ainda não respondi. Elas somem assim que eu responder.
    }
person-access_true = • Que quem mantém este bot deixou você entrar
person-access_false = • Que quem mantém este bot não deixa você entrar
person-footer = Só eu e quem mantém este bot podemos ver isto. Para apagar: /forget

person-button_erase = 🗑 { $date } { $truth }
person-button_file = 📄 Tudo num arquivo
person-button_forget = 🗑 Apagar tudo
person-file = Tudo, do jeito que os programas leem. As horas são em UTC.

person-forget = Quer que eu apague tudo o que guardo sobre você? Seu idioma, os botões das minhas respostas antigas, seus votos e as gravações que você doou: some tudo, para sempre.
person-button_yes = Sim, apague tudo
person-button_no = Não, deixe como está
person-forgotten = Pronto. Apaguei o que guardava sobre você. O que estou respondendo agora fica até ser respondido.
person-decided = Fica o que quem mantém este bot decidiu: se você pode entrar ou não. Só essa pessoa pode mudar isso.
person-kept = Tudo bem, fica tudo como está.
person-privately = Isto é só entre nós dois: escreva para mim numa conversa particular.
person-stale = Estes botões são antigos. Escreva /mydata de novo.
