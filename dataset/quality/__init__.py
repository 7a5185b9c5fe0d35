"""Is a clip sound, can it be understood, and what gives its class away?"""
