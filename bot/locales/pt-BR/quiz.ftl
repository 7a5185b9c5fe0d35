### O quiz: pessoa ou máquina?

quiz-question = 🎧 Pessoa ou máquina? { $number }/{ $count }
quiz-foreign = Não tenho gravações de gente falando português que eu possa compartilhar, então estas são em outras línguas. Fica até mais difícil!
quiz-human = 🧑 Pessoa
quiz-synthetic = 🤖 Máquina
quiz-next = Próximo ▶
quiz-again = Jogar de novo 🔁

quiz-right = ✅ Acertou!
quiz-wrong = ❌ Desta vez não.
quiz-was_human = Era uma pessoa.
quiz-was_synthetic = Era uma máquina.
quiz-source = ℹ️ De quem é a gravação
quiz-source_human = Gravação: { $attribution }.
    Licença: { $licence }. Encurtada e recodificada para este quiz.
quiz-source_synthetic = Voz de máquina: { $attribution }.
    Licença: { $licence }. Feita para este quiz.
quiz-own = de quem mantém este bot
quiz-ours_human = 👂 O que eu mesmo ouço: parece uma pessoa.
quiz-ours_synthetic = 👂 O que eu mesmo ouço: parece uma máquina.
quiz-ours_mixed = 👂 O que eu mesmo ouço: parte soa como uma máquina.
quiz-ours_inconclusive = 👂 O que eu mesmo ouço: não sei dizer.

## no que prestar atenção, uma dica depois de cada gravação

quiz-tip_human_1 = 💡 Gente respira: repare no pequeno fôlego antes de uma frase.
quiz-tip_human_2 = 💡 Um locutor treinado pode soar tão uniforme quanto uma máquina. Uma voz uniforme, sozinha, não prova nada.
quiz-tip_human_3 = 💡 Gente varia: umas palavras saem corridas, outras esticadas, e nenhuma sai igual à outra.
quiz-tip_synthetic_1 = 💡 Máquinas muitas vezes se esquecem de respirar, ou param onde ninguém pararia.
quiz-tip_synthetic_2 = 💡 Escute o ritmo: o das máquinas costuma ser igualzinho do começo ao fim.
quiz-tip_synthetic_3 = 💡 Escute em volta da voz: atrás de uma máquina costuma haver silêncio demais, sempre igual.

quiz-score = 🏁 Você acertou { $right } de { $count }. Eu acertei { $ours } de { $count }.
quiz-score_high = Que ouvido bom! E mesmo assim: se uma voz pedir dinheiro, ligue de volta.
quiz-score_fair = Muito bem: isso é difícil para todo mundo, para mim também. Jogue de novo e o ouvido melhora.
quiz-score_low = Não se preocupe: essas vozes enganam quase todo mundo. Por isso ligar de volta é a melhor proteção.

quiz-not_yours = Este jogo é de outra pessoa. Comece o seu com /quiz.
quiz-stale = Este jogo acabou. Comece outro com /quiz.
quiz-refused = Para este jogo eu preciso mandar mensagens de voz, e aqui elas não são permitidas. Tente em outra conversa comigo.

commands-quiz = Quiz: pessoa ou máquina?
