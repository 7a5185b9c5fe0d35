"""A neural vocoder: learnt from human clips, used to say a recording again."""
