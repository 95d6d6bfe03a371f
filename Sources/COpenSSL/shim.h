// OpenSSL's digests; TLS joins them when the server listens with TLS.
#include <openssl/evp.h>
