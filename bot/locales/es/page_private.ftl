### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## la página: comprobar en este dispositivo, sin enviar el audio

page-private = Comprobar en este dispositivo
page-private_off = Tu navegador escucha por sí solo y el audio no se envía a nadie. Tiene que descargar la red neuronal una vez.
page-private_on = El audio no sale de este dispositivo.
page-private_asking = Viendo qué falta descargar…
page-private_fetch = Descargar
page-private_fetching = Descargando…
page-private_failed = No pude descargarlo. Revisa la conexión e inténtalo otra vez. No se envió ningún audio.
page-private_offline = Funciona también sin internet.
page-private_done = Comprobado en este dispositivo: el audio no se envió. La red neuronal y los motivos para no responder son los mismos que en el servidor. Como el archivo lo abrió el navegador, la probabilidad puede variar un poco. Solo el servidor hace el informe en PDF, compara voces, lee lo que el archivo cuenta de sí mismo y mira un fragmento más de cerca.
page-private_send = Enviar y comprobar en el servidor

## $megabytes que faltan por descargar; $minutes de cada archivo

private-size = Falta descargar { NUMBER($megabytes, maximumFractionDigits: 0) } MB, una sola vez. Después escucho hasta { $minutes } minutos de cada archivo.
private-ready = Todo listo: escucho hasta { $minutes } minutos de cada archivo.
private-marks = La imagen muestra todo el sonido; la línea azul alrededor de lo que más pesó solo la dibuja el servidor.
private-facts = Lo que el archivo cuenta de sí mismo, como la grabadora y las fechas, solo lo lee el servidor.
private-not_ready = Primero descarga lo que falta, arriba en la página. No se envió nada.
private-too_long = En este dispositivo escucho hasta { $minutes } minutos, y este archivo es más largo. No se envió nada. El servidor escucha archivos más largos.
private-cannot_decode = Este navegador no puede abrir este archivo: o es de un tipo que no conoce, como AMR o WMA, o no tiene sonido, o está dañado. No se envió nada. El servidor abre más tipos de archivos.
private-cannot_run = La red neuronal no funcionó en este navegador; tal vez falte memoria. No se envió nada. Cierra otras pestañas e inténtalo otra vez, o envíalo al servidor.
