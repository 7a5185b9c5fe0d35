"""Does a saliency map show what decided, and do scores find a synthetic insert?"""
