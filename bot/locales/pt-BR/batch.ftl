### Palavras para as pessoas: simples, curtas, para ler no celular.

## depois de mais de três áudios em seguida; $which são seus números na ordem do envio, com a duração

batch-summary = 📋 Resumo dos seus { NUMBER($count) } áudios, numerados na ordem em que você mandou:
batch-synthetic = 🤖 Parece voz de IA ({ NUMBER($count) }): { $which }
batch-mixed = 🤖 Parte soa como uma máquina ({ NUMBER($count) }): { $which }
batch-inconclusive = 🤔 Não dá para dizer ({ NUMBER($count) }): { $which }
batch-human = 🧑 Parece voz de pessoa ({ NUMBER($count) }): { $which }
batch-failed = ⚠️ Não deu para ouvir ({ NUMBER($count) }): { $which }
batch-quota = ⏳ Não ouvi por causa do limite por hora ({ NUMBER($count) }): { $which }
