import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ProblemError } from '../problem/problem.ts';

/** A request as it came over HTTP. */
export interface Incoming {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What goes back: `body` as it will be sent, or a connection that ends without a word. */
export type Outgoing =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | undefined;
    }
  | 'hang-up';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** The largest body that is read, in bytes: 300 rules with 10 KB of content each, and room. */
const mostBytes = 16_000_000;

/**
 * Listens on loopback, on a free port for 0. Throws the problem `sandbox/cannot-listen`; what `handle` throws is a bug
 * and ends the process.
 */
export async function listen(
  port: number,
  handle: (incoming: Incoming) => Promise<Outgoing>,
): Promise<Listening> {
  const server = createServer((request, response) => {
    void read(request).then(async (text) => {
      if (text === undefined) return request.destroy();
      const { method = 'GET', url: target = '/', headers } = request;
      return send(response, await handle({ method, target, headers, text }));
    });
  });
  const { promise: bound, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen({ port, host: '127.0.0.1' }, resolve);
  await bound.catch((error: NodeJS.ErrnoException) => {
    throw cannotListen(port, error);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  const close = () => {
    const { promise, resolve: closed } = Promise.withResolvers<void>();
    server.close(() => closed());
    server.closeAllConnections();
    return promise;
  };
  return { port: address.port, close };
}

function cannotListen(port: number, { code, message }: NodeJS.ErrnoException): ProblemError {
  const reason = code === 'EADDRINUSE' ? 'another program holds it' : message;
  return new ProblemError({
    code: 'sandbox/cannot-listen',
    message: `the sandbox cannot listen on port ${port}: ${reason}`,
    hint: 'choose another port with --port, or --port 0 for a free one',
  });
}

/** The body as text; undefined where it is too long or its connection broke. */
async function read(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      bytes += part.byteLength;
      if (bytes > mostBytes) return undefined;
      parts.push(part);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(parts).toString('utf8');
}

function send(response: ServerResponse, outgoing: Outgoing): void {
  if (outgoing === 'hang-up') {
    response.destroy();
    return;
  }
  const { status, headers, body } = outgoing;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  response.writeHead(status, { ...headers, ...length }).end(body);
}
