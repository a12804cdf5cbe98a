"""What a corpus holds: the manifest, checksums, safe paths, encodings, and which reader each file is for."""

from kb.sources.corpus import Corpus, load_corpus, read_source
from kb.sources.decoding import Decoded, decode
from kb.sources.detection import UNREAD, Detected, detect

__all__ = ["UNREAD", "Corpus", "Decoded", "Detected", "decode", "detect", "load_corpus", "read_source"]
