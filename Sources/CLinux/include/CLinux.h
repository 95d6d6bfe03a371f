#ifndef CLINUX_H
#define CLINUX_H
// Linux calls that Swift's Glibc module does not show (epoll, eventfd, accept4 and GNU thread calls).
// Each function is one call; errors are -1 with errno set, as in the call it wraps.
#include <stdint.h>
#include <sys/socket.h>

/// One readiness report: the datum given at registration, and EPOLL* bits.
struct clinux_event {
    uint64_t data;
    uint32_t events;
};

enum {
    CLINUX_EPOLL_ADD = 1,
    CLINUX_EPOLL_DEL = 2,
    CLINUX_EPOLL_MOD = 3,
};

enum {
    CLINUX_IN = 0x001,
    CLINUX_OUT = 0x004,
    CLINUX_ERR = 0x008,
    CLINUX_HUP = 0x010,
    CLINUX_RDHUP = 0x2000,
};

/// epoll_create1(EPOLL_CLOEXEC)
int clinux_epoll_create(void);
/// epoll_ctl
int clinux_epoll_control(int epoll, int operation, int fd, uint32_t events, uint64_t data);
/// epoll_wait; at most 256 events at a time whatever `capacity` says
int clinux_epoll_wait(int epoll, struct clinux_event *events, int capacity, int timeout_ms);
/// eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)
int clinux_eventfd(void);
/// accept4(SOCK_NONBLOCK | SOCK_CLOEXEC)
int clinux_accept(int fd, struct sockaddr_storage *address, socklen_t *length);
/// socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)
int clinux_stream_socket(int family);
/// pthread_setname_np for the calling thread (at most 15 bytes are kept)
void clinux_name_thread(const char *name);
/// Number of processors this process may run on (sched_getaffinity); at least 1
int clinux_processor_count(void);
#endif
