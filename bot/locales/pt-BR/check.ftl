### O que a linha de comando diz dos arquivos e do trabalho todo, na saída de erros.

check-no_sound = pulado: não é som
check-empty = pulado: vazio
check-no_file = pulado: não é um arquivo comum
check-folder_link = pulado: um link para uma pasta, que não é seguido
check-dead_link = pulado: um link que não leva a lugar nenhum
check-summary = Ouvidos: { $heard }. Não ouvidos: { $failed }. Pulados: { $passed }. Já tinham linha: { $before }.
check-stopped = Interrompido. O que está pronto fica guardado; o mesmo comando continua daqui.
