// The base checkpoint and its replay rows, embedded so that the one binary can be copied anywhere.
#ifndef C_POCKET_BASE_H
#define C_POCKET_BASE_H

#include <stddef.h>
#include <stdint.h>

// The checkpoint: a safetensors file.
const uint8_t *pocket_base_checkpoint(void);
size_t pocket_base_checkpoint_length(void);

// The replay rows: JSON lines with "prompt" and "response".
const uint8_t *pocket_base_replay(void);
size_t pocket_base_replay_length(void);

#endif
