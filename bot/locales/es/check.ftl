### Lo que la línea de comandos dice de los archivos y de todo el trabajo, en la salida de errores.

check-no_sound = omitido: no es sonido
check-empty = omitido: vacío
check-no_file = omitido: no es un archivo común
check-folder_link = omitido: un enlace a una carpeta, que no se sigue
check-dead_link = omitido: un enlace que no lleva a ninguna parte
check-summary = Escuchados: { $heard }. No escuchados: { $failed }. Omitidos: { $passed }. Ya tenían fila: { $before }.
check-stopped = Interrumpido. Lo hecho queda guardado; el mismo comando sigue desde aquí.
