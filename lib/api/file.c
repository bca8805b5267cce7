/* SPDX-License-Identifier: MIT */
/*
 * The one place that opens a file, and only one that the caller named. Reading stops at the limit, so that an endless device is refused and
 * not read; a pipe is read to its end; a pipe that nobody writes to is an empty file.
 */
#define _POSIX_C_SOURCE 200809L
#include "api/porch.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/** In the C locale whatever the host's is. */
static const char *describe_error(int error) {
    switch (error) {
    case ENOENT: return "there is no such file";
    case EACCES: return "permission denied";
    case EISDIR: return "it is a directory";
    case ENOTDIR: return "a part of the path is no directory";
    case ELOOP: return "too many symbolic links";
    case ENAMETOOLONG: return "the path is too long";
    case EMFILE:
    case ENFILE: return "too many open files";
    case EIO: return "input/output error";
    default: return "it cannot be read";
    }
}

static aic_status fail_reading(const char *path, int error, aic_report *report) {
    return aici_report_error(report, AICI_CODE_READ, NULL, "%s: %s", path, describe_error(error));
}

/** Opens without waiting for the other end of a pipe, then lets reads wait. */
static int open_for_reading(const char *path, int *error) {
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) {
        *error = errno;
    } else if (S_ISDIR(status.st_mode)) {
        *error = EISDIR;
    } else {
        int flags = fcntl(file, F_GETFL);
        if (flags >= 0 && fcntl(file, F_SETFL, flags & ~O_NONBLOCK) == 0) {
            return file;
        }
        *error = errno;
    }
    if (file >= 0) {
        close(file);
    }
    return -1;
}

/** Reads until the end, or until more than @p limit bytes have come. */
static aic_status read_all(int file, const char *path, size_t limit, aici_buffer *buffer, aic_report *report) {
    char block[16384];
    while (buffer->size <= limit) {
        ssize_t bytes = read(file, block, sizeof block);
        if (bytes == 0) {
            return aici_buffer_failed(buffer) ? aici_report_memory(report) : AIC_OK;
        }
        if (bytes < 0 && errno == EINTR) {
            continue;
        }
        if (bytes < 0) {
            return fail_reading(path, errno, report);
        }
        aici_buffer_add(buffer, block, (size_t)bytes);
        if (aici_buffer_failed(buffer)) {
            return aici_report_memory(report);
        }
    }
    return aici_report_error(report, AICI_CODE_LIMIT_BYTES, NULL, "%s: more than %zu bytes (limit `file_bytes`)", path, limit);
}

aic_status aici_file_read(const char *path, size_t limit, const aic_allocator *allocator, char **text, size_t *size, aic_report *report) {
    int error = 0;
    int file = open_for_reading(path, &error);
    if (file < 0) {
        return fail_reading(path, error, report);
    }
    aici_buffer buffer = aici_buffer_new(allocator);
    aic_status status = read_all(file, path, limit, &buffer, report);
    close(file);
    if (status != AIC_OK) {
        aici_buffer_free(&buffer);
        return status;
    }
    *text = buffer.bytes; /* NULL when empty, which the release accepts */
    *size = buffer.size;
    return AIC_OK;
}
