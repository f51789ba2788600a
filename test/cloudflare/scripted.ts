import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Clock,
  type ConnectionOptions,
  connectValidator,
  connectWriter,
  type TransportEvent,
  type ValidateConnection,
  type WriteConnection,
} from '../../src/cloudflare/cloudflare.ts';
import type { Scope } from '../../src/model/scope.ts';

/** What a scripted server heard. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** `drop` breaks the connection before an answer, `cut` in the middle of one, `hang` never answers. */
export type Reply =
  | { readonly status?: number; readonly json: unknown; readonly headers?: OutgoingHttpHeaders }
  | { readonly status?: number; readonly text: string; readonly headers?: OutgoingHttpHeaders }
  | 'drop'
  | 'cut'
  | 'hang';

export interface Server {
  readonly baseUrl: string;
  readonly heard: readonly Heard[];
}

/** The replies in their order, the last one for ever; or a function of the request. */
export type Script = readonly Reply[] | ((heard: Heard, index: number) => Reply);

/** Runs `use` against a real server on loopback that answers by a script. */
export async function withServer<T>(script: Script, use: (server: Server) => Promise<T>): Promise<T> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const one = await hear(request);
    heard.push(one);
    const index = heard.length - 1;
    reply(
      response,
      typeof script === 'function'
        ? script(one, index)
        : (script[Math.min(index, script.length - 1)] ?? 'drop'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use({ baseUrl: `http://127.0.0.1:${port}/client/v4`, heard });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function hear(request: IncomingMessage): Promise<Heard> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? '', 'http://loopback');
  return {
    method: request.method ?? '',
    path: url.pathname.replace('/client/v4', ''),
    query: url.searchParams,
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function reply(response: ServerResponse, what: Reply): void {
  if (what === 'hang') return;
  if (what === 'drop') {
    response.destroy();
    return;
  }
  if (what === 'cut') {
    response
      .writeHead(200, { 'content-length': '1000' })
      .write('{"success":true,"result":{', () => response.destroy());
    return;
  }
  const status = what.status ?? 200;
  const type = 'json' in what ? 'application/json' : 'text/html';
  response.writeHead(status, { 'content-type': type, ...what.headers });
  response.end('json' in what ? JSON.stringify(what.json) : what.text);
}

/** A good envelope. */
export function yes(result: unknown, info?: unknown): Reply {
  return {
    json: {
      success: true,
      errors: [],
      messages: [],
      result,
      ...(info === undefined ? {} : { result_info: info }),
    },
  };
}

/** A refusal with one error for each pair of code and text. */
export function no(status: number, ...errors: readonly unknown[]): Reply {
  return { status, json: { success: false, errors, messages: [], result: null } };
}

/** A clock that never waits: a sleep is written down and moves the time on. */
export interface TestClock extends Clock {
  readonly sleeps: readonly number[];
}

export function testClock(random = 0): TestClock {
  const sleeps: number[] = [];
  let now = Date.UTC(2026, 0, 1);
  return {
    sleeps,
    now: () => now,
    sleep: async (ms) => {
      sleeps.push(ms);
      now += ms;
    },
    random: () => random,
  };
}

export const token = 'cfut_0123456789abcdefSECRET';

export const zone: Scope = { kind: 'zone', id: '0'.repeat(31).concat('1'), name: 'example.com' };
export const account: Scope = { kind: 'account', id: '0'.repeat(31).concat('a'), name: 'Acme Inc' };

type Extras = Partial<ConnectionOptions>;

/** What a test connects with. */
export function optionsOf(baseUrl: string, extras: Extras = {}): ConnectionOptions {
  return {
    baseUrl,
    credentials: { kind: 'token', token },
    userAgent: 'test/1',
    clock: testClock(),
    ...extras,
  };
}

/** Runs `use` with a writing connection to a scripted server, and closes both. */
export async function withWriter<T>(
  script: Script,
  use: (connection: WriteConnection, server: Server) => Promise<T>,
  extras: Extras = {},
): Promise<T> {
  return withServer(script, async (server) => {
    const connection = connectWriter(optionsOf(server.baseUrl, extras));
    try {
      return await use(connection, server);
    } finally {
      await connection.close();
    }
  });
}

/** As `withWriter`, with a connection that can only read and ask for a verdict. */
export async function withValidator<T>(
  script: Script,
  use: (connection: ValidateConnection, server: Server) => Promise<T>,
): Promise<T> {
  return withServer(script, async (server) => {
    const connection = connectValidator(optionsOf(server.baseUrl));
    try {
      return await use(connection, server);
    } finally {
      await connection.close();
    }
  });
}

/** What a promise was rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`expected a failure, got ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}

/** Collects the events of a connection. */
export function eventLog(): {
  readonly events: TransportEvent[];
  readonly onEvent: (event: TransportEvent) => void;
} {
  const events: TransportEvent[] = [];
  return { events, onEvent: (event) => events.push(event) };
}
