### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## la página: la API para programas

page-api = API
page-api_lead = Los programas también pueden preguntar: envían grabaciones y reciben las mismas respuestas que tú aquí, en JSON. Ninguna respuesta es una prueba.
page-api_address = Dirección
page-api_use = Para qué sirve
page-api_document = La descripción completa, para programas (OpenAPI 3.1)
page-api_key = Claves y límites
page-api_key_text = Quien mantiene esta página puede pedir una clave a los programas y limitar cuántos archivos envían. La clave va en el encabezado «Authorization: Bearer CLAVE»; lo que se rechaza viene con una frase que dice qué hacer.
