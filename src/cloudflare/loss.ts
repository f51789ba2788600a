import type { LossCause, Lost } from './call.ts';

interface Row {
  readonly codes: RegExp;
  readonly cause: LossCause;
  /** Whether the request may have reached the server. */
  readonly sent: boolean;
  readonly reason: string;
}

/** Codes of Node's sockets, of OpenSSL's certificate checks and of undici, each with what it means here. */
const rows: readonly Row[] = [
  { codes: /^ECONNREFUSED$/, cause: 'connection', sent: false, reason: 'the connection was refused' },
  { codes: /^ENOTFOUND$/, cause: 'dns', sent: false, reason: 'the name does not resolve' },
  { codes: /^EAI_/, cause: 'connection', sent: false, reason: 'the name server did not answer' },
  {
    codes: /^UND_ERR_CONNECT_TIMEOUT$/,
    cause: 'connection',
    sent: false,
    reason: 'no connection came about in time',
  },
  {
    codes: /CERT|SELF_SIGNED|ISSUER|LEAF_SIGNATURE|HOSTNAME_MISMATCH/,
    cause: 'certificate',
    sent: false,
    reason: 'the certificate is not trusted',
  },
  {
    codes: /^UND_ERR_RES_EXCEEDED/,
    cause: 'too-large',
    sent: true,
    reason: 'the answer is larger than any that Cloudflare gives',
  },
  {
    codes: /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    cause: 'connection',
    sent: true,
    reason: 'the connection broke off',
  },
  {
    codes: /^(?:EPROTO|ERR_SSL)/,
    cause: 'connection',
    sent: true,
    reason: 'no TLS connection could be agreed on',
  },
  { codes: /^HPE_/, cause: 'connection', sent: true, reason: 'the answer is not HTTP' },
];

/** What an attempt was bounded by, and where it went if it went to one place. */
interface Attempt {
  readonly timeoutMs: number;
  readonly host?: string;
}

/** Says what an error of the network layer means; one that no row knows counts as sent, which is the careful reading. */
export function lossOf(error: unknown, { timeoutMs, host }: Attempt): Lost {
  const at = host === undefined ? '' : ` at ${host}`;
  if (error instanceof Error && error.name === 'TimeoutError') {
    const reason = `no complete answer within ${timeoutMs / 1000} s${at}`;
    return { kind: 'lost', cause: 'timeout', sent: true, reason };
  }
  const code = codeOf(error);
  const row = rows.find((one) => one.codes.test(code));
  if (row === undefined) {
    const neverConnected = isObjectWith(error, 'syscall') && error.syscall === 'connect';
    return {
      kind: 'lost',
      cause: 'connection',
      sent: !neverConnected,
      reason: `the connection failed (${code}${at})`,
    };
  }
  return { kind: 'lost', cause: row.cause, sent: row.sent, reason: `${row.reason} (${code}${at})` };
}

/** The code of an error, else its name: never its message, which may hold what was sent. */
function codeOf(error: unknown): string {
  if (isObjectWith(error, 'code') && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown error';
}

function isObjectWith<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && key in value;
}
