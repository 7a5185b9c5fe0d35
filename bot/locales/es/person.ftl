### Lo que el bot guarda sobre una persona

commands-mydata = Ver lo que guardo sobre ti
commands-forget = Borrar lo que guardo sobre ti

person-title = Esto es todo lo que guardo sobre ti:
person-nothing = No guardo nada sobre ti. 👌
person-language = • El idioma que elegiste: { $language }
person-consent_compare = • Que aceptaste comparar voces, el { $date }
person-consent_donate = • Que aceptaste donar grabaciones, la última vez el { $date }
person-answers =
    { $count ->
        [one] • Una respuesta que te di { $days }: lo que oí y dónde, para que sus botones funcionen. A los 30 días desaparece sola. El sonido no se guarda.
       *[other] • { NUMBER($count) } respuestas que te di { $days }: lo que oí y dónde, para que sus botones funcionen. A los 30 días desaparecen solas. El sonido no se guarda.
    }
person-one_day = el { $first }
person-days = del { $first } al { $last }
person-recent = • Minutos de audio escuchados en la última hora: { NUMBER($count) }, de { NUMBER($most) } por hora como máximo. Cada minuto empezado cuenta como uno.
person-votes =
    { $count ->
        [one] • Una vez me dijiste si había acertado.
       *[other] • { NUMBER($count) } veces me dijiste si había acertado.
    }
person-donations =
    { $count ->
        [one] • Una grabación que donaste para entrenar, con su sonido.
       *[other] • { NUMBER($count) } grabaciones que donaste para entrenar, con su sonido.
    }
person-waiting =
    { $count ->
        [one] • Un mensaje que aún no respondí. Desaparece en cuanto lo haga.
       *[other] • { NUMBER($count) } mensajes que aún no respondí. Desaparecen en cuanto lo haga.
    }
person-access_true = • Que quien mantiene este bot te dejó entrar
person-access_false = • Que quien mantiene este bot no te deja entrar
person-footer = Solo yo y quien mantiene este bot podemos ver esto. Para borrarlo: /forget

person-button_erase = 🗑 { $date } { $truth }
person-button_file = 📄 Todo en un archivo
person-button_forget = 🗑 Borrar todo
person-file = Todo, como lo leen los programas. Las horas son en UTC.

person-forget = ¿Borro todo lo que guardo sobre ti? Tu idioma, los botones de mis respuestas antiguas, tus votos y las grabaciones que donaste: se va todo, para siempre.
person-button_yes = Sí, borra todo
person-button_no = No, déjalo
person-forgotten = Listo. Borré lo que guardaba sobre ti. Lo que estoy respondiendo ahora se queda hasta que esté respondido.
person-decided = Queda lo que decidió quien mantiene este bot: si puedes entrar o no. Solo esa persona puede cambiarlo.
person-kept = De acuerdo, todo queda como está.
person-privately = Esto es entre nosotros dos: escríbeme en un chat privado.
person-stale = Estos botones son antiguos. Escribe /mydata otra vez.
