// Sixteen floats at a time, in the compiler's portable vectors: AVX-512, two AVX or four SSE or NEON registers.
//
// The helpers take and return vectors through pointers, as a vector argument's calling convention depends on the target
// and each kernel is compiled for several (PK_KERNEL).
#ifndef POCKET_LANES_H
#define POCKET_LANES_H

#include <stdint.h>
#include <string.h>

// Multiply-adds may be fused: a processor always gets the same clone, and so the same bytes.
#pragma clang fp contract(fast)

#if defined(__x86_64__) && defined(__linux__)
// One clone per level of the x86-64 ABI; the loader picks the best that the processor has.
#define PK_KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), min_vector_width(512)))
#else
#define PK_KERNEL
#endif

#define AT(p) (*(lanes *)(p))
#define FROM(p) (*(const lanes *)(p))

#define PK_INLINE static inline __attribute__((always_inline))

typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int32_t ilanes __attribute__((vector_size(64), aligned(4)));

// A fixed tree, so that the order of the additions never depends on the target.
#define PK_FOLD(name, combine)                                                                                  \
    PK_INLINE float name(const lanes *x) {                                                                      \
        lanes a = combine(*x, __builtin_shufflevector(*x, *x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7)); \
        lanes b = combine(a, __builtin_shufflevector(a, a, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3));       \
        lanes c = combine(b, __builtin_shufflevector(b, b, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1));       \
        lanes d = combine(c, __builtin_shufflevector(c, c, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0));       \
        return d[0];                                                                                            \
    }
#define PK_ADD(a, b) ((a) + (b))
PK_FOLD(pk_sum, PK_ADD)
PK_FOLD(pk_max, __builtin_elementwise_max)

// Keeps the first `valid` lanes and sets the others to `value`.
PK_INLINE void pk_keep_first(lanes *io, int64_t valid, float value) {
    const ilanes iota = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    ilanes keep = iota < (int32_t)valid, bits, other;
    lanes filler = (lanes){} + value;
    memcpy(&bits, io, sizeof bits);
    memcpy(&other, &filler, sizeof other);
    bits = (bits & keep) | (other & ~keep);
    memcpy(io, &bits, sizeof bits);
}

// e^x to about two units in the last place, for x clamped to [-87, 88]: Cephes' reduction and polynomial.
PK_INLINE void pk_exp(lanes *io) {
    lanes x = *io;
    x = __builtin_elementwise_min(__builtin_elementwise_max(x, (lanes){} - 87.0f), (lanes){} + 88.0f);
    // Adding and taking away 1.5 * 2^23 rounds to the nearest integer.
    lanes n = x * 1.44269504088896341f + 12582912.0f;
    ilanes bits;
    memcpy(&bits, &n, sizeof bits);
    n -= 12582912.0f;
    lanes r = x - n * 0.693359375f;
    r -= n * -2.12194440e-4f;
    lanes p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    // The rounded number's low bits hold n: move them into the exponent.
    bits = (bits - 0x4B400000) << 23;
    ilanes result;
    memcpy(&result, &p, sizeof result);
    result += bits;
    memcpy(io, &result, sizeof result);
}

#endif
