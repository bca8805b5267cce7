/* SPDX-License-Identifier: MIT */
/* The part of stream.h that runs for every word: integers only, so the same from every instruction set. Only stream.h includes this. */
#ifndef AICI_EVAL_STREAM_WORDS_H
#define AICI_EVAL_STREAM_WORDS_H

AICI_INLINE void aici_stream_words(aici_stream *stream, size_t count, uint64_t *to) {
    aici_w a = w_load(stream->state[0]), b = w_load(stream->state[1]), c = w_load(stream->state[2]), d = w_load(stream->state[3]);
    for (size_t i = 0; i < count; i += AICI_LANES) {
        w_store(to + i, w_add(w_rotate(w_add(a, d), 23), a));
        const aici_w shifted = w_left(b, 17);
        c = w_xor(c, a);
        d = w_xor(d, b);
        b = w_xor(b, c);
        a = w_xor(a, d);
        c = w_xor(c, shifted);
        d = w_rotate(d, 45);
    }
    w_store(stream->state[0], a);
    w_store(stream->state[1], b);
    w_store(stream->state[2], c);
    w_store(stream->state[3], d);
}

/** Eight words differ from the eight before them in the numbers of the bits that counting up turns over: the same in all lanes. */
AICI_INLINE void aici_sobol_words(const aici_sobol *sobol, uint64_t first, size_t count, uint64_t *to) {
    if (!count)
        return;
    aici_w word = w_xor(w_load(sobol->first), w_all(aici_sobol_word(sobol, first) ^ sobol->shift));
    w_store(to, word);
    for (size_t i = AICI_LANES; i < count; i += AICI_LANES) {
        word = w_xor(word, w_all(sobol->step[__builtin_ctzll((first + i) / AICI_LANES)]));
        w_store(to + i, word);
    }
}

#endif
