/* SPDX-License-Identifier: MIT */
/*
 * Reads JSON as RFC 8259 has it, to find out whether a text is JSON at all, and where a value stands in it.
 *
 *     assert_true(json_is_valid(text));
 *     assert_string_equal(json_at(text, "claims[0].verdict"), "\"differs\"");    // the value as it is written; NULL when there is none
 */
#ifndef TESTS_UNIT_RESULT_JSON_READER_H
#define TESTS_UNIT_RESULT_JSON_READER_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline const char *json_blank(const char *at) { return at + strspn(at, " \n\r\t"); }

static inline const char *json_string_end(const char *at) {
    if (*at++ != '"')
        return NULL;
    for (; *at != '"'; at++) {
        if ((unsigned char)*at < 0x20)
            return NULL;
        if (*at == '\\') {
            at++;
            if (*at == 'u') {
                if (strspn(at + 1, "0123456789abcdefABCDEF") < 4)
                    return NULL;
                at += 4;
            } else if (!*at || !strchr("\"\\/bfnrt", *at))
                return NULL;
        }
    }
    return at + 1;
}

static inline const char *json_number_end(const char *at) {
    static const char digits[] = "0123456789";
    at += *at == '-';
    size_t whole = strspn(at, digits);
    if (whole == 0 || (whole > 1 && *at == '0'))
        return NULL;
    at += whole;
    if (*at == '.') {
        size_t fraction = strspn(at + 1, digits);
        if (fraction == 0)
            return NULL;
        at += 1 + fraction;
    }
    if (*at == 'e' || *at == 'E') {
        at++;
        at += *at == '-' || *at == '+';
        size_t exponent = strspn(at, digits);
        if (exponent == 0)
            return NULL;
        at += exponent;
    }
    return at;
}

/** The end of the value that begins here, or NULL when it is none. */
static inline const char *json_value_end(const char *at) {
    if (*at == '"')
        return json_string_end(at);
    if (*at != '{' && *at != '[') {
        static const char *const word[] = {"true", "false", "null"};
        for (size_t i = 0; i < 3; i++) {
            if (strncmp(at, word[i], strlen(word[i])) == 0)
                return at + strlen(word[i]);
        }
        return json_number_end(at);
    }
    char close = *at == '{' ? '}' : ']';
    at = json_blank(at + 1);
    if (*at == close)
        return at + 1;
    for (;;) {
        if (close == '}') {
            at = json_string_end(at);
            if (!at || *(at = json_blank(at)) != ':')
                return NULL;
            at = json_blank(at + 1);
        }
        at = json_value_end(at);
        if (!at)
            return NULL;
        at = json_blank(at);
        if (*at == close)
            return at + 1;
        if (*at != ',')
            return NULL;
        at = json_blank(at + 1);
    }
}

static inline bool json_is_valid(const char *text) {
    const char *end = json_value_end(json_blank(text));
    return end && *json_blank(end) == '\0';
}

/** The value of a member or an item of the valid value that begins here, or NULL. */
static inline const char *json_step(const char *at, const char *key, size_t key_size, long index) {
    const char *end;
    at = json_blank(at + 1);
    for (long i = 0; *at != '}' && *at != ']'; i++) {
        bool found = !key && i == index;
        if (key) {
            end = json_string_end(at);
            found = (size_t)(end - at) == key_size + 2 && memcmp(at + 1, key, key_size) == 0;
            at = json_blank(json_blank(end) + 1);
        }
        if (found)
            return at;
        at = json_blank(json_value_end(at));
        if (*at == ',')
            at = json_blank(at + 1);
    }
    return NULL;
}

/** The value at a path such as "claims[0].verdict", as it is written, in a buffer that the next call uses again. */
static inline const char *json_at(const char *text, const char *path) {
    static char found[4096];
    const char *at = json_blank(text);
    while (at && *path) {
        path += *path == '.';
        size_t size = strcspn(path, ".[");
        if (*path == '[') {
            at = *at == '[' ? json_step(at, NULL, 0, strtol(path + 1, NULL, 10)) : NULL;
            path = strchr(path, ']') + 1;
        } else {
            at = *at == '{' ? json_step(at, path, size, 0) : NULL;
            path += size;
        }
    }
    if (!at)
        return NULL;
    snprintf(found, sizeof found, "%.*s", (int)(json_value_end(at) - at), at);
    return found;
}

#endif
