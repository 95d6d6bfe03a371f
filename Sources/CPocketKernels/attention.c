#include "CPocketKernels.h"
#include "lanes.h"

PK_INLINE int64_t up16(int64_t n) { return (n + 15) & ~(int64_t)15; }

PK_INLINE void clear(float *row, int64_t from, int64_t to) {
    for (int64_t j = from; j < to; j++) row[j] = 0;
}

// Softmax of row[0 ..< valid] in place; row has room for `valid` rounded up to 16. Returns max + log(sum).
PK_INLINE float softmax_row(float *row, int64_t valid) {
    int64_t last = up16(valid) - 16;
    // The filler's exponential is far below what a float sum notices, and is cleared afterwards.
    lanes tail = FROM(row + last);
    pk_keep_first(&tail, valid - last, -1e30f);
    AT(row + last) = tail;
    lanes top = tail;
    for (int64_t j = 0; j < last; j += 16) top = __builtin_elementwise_max(FROM(row + j), top);
    float max = pk_max(&top);
    lanes sum = {};
    for (int64_t j = 0; j <= last; j += 16) {
        lanes v = FROM(row + j) - max;
        pk_exp(&v);
        AT(row + j) = v;
        sum += v;
    }
    float total = pk_sum(&sum);
    float inverse = 1.0f / total;
    for (int64_t j = 0; j <= last; j += 16) AT(row + j) *= inverse;
    tail = FROM(row + last);
    pk_keep_first(&tail, valid - last, 0);
    AT(row + last) = tail;
    return max + __builtin_logf(total);
}

PK_KERNEL void pk_softmax_rows(float *restrict scores, int64_t n, int64_t ld, int64_t first, int64_t width,
                               float *restrict lse, int64_t lse_stride) {
    for (int64_t i = 0; i < n; i++) {
        float *row = scores + i * ld;
        lse[i * lse_stride] = softmax_row(row, first + i);
        clear(row, up16(first + i), width);
    }
}

PK_KERNEL void pk_softmax_again(float *restrict scores, int64_t n, int64_t ld, int64_t first, int64_t width,
                                const float *restrict lse, int64_t lse_stride) {
    for (int64_t i = 0; i < n; i++) {
        float *row = scores + i * ld, shift = lse[i * lse_stride];
        int64_t valid = first + i;
        for (int64_t j = 0; j < valid; j += 16) {
            lanes v = FROM(row + j) - shift;
            pk_exp(&v);
            if (valid - j < 16) pk_keep_first(&v, valid - j, 0);
            AT(row + j) = v;
        }
        clear(row, up16(valid), width);
    }
}

PK_KERNEL void pk_softmax_backward(const float *restrict p, float *restrict dscores, int64_t n, int64_t ld,
                                   int64_t width, const float *restrict out, const float *restrict dout,
                                   int64_t ld_out, int64_t head, float scale) {
    for (int64_t i = 0; i < n; i++) {
        lanes sum = {};
        for (int64_t j = 0; j < head; j += 16) sum += FROM(out + i * ld_out + j) * FROM(dout + i * ld_out + j);
        float along = pk_sum(&sum);
        for (int64_t j = 0; j < width; j += 16)
            AT(dscores + i * ld + j) = FROM(p + i * ld + j) * (FROM(dscores + i * ld + j) - along) * scale;
    }
}

PK_KERNEL void pk_attend_one(const float *restrict q, const float *restrict k, const float *restrict v, int64_t ld,
                             int64_t keys, int64_t head, float scale, float *restrict scratch, float *restrict out) {
    for (int64_t i = 0; i < keys; i++) {
        lanes sum = {};
        for (int64_t j = 0; j < head; j += 16) sum += FROM(q + j) * FROM(k + i * ld + j);
        scratch[i] = pk_sum(&sum) * scale;
    }
    softmax_row(scratch, keys);
    for (int64_t j = 0; j < head; j += 16) {
        lanes sum = {};
        for (int64_t i = 0; i < keys; i++) sum += scratch[i] * FROM(v + i * ld + j);
        AT(out + j) = sum;
    }
}

PK_KERNEL double pk_cross_entropy(float *restrict logits, int64_t n, int64_t width, int64_t ld,
                                  const int32_t *restrict target, float scale) {
    double total = 0;
    for (int64_t i = 0; i < n; i++) {
        float *row = logits + i * ld;
        float wanted = row[target[i]];
        float lse = softmax_row(row, width);
        total += (double)(lse - wanted);
        for (int64_t j = 0; j < ld; j += 16) AT(row + j) *= scale;
        row[target[i]] -= scale;
    }
    return total;
}

int32_t pk_argmax(const float *restrict x, int64_t from, int64_t width) {
    int64_t best = from;
    for (int64_t i = from + 1; i < width; i++)
        if (x[i] > x[best]) best = i;
    return (int32_t)best;
}
