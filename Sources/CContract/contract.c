#include "contract.h"

// The contract lies at the repository's root, where people look for it; the program carries a copy.
static const unsigned char contract[] = {
#embed "../../openapi.yaml"
};

const unsigned char *contract_start(void) { return contract; }

size_t contract_length(void) { return sizeof contract; }
