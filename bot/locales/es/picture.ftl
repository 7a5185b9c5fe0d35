### Las palabras dentro de la imagen: las menos posibles, porque se leen con 360 píxeles de ancho.

## $percent: probabilidad, de 1 a 99

picture-chance = Probabilidad de que sea una máquina: { $percent } %

## Las tres zonas de la barra

picture-person = persona
picture-unsure = no se puede decir
picture-machine = máquina

picture-marks = Contorno: sonó artificial
picture-no_proof = No es una prueba
