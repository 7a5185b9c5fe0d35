### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## después de más de tres audios seguidos; $which son sus números en el orden de envío, con la duración

batch-summary = 📋 Resumen de tus { NUMBER($count) } audios, numerados en el orden en que los enviaste:
batch-synthetic = 🤖 Parece una voz de IA ({ NUMBER($count) }): { $which }
batch-mixed = 🤖 Una parte suena como una máquina ({ NUMBER($count) }): { $which }
batch-inconclusive = 🤔 No se puede saber ({ NUMBER($count) }): { $which }
batch-human = 🧑 Parece la voz de una persona ({ NUMBER($count) }): { $which }
batch-failed = ⚠️ No se pudo escuchar ({ NUMBER($count) }): { $which }
batch-quota = ⏳ No escuchado por el límite por hora ({ NUMBER($count) }): { $which }
