#define _GNU_SOURCE
#include "CPocketKernels.h"

#include <pthread.h>
#include <sys/resource.h>

void pk_prepare_thread(const char *name, int32_t niceness) {
#if defined(__linux__)
    (void)pthread_setname_np(pthread_self(), name);
#endif
    // On Linux a niceness belongs to a thread, and 0 names the calling one. A refusal costs nothing but politeness.
    (void)setpriority(PRIO_PROCESS, 0, niceness);
#if defined(__x86_64__)
    __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | 0x8040);
#elif defined(__aarch64__)
    uint64_t control;
    __asm__ volatile("mrs %0, fpcr" : "=r"(control));
    __asm__ volatile("msr fpcr, %0" : : "r"(control | (1u << 24)));
#endif
}
