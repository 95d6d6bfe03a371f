#include "CPocketBase.h"

// Constant data in a section of its own pages: the kernel reads none of it before the first use.
static const uint8_t checkpoint[] = {
#embed "base.safetensors"
};

static const uint8_t replay[] = {
#embed "replay.jsonl"
};

const uint8_t *pocket_base_checkpoint(void) { return checkpoint; }
size_t pocket_base_checkpoint_length(void) { return sizeof checkpoint; }
const uint8_t *pocket_base_replay(void) { return replay; }
size_t pocket_base_replay_length(void) { return sizeof replay; }
