#pragma once
#include <stddef.h>

/// The first byte of openapi.yaml.
const unsigned char *_Nonnull contract_start(void);

/// How many bytes it has.
size_t contract_length(void);
