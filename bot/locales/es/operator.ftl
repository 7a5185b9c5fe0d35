### Lo que lee la gente cuando no la atiendo ahora, y lo que leen los operadores del bot.

gate-closed = Solo atiendo a personas y grupos autorizados por quien me mantiene. Habla con esa persona, por favor. Tu grabación no se abrió.
gate-quota = Ya escuché todos los minutos de audio que puedo escuchar por hora aquí. Vuelve { $minutes ->
        [one] dentro de un minuto
       *[other] dentro de { $minutes } minutos
    }, por favor.
gate-maintenance = 🔧 Estoy en mantenimiento. Inténtalo otra vez dentro de un rato, por favor.

## órdenes de los operadores

operator-which = Escribe /{ $order } y después el número de una persona o de un grupo, por ejemplo: /{ $order } 123456789. Los números de quienes más me usan: /busiest
operator-block = { $id } queda bloqueado: ya no respondo ahí, y no digo por qué. Para deshacerlo: /undo { $id }
operator-allow = { $id } queda autorizado. Para deshacerlo: /undo { $id }
operator-undone = { $id } ya no está bloqueado ni autorizado.
operator-nothing = { $id } no estaba bloqueado ni autorizado.
operator-yourself = { $id } es operador y siempre está autorizado.
operator-access_open = Atiendo a todos, menos a quien está bloqueado.
operator-access_allowed = Solo atiendo a personas y grupos autorizados.
operator-allowed = Autorizados ({ $count }): { $ids }
operator-blocked = Bloqueados ({ $count }): { $ids }
operator-switch = Escribe /maintenance on, seguido de tus palabras si quieres, o /maintenance off.
operator-long = Es demasiado largo: { $most } caracteres como máximo.
operator-maintenance_on = A partir de ahora todos, menos los operadores, leen:
    { $words }
operator-maintenance_off = Vuelvo a atender a todos.
operator-busiest_people = Personas, respuestas en el último día:
operator-busiest_groups = Grupos, respuestas en el último día:
operator-busy = { $id }: { $count }

## /stats

stats-answers = { $count ->
        [one] 1 respuesta
       *[other] { $count } respuestas
    } en 30 días, { $today } en el último día
stats-people = { $people ->
        [one] 1 persona
       *[other] { $people } personas
    }, { $groups ->
        [one] 1 grupo
       *[other] { $groups } grupos
    }
stats-labels = Desde el inicio: persona { $human }, máquina { $synthetic }, parte máquina { $mixed }, no lo sé { $inconclusive }
stats-remembered = De memoria, desde el inicio: { $count }
stats-votes_human = Votos sobre «persona»: { $right } bien, { $wrong } mal
stats-votes_synthetic = Votos sobre «máquina»: { $right } bien, { $wrong } mal
stats-votes_mixed = Votos sobre «parte máquina»: { $right } bien, { $wrong } mal
stats-votes_inconclusive = Votos sobre «no lo sé»: { $right } bien, { $wrong } mal
stats-queue = A la espera de respuesta: { $count }
stats-errors = Errores en el último día, o desde el inicio: { $count }
stats-process = En marcha desde hace { NUMBER($hours, maximumFractionDigits: 1) } h, con { NUMBER($megabytes, maximumFractionDigits: 0) } MB de memoria
