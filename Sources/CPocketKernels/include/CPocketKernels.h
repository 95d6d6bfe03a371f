// The element-wise loops of the pocket student's training step, and its row-wise reductions.
//
// All matrices are row-major floats. Widths (`d`, `width`) and the counts of the optimiser are multiples of 16. Every
// running sums over the columns, combined in a fixed tree, and rows one after the other; so the same input gives the
// same bytes. Nothing here allocates, and pointers marked restrict must not overlap.
#ifndef C_POCKET_KERNELS_H
#define C_POCKET_KERNELS_H

#include <stdint.h>

// Rows.
void pk_gather_rows(const float *restrict table, const int32_t *restrict index, int64_t n, int64_t d,
                    float *restrict out);
void pk_scatter_add_rows(const float *restrict rows, const int32_t *restrict index, int64_t n, int64_t d,
                         float *restrict table);
void pk_add_bias(float *restrict x, int64_t n, int64_t width, const float *restrict bias);
// x += y + bias, row by row: a residual connection.
void pk_add_residual(float *restrict out, const float *restrict x, const float *restrict y, int64_t n, int64_t d,
                     const float *restrict bias);
// sums += the sum of the rows of x: a bias gradient.
void pk_column_sums(const float *restrict x, int64_t n, int64_t width, float *restrict sums);

// Layer normalisation; mean_rstd holds two floats a row.
void pk_norm_forward(const float *restrict x, int64_t n, int64_t d, const float *restrict gain,
                     const float *restrict bias, float *restrict y, float *restrict mean_rstd);
// dx += the gradient through the norm; dgain and dbias are added to.
void pk_norm_backward(const float *restrict dy, const float *restrict x, const float *restrict mean_rstd, int64_t n,
                      int64_t d, const float *restrict gain, float *restrict dx, float *restrict dgain,
                      float *restrict dbias);

// GELU in its tanh form. Forward adds the bias to `x` in place and writes the activation to `y`.
void pk_gelu_forward(float *restrict x, int64_t n, int64_t width, const float *restrict bias, float *restrict y);
// dy becomes the gradient before the activation.
void pk_gelu_backward(const float *restrict x, int64_t n, int64_t width, float *restrict dy);

// Rotates `heads` heads of `2 * half` columns of each row, whose first position is given by `position[row]`.
// direction +1 rotates, -1 rotates back (the gradient). cosine and sine hold `half` floats a position.
void pk_rotate(float *restrict x, int64_t ld, int64_t n, int64_t heads, int64_t half,
               const int32_t *restrict position, const float *restrict cosine, const float *restrict sine,
               float direction);

// Softmax over the first `first + row` columns of each row of scores (ld floats apart), the rest up to `width` set to 0.
// The logarithm of the sum (plus maximum) goes to lse, lse_stride floats apart.
void pk_softmax_rows(float *restrict scores, int64_t n, int64_t ld, int64_t first, int64_t width, float *restrict lse,
                     int64_t lse_stride);
// The same probabilities again from the saved lse.
void pk_softmax_again(float *restrict scores, int64_t n, int64_t ld, int64_t first, int64_t width,
                      const float *restrict lse, int64_t lse_stride);
// dscores := p * (dscores - sum over a head's columns of dout * out) * scale, for each row.
void pk_softmax_backward(const float *restrict p, float *restrict dscores, int64_t n, int64_t ld, int64_t width,
                         const float *restrict out, const float *restrict dout, int64_t ld_out, int64_t head,
                         float scale);
// Attention of one query over `keys` keys; scratch holds `keys` floats rounded up to 16.
void pk_attend_one(const float *restrict q, const float *restrict k, const float *restrict v, int64_t ld, int64_t keys,
                   int64_t head, float scale, float *restrict scratch, float *restrict out);

// Cross-entropy of each row of logits (ld a multiple of 16 and at least `width`) against its target. The logits become
// scale * (probability - one-hot); the sum of the losses is returned.
double pk_cross_entropy(float *restrict logits, int64_t n, int64_t width, int64_t ld, const int32_t *restrict target,
                        float scale);
// The first index of the greatest value in from ..< width.
int32_t pk_argmax(const float *restrict x, int64_t from, int64_t width);

// out = the sum of `shards` vectors that start `stride` floats apart, added in order; returns the sum of squares.
double pk_reduce(const float *restrict shards_base, int64_t shards, int64_t stride, int64_t n, float *restrict out);

struct pk_adamw {
    float rate, beta1, beta2, epsilon, decay;
    float correction1, correction2;  // 1 - beta^step
    float gradient_scale;            // from clipping
};
void pk_adamw_step(float *restrict w, const float *restrict g, float *restrict m, float *restrict v, int64_t n,
                   struct pk_adamw settings);

// Prepares the calling thread for computing: a name of at most 15 bytes, lower priority by `niceness`, and denormals count as zero, because a
// gradient of 1e-40 changes nothing and costs a hundred cycles.
void pk_prepare_thread(const char *name, int32_t niceness);

#endif
