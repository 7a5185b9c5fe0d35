### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## para qué sirve cada dirección de la API: los resúmenes de su documento OpenAPI

api-judge = Evaluar grabaciones: humanas o sintéticas
api-model = El modelo que responde y cuántas veces acertó
api-document = Este documento, en OpenAPI 3.1
