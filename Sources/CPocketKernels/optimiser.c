#include "CPocketKernels.h"
#include "lanes.h"

PK_KERNEL double pk_reduce(const float *restrict shards_base, int64_t shards, int64_t stride, int64_t n,
                           float *restrict out) {
    double total = 0;
    // Squares are summed in floats over a few thousand numbers and in doubles above that.
    for (int64_t start = 0; start < n; start += 4096) {
        int64_t end = start + 4096 < n ? start + 4096 : n;
        lanes squares = {};
        int64_t i = start;
        for (; i + 16 <= end; i += 16) {
            lanes sum = FROM(shards_base + i);
            for (int64_t s = 1; s < shards; s++) sum += FROM(shards_base + s * stride + i);
            AT(out + i) = sum;
            squares += sum * sum;
        }
        total += (double)pk_sum(&squares);
        for (; i < end; i++) {
            float sum = shards_base[i];
            for (int64_t s = 1; s < shards; s++) sum += shards_base[s * stride + i];
            out[i] = sum;
            total += (double)(sum * sum);
        }
    }
    return total;
}

PK_KERNEL void pk_adamw_step(float *restrict w, const float *restrict g, float *restrict m, float *restrict v,
                             int64_t n, struct pk_adamw settings) {
    float keep1 = settings.beta1, keep2 = settings.beta2, new1 = 1.0f - keep1, new2 = 1.0f - keep2;
    float inverse1 = 1.0f / settings.correction1, inverse2 = 1.0f / settings.correction2;
    float scale = settings.gradient_scale, epsilon = settings.epsilon, rate = settings.rate;
    float shrink = 1.0f - settings.rate * settings.decay;
    int64_t i = 0;
    for (; i + 16 <= n; i += 16) {
        lanes gradient = FROM(g + i) * scale;
        lanes first = keep1 * FROM(m + i) + new1 * gradient;
        lanes second = keep2 * FROM(v + i) + new2 * gradient * gradient;
        AT(m + i) = first;
        AT(v + i) = second;
        lanes root = __builtin_elementwise_sqrt(second * inverse2) + epsilon;
        AT(w + i) = FROM(w + i) * shrink - rate * (first * inverse1) / root;
    }
}
