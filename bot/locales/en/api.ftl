### Words for people: plain, short, to be read on a phone.

## what each address of the API is for: the summaries of its OpenAPI document

api-judge = Judge recordings: human or synthetic
api-model = The model that answers, and how often it was right
api-document = This document, OpenAPI 3.1
