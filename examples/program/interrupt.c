/* SPDX-License-Identifier: MIT */
/* Ctrl-C: the word that the library looks at while it works. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"
#include <signal.h>

static volatile uint32_t interrupted;

static void note_interrupt(int signal) {
    (void)signal;
    interrupted = 1;
}

const volatile uint32_t *stop_on_interrupt(void) {
    struct sigaction action = {0};
    action.sa_handler = note_interrupt;
    action.sa_flags = (int)(SA_RESETHAND | SA_RESTART);
    sigaction(SIGINT, &action, NULL);
    return &interrupted;
}
