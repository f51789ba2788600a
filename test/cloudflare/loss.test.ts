import { errors } from 'undici';
import { describe, expect, it } from 'vitest';
import { lossOf } from '../../src/cloudflare/loss.ts';

const coded = (code: string, more: object = {}): Error =>
  Object.assign(new Error('secret'), { code, ...more });

describe('an error of the network layer', () => {
  it.each([
    { error: coded('ENOTFOUND'), cause: 'dns', sent: false },
    { error: coded('EAI_AGAIN'), cause: 'connection', sent: false },
    { error: coded('ECONNREFUSED'), cause: 'connection', sent: false },
    { error: coded('EHOSTUNREACH', { syscall: 'connect' }), cause: 'connection', sent: false },
    { error: coded('EHOSTUNREACH', { syscall: 'read' }), cause: 'connection', sent: true },
    { error: coded('ECONNRESET'), cause: 'connection', sent: true },
    { error: coded('CERT_HAS_EXPIRED'), cause: 'certificate', sent: false },
    { error: coded('DEPTH_ZERO_SELF_SIGNED_CERT'), cause: 'certificate', sent: false },
    { error: coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), cause: 'certificate', sent: false },
    { error: coded('ERR_TLS_CERT_ALTNAME_INVALID'), cause: 'certificate', sent: false },
    { error: coded('HPE_INVALID_CONSTANT'), cause: 'connection', sent: true },
    { error: new errors.ConnectTimeoutError(), cause: 'connection', sent: false },
    { error: new errors.SocketError(), cause: 'connection', sent: true },
    { error: new errors.ResponseExceededMaxSizeError(), cause: 'too-large', sent: true },
    { error: new DOMException('late', 'TimeoutError'), cause: 'timeout', sent: true },
    { error: coded('SOMETHING_NEW'), cause: 'connection', sent: true },
    { error: 'no error at all', cause: 'connection', sent: true },
  ])('$error.code $error.name: $cause, sent $sent', ({ error, cause, sent }) => {
    const loss = lossOf(error, { timeoutMs: 1000, host: 'api.example.com' });
    expect(loss).toMatchObject({ kind: 'lost', cause, sent });
    expect(loss.reason).toMatch(/ at api\.example\.com\)?$/);
    expect(loss.reason).not.toContain('secret');
  });
});
