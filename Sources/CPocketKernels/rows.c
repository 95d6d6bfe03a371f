#include "CPocketKernels.h"
#include "lanes.h"

void pk_gather_rows(const float *restrict table, const int32_t *restrict index, int64_t n, int64_t d,
                    float *restrict out) {
    for (int64_t i = 0; i < n; i++) memcpy(out + i * d, table + index[i] * d, (size_t)d * sizeof(float));
}

PK_KERNEL void pk_scatter_add_rows(const float *restrict rows, const int32_t *restrict index, int64_t n, int64_t d,
                                   float *restrict table) {
    for (int64_t i = 0; i < n; i++) {
        float *t = table + index[i] * d;
        for (int64_t j = 0; j < d; j += 16) AT(t + j) += FROM(rows + i * d + j);
    }
}

PK_KERNEL void pk_add_bias(float *restrict x, int64_t n, int64_t width, const float *restrict bias) {
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < width; j += 16) AT(x + i * width + j) += FROM(bias + j);
}

PK_KERNEL void pk_add_residual(float *restrict out, const float *restrict x, const float *restrict y, int64_t n,
                               int64_t d, const float *restrict bias) {
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < d; j += 16)
            AT(out + i * d + j) = FROM(x + i * d + j) + (FROM(y + i * d + j) + FROM(bias + j));
}

PK_KERNEL void pk_column_sums(const float *restrict x, int64_t n, int64_t width, float *restrict sums) {
    for (int64_t j = 0; j < width; j += 16) {
        lanes sum = {};
        for (int64_t i = 0; i < n; i++) sum += FROM(x + i * width + j);
        AT(sums + j) += sum;
    }
}

PK_KERNEL void pk_norm_forward(const float *restrict x, int64_t n, int64_t d, const float *restrict gain,
                               const float *restrict bias, float *restrict y, float *restrict mean_rstd) {
    for (int64_t i = 0; i < n; i++) {
        const float *row = x + i * d;
        lanes sum = {};
        for (int64_t j = 0; j < d; j += 16) sum += FROM(row + j);
        float mean = pk_sum(&sum) / (float)d;
        lanes squares = {};
        for (int64_t j = 0; j < d; j += 16) {
            lanes c = FROM(row + j) - mean;
            squares += c * c;
        }
        float rstd = 1.0f / __builtin_sqrtf(pk_sum(&squares) / (float)d + 1e-5f);
        for (int64_t j = 0; j < d; j += 16)
            AT(y + i * d + j) = (FROM(row + j) - mean) * rstd * FROM(gain + j) + FROM(bias + j);
        mean_rstd[2 * i] = mean;
        mean_rstd[2 * i + 1] = rstd;
    }
}

PK_KERNEL void pk_norm_backward(const float *restrict dy, const float *restrict x, const float *restrict mean_rstd,
                                int64_t n, int64_t d, const float *restrict gain, float *restrict dx,
                                float *restrict dgain, float *restrict dbias) {
    for (int64_t i = 0; i < n; i++) {
        float mean = mean_rstd[2 * i], rstd = mean_rstd[2 * i + 1];
        const float *xr = x + i * d, *dyr = dy + i * d;
        lanes plain = {}, along = {};
        for (int64_t j = 0; j < d; j += 16) {
            lanes hat = (FROM(xr + j) - mean) * rstd, g = FROM(dyr + j);
            AT(dbias + j) += g;
            AT(dgain + j) += g * hat;
            g *= FROM(gain + j);
            plain += g;
            along += g * hat;
        }
        float a = pk_sum(&plain) / (float)d, b = pk_sum(&along) / (float)d;
        for (int64_t j = 0; j < d; j += 16) {
            lanes hat = (FROM(xr + j) - mean) * rstd;
            AT(dx + i * d + j) += (FROM(dyr + j) * FROM(gain + j) - a - hat * b) * rstd;
        }
    }
}

PK_KERNEL void pk_rotate(float *restrict x, int64_t ld, int64_t n, int64_t heads, int64_t half,
                         const int32_t *restrict position, const float *restrict cosine, const float *restrict sine,
                         float direction) {
    for (int64_t i = 0; i < n; i++) {
        const float *c = cosine + position[i] * half, *s = sine + position[i] * half;
        for (int64_t h = 0; h < heads; h++) {
            float *a = x + i * ld + h * 2 * half, *b = a + half;
            for (int64_t j = 0; j < half; j++) {
                float u = a[j], v = b[j], turn = s[j] * direction;
                a[j] = u * c[j] - v * turn;
                b[j] = v * c[j] + u * turn;
            }
        }
    }
}
