"""Channels: what is known of every character of a text before anything is decided.

A channel is an integer array of the text's length. The labeller and the link scorer read them.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs
import numpy as np
import rjieba
from numpy.typing import NDArray

from ..lexicon import load_lexicon, read_words
from ..reading.script import simplify
from .gazetteer_names import GazetteerHit, mark_place, match_gazetteer

Ints = NDArray[np.int64]

WORD_PLACES = {"S": 0, "B": 1, "M": 2, "E": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """Arrays of shape (characters,): code point, word place and tag, word digest, names, endings, quotes."""

    text: str
    code: Ints
    word: Ints
    digest: Ints
    around: Ints
    name: Ints
    ending: Ints
    quote: Ints
    ahead: Ints
    behind: Ints
    closing: Ints
    title: Ints
    hits: tuple[GazetteerHit, ...]
    words: tuple[tuple[int, int, str], ...]


def _tag_number(tag: str) -> int:
    """A stable small number for a part-of-speech tag (its first two letters)."""
    if not tag:
        return 0
    return (ord(tag[0]) - 96) * 27 + (ord(tag[1]) - 96 if len(tag) > 1 and tag[1].isalpha() else 0)


def read_tagged_words(text: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and part-of-speech tag (of jieba's dictionary) of each word; the words tile the text."""
    found, place = [], 0
    for word, tag in rjieba.tag(text):
        found.append((place, place + len(word), tag))
        place += len(word)
    return tuple(found)


def read_words_channel(text: str, words: Sequence[tuple[int, int, str]]) -> tuple[Ints, Ints, Ints]:
    """Words of a text seen from each character.

    Returns the tag with the character's place in its word (single, begin, middle, end), the digest of the
    word, and the digests of the words before and after it as two rows: shapes (n,), (n,), (2, n).
    """
    lengths = np.array([end - start for start, end, _ in words], np.int64)
    tags = np.array([_tag_number(tag) * 4 for _, _, tag in words], np.int64)
    encoded = [text[start:end].encode("utf-8", "surrogatepass") for start, end, _ in words]
    digests = np.array([zlib.crc32(word) for word in encoded], np.int64)
    ends = np.cumsum(lengths)
    place = np.repeat(tags + WORD_PLACES["M"], lengths)
    place[ends - lengths] = tags + WORD_PLACES["B"]
    place[ends - 1] = tags + WORD_PLACES["E"]
    place[(ends - 1)[lengths == 1]] = tags[lengths == 1]
    before, after = np.append(0, digests[:-1]), np.append(digests[1:], 0)
    around = np.stack([np.repeat(before, lengths), np.repeat(after, lengths)])
    return place, np.repeat(digests, lengths), around


@cache
def _endings() -> tuple[ahocorasick_rs.AhoCorasick, tuple[int, ...]]:
    words: list[str] = []
    kinds: list[int] = []
    for number, listed in enumerate(read_words("names", "suffixes").values(), 1):
        for word in listed:
            words.append(word)
            kinds.append(number)
    automaton = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False)
    return automaton, tuple(kinds)


def read_endings_channel(text: str) -> Ints:
    """Kind of ending word (1 institution, 2 site, 3 agreement, 4 initiative) times 4 plus place.

    Of words that overlap the one that ends last counts, and of two that end together the longer: 第二中学 ends
    with 中学, not 二中.
    """
    automaton, kinds = _endings()
    channel = np.zeros(len(text), np.int64)
    matches = automaton.find_matches_as_indexes(text, overlapping=True)
    limit = len(text)
    for number, start, end in sorted(matches, key=lambda match: (-match[2], match[1], match[0])):
        if end > limit:
            continue
        limit = start
        mark_place(channel, start, end, kinds[number])
    return channel


def read_quotes_channel(text: str) -> Ints:
    """0 outside brackets and quotes, else the number of the innermost open one; closers count as inside."""
    brackets = load_lexicon("names")["brackets"]
    opening = {char: place for place, char in enumerate(brackets["open"], 1)}
    closing = set(brackets["close"])
    channel = np.zeros(len(text), np.int64)
    stack: list[int] = []
    for position, char in enumerate(text):
        if char in opening:
            stack.append(opening[char])
        channel[position] = stack[-1] if stack else 0
        if char in closing and stack:
            stack.pop()
        elif char == "\n":
            stack.clear()
    return channel


_BREAK = np.array([ord(char) for char in "。，、；：！？,;:!?\n \u3000"])
_FAR = 10**9


def _next_place(marked: NDArray[np.bool_]) -> Ints:
    """For each character the index of the next marked one at or after it; far away where there is none."""
    places = np.where(marked, np.arange(len(marked)), _FAR)
    return np.minimum.accumulate(places[::-1])[::-1]


def read_ahead_channel(code: Ints, ending: Ints) -> Ints:
    """Kind of the next ending word in the same run of text, times 8, plus how far (0 to 7)."""
    start = _next_place(ending % 4 == 1)
    stop = _next_place(np.isin(code, _BREAK))
    distance = start - np.arange(len(code))
    kind = ending[np.minimum(start, len(code) - 1)] // 4
    bucket = np.minimum(np.where(distance > 4, 4 + (distance - 4) // 4, distance), 7)
    return np.where((start < stop) & (distance < 24), kind * 8 + bucket + 1, 0)


def read_behind_channel(code: Ints, name: Ints) -> Ints:
    """Kind of the last gazetteer name that ended in the same run of text, times 8, plus how far."""
    size = len(code)
    ended = size - 1 - _next_place((name % 4 == 3)[::-1])[::-1]
    stop = size - 1 - _next_place(np.isin(code, _BREAK)[::-1])[::-1]
    distance = np.arange(size) - ended
    kind = name[np.maximum(ended, 0)] // 4
    bucket = np.minimum(np.where(distance > 4, 4 + (distance - 4) // 4, distance), 7)
    return np.where((ended > stop) & (ended >= 0) & (distance < 24), kind * 8 + bucket + 1, 0)


def read_closing_channel(code: Ints, quote: Ints, ending: Ints) -> Ints:
    """Inside quotes: the ending word or character that follows the closing quote; 0 outside."""
    size = len(code)
    after = np.minimum(_next_place((quote[:-1] > 0) & (quote[1:] != quote[:-1])) + 1, size - 1) if size > 1 else quote
    after = np.append(after, size - 1)[:size]
    follows = np.where(ending[after] > 0, ending[after] // 4, code[after] + 8)
    return np.where(quote > 0, follows, 0)


def read_channels(text: str) -> Channels:
    """All channels of a text; matching is done on its simplified form, which has the same length."""
    simple = simplify(text)
    code = np.frombuffer(simple.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    words = read_tagged_words(simple)
    word, digest, around = read_words_channel(simple, words)
    gazetteer = match_gazetteer(simple)
    name, ending, quote = gazetteer.channel, read_endings_channel(simple), read_quotes_channel(simple)
    title = np.zeros(len(text), np.int64)
    title[: max(simple.find("\n"), 0)] = 1
    return Channels(
        text=simple,
        code=code,
        word=word,
        digest=digest,
        around=around,
        name=name,
        ending=ending,
        quote=quote,
        ahead=read_ahead_channel(code, ending),
        behind=read_behind_channel(code, name),
        closing=read_closing_channel(code, quote, ending),
        title=title,
        hits=gazetteer.hits,
        words=words,
    )
