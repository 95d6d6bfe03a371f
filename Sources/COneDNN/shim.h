// What the pocket student uses of oneDNN 2.6: the single-precision matrix product and nothing else.
//
// dnnl_sgemm is row-major, deterministic for a given shape on one thread, and compiles its kernels for the processor it
// finds. The wrapper hides the header's other three thousand declarations from Swift and gives the transposition flags
// a type that Swift can pass without casts.
#ifndef POCKET_ONEDNN_SHIM_H
#define POCKET_ONEDNN_SHIM_H

#include <oneapi/dnnl/dnnl.h>
#include <stdbool.h>
#include <stdint.h>

// From the OpenMP runtime. Its header is GCC's own and is not on every compiler's path, so the one function is declared.
extern void omp_set_num_threads(int threads);

// Makes every OpenMP region that the calling thread enters run on that thread alone: no worker is ever spawned.
static inline void pocket_use_one_thread(void) { omp_set_num_threads(1); }

// C = alpha * op(A) * op(B) + beta * C, row-major; op transposes where the flag says so. 0 when it worked.
static inline int32_t pocket_sgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, float alpha,
                                   const float *a, int64_t lda, const float *b, int64_t ldb, float beta, float *c,
                                   int64_t ldc) {
    return (int32_t)dnnl_sgemm(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k, alpha, a, lda, b, ldb, beta,
                               c, ldc);
}

#endif
