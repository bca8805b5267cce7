/* SPDX-License-Identifier: MIT */
/* The examples of FIPS 180-4's publisher (NIST, "SHA256.pdf" and the long messages of the validation system), and every length around a
 * block. */
#include "base/sha256.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_digest(const void *bytes, size_t size, const char *expected) {
    uint8_t digest[AICI_SHA256_BYTES];
    char text[2 * AICI_SHA256_BYTES + 1];
    aici_sha256(bytes, size, digest);
    for (int i = 0; i < AICI_SHA256_BYTES; i++)
        snprintf(text + (size_t)i * 2, 3, "%02x", digest[i]);
    assert_string_equal(text, expected);
}

static void published_messages_have_their_published_digests(void **state) {
    (void)state;
    static const char two_blocks[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    static const char long_text[] =
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
    assert_digest(NULL, 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_digest("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_digest(two_blocks, sizeof two_blocks - 1, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    assert_digest(long_text, sizeof long_text - 1, "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
}

static void a_million_letters_have_theirs(void **state) {
    (void)state;
    char *letters = malloc(1000000);
    assert_non_null(letters);
    memset(letters, 'a', 1000000);
    assert_digest(letters, 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(letters);
}

static void every_length_around_a_block_has_another_digest(void **state) {
    (void)state;
    uint8_t digest[131][AICI_SHA256_BYTES], zeros[130] = {0};
    for (size_t size = 0; size <= 130; size++)
        aici_sha256(zeros, size, digest[size]);
    for (size_t i = 0; i <= 130; i++)
        for (size_t k = i + 1; k <= 130; k++)
            assert_memory_not_equal(digest[i], digest[k], AICI_SHA256_BYTES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_messages_have_their_published_digests),
        cmocka_unit_test(a_million_letters_have_theirs),
        cmocka_unit_test(every_length_around_a_block_has_another_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
