### Words for people: plain, short, to be read on a phone.

## the page: the API for programs

page-api = API
page-api_lead = Programs can ask, too: they send recordings and get the same answers as you do here, as JSON. No answer is proof.
page-api_address = Address
page-api_use = What it is for
page-api_document = The whole description, for programs (OpenAPI 3.1)
page-api_key = Keys and limits
page-api_key_text = Whoever runs this page may ask programs for a key and limit how many files they send. The key goes into the header “Authorization: Bearer KEY”; what is refused comes with a sentence that says what to do.
