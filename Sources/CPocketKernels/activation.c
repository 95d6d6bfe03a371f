#include "CPocketKernels.h"
#include "lanes.h"

// GELU's tanh form is x * sigmoid(2u) with u = sqrt(2/pi) (x + 0.044715 x^3), which needs one exponential.
#define TWO_U(x) (((x) + 0.044715f * (x) * (x) * (x)) * 1.5957691216057308f)
#define TWO_U_SLOPE(x) ((1.0f + 0.134145f * (x) * (x)) * 1.5957691216057308f)

PK_KERNEL void pk_gelu_forward(float *restrict x, int64_t n, int64_t width, const float *restrict bias,
                               float *restrict y) {
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < width; j += 16) {
            lanes v = FROM(x + i * width + j) + FROM(bias + j);
            AT(x + i * width + j) = v;
            lanes e = -TWO_U(v);
            pk_exp(&e);
            AT(y + i * width + j) = v / (1.0f + e);
        }
    }
}

PK_KERNEL void pk_gelu_backward(const float *restrict x, int64_t n, int64_t width, float *restrict dy) {
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < width; j += 16) {
            lanes v = FROM(x + i * width + j);
            lanes e = -TWO_U(v);
            pk_exp(&e);
            lanes s = 1.0f / (1.0f + e);
            AT(dy + i * width + j) *= s + v * s * (1.0f - s) * TWO_U_SLOPE(v);
        }
    }
}
