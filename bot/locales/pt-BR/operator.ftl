### O que as pessoas leem quando não são atendidas agora, e o que leem os operadores do bot.

gate-closed = Só atendo pessoas e grupos liberados por quem cuida de mim. Fale com essa pessoa, por favor. Sua gravação não foi aberta.
gate-quota = Já ouvi todos os minutos de áudio que posso ouvir por hora aqui. Volte { $minutes ->
        [one] daqui a um minuto
       *[other] daqui a { $minutes } minutos
    }, por favor.
gate-maintenance = 🔧 Estou em manutenção. Tente de novo daqui a pouco, por favor.

## ordens dos operadores

operator-which = Escreva /{ $order } e, depois, o número de uma pessoa ou de um grupo, por exemplo: /{ $order } 123456789. Os números de quem mais usa: /busiest
operator-block = { $id } foi bloqueado: não respondo mais lá, e não digo por quê. Para desfazer: /undo { $id }
operator-allow = { $id } foi liberado. Para desfazer: /undo { $id }
operator-undone = { $id } não está mais bloqueado nem liberado.
operator-nothing = { $id } não estava bloqueado nem liberado.
operator-yourself = { $id } é operador e está sempre liberado.
operator-access_open = Todos são atendidos, menos quem está bloqueado.
operator-access_allowed = Só pessoas e grupos liberados são atendidos.
operator-allowed = Liberados ({ $count }): { $ids }
operator-blocked = Bloqueados ({ $count }): { $ids }
operator-switch = Escreva /maintenance on, seguido das suas palavras se quiser, ou /maintenance off.
operator-long = Está longo demais: no máximo { $most } caracteres.
operator-maintenance_on = A partir de agora todos, menos os operadores, leem:
    { $words }
operator-maintenance_off = Voltei a atender todo mundo.
operator-busiest_people = Pessoas, respostas no último dia:
operator-busiest_groups = Grupos, respostas no último dia:
operator-busy = { $id }: { $count }

## /stats

stats-answers = { $count ->
        [one] { $count } resposta
       *[other] { $count } respostas
    } em 30 dias, { $today } no último dia
stats-people = { $people ->
        [one] { $people } pessoa
       *[other] { $people } pessoas
    }, { $groups ->
        [one] { $groups } grupo
       *[other] { $groups } grupos
    }
stats-labels = Desde o início: pessoa { $human }, máquina { $synthetic }, parte máquina { $mixed }, não sei dizer { $inconclusive }
stats-remembered = De memória, desde o início: { $count }
stats-votes_human = Votos em “pessoa”: certos { $right }, errados { $wrong }
stats-votes_synthetic = Votos em “máquina”: certos { $right }, errados { $wrong }
stats-votes_mixed = Votos em “parte máquina”: certos { $right }, errados { $wrong }
stats-votes_inconclusive = Votos em “não sei dizer”: certos { $right }, errados { $wrong }
stats-queue = À espera de resposta: { $count }
stats-errors = Erros no último dia, ou desde o início: { $count }
stats-process = No ar há { NUMBER($hours, maximumFractionDigits: 1) } h, com { NUMBER($megabytes, maximumFractionDigits: 0) } MB de memória
