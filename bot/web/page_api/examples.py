"""The recordings of `/demo` on the page: what they are, and their sound."""

from aiohttp import web

from bot.services.demo import examples
from bot.web.requests import texts_of


async def listed(request: web.Request) -> web.Response:
    """Their names, what is said of them, and whose they are."""
    say = texts_of(request).say
    return web.json_response(
        [
            {
                "file": each.file,
                "title": say("demo", each.name),
                "words": say("demo", f"is_{each.name}"),
                "source": say("demo", "source", attribution=each.attribution, licence=each.licence),
            }
            for each in examples()
        ]
    )


async def sound(request: web.Request) -> web.Response:
    """One of them, Opus in Ogg."""
    wanted = request.match_info["file"]
    found = next((each for each in examples() if each.file == wanted), None)
    if found is None:
        raise web.HTTPNotFound
    return web.Response(body=found.read(), content_type="audio/ogg")


ROUTES = [
    web.get("/page-api/examples", listed),
    web.get("/page-api/examples/{file}", sound),
]
