import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Refused } from './answer.ts';
import { authenticate, type Credential, type Doorkeeper } from './auth.ts';
import type { Desk } from './desk.ts';
import type { Json } from './json.ts';
import type { Ledger, Watch } from './ledger.ts';
import type { PageReader } from './pages.ts';
import type { Turnstile } from './rate-limit.ts';
import { type LoggedRequest, type OpenRequest, openRequest } from './request-log.ts';
import { dispatch } from './routes.ts';
import type { Incoming, Outgoing } from './server.ts';
import type { Switches } from './switches.ts';

/** What goes over the wire in place of an answer in the API's own words. */
export interface Spoken {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it stands, whatever it is; absent for no body. */
  readonly text?: string;
}

/**
 * What a test may do to a request: answer in place of the API, cut the connection, do the work and then cut it, or do
 * the work and have something else said of it, at once or late.
 */
export type Disturbance =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: Json;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | ({ readonly kind: 'say' } & Spoken)
  | { readonly kind: 'reword'; readonly reword: (answer: Answer) => Spoken | Promise<Spoken> }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'lose-answer' };

/** What the API itself consists of. */
export interface Engine {
  readonly ledger: Ledger;
  readonly switches: Readonly<Switches>;
  readonly readPage: PageReader;
}

/** A request to the engine; `target` is path and query below the base URL. */
export interface EngineRequest {
  readonly method: string;
  readonly target: string;
  readonly text: string;
  readonly credential: Credential;
}

/** Runs one request and gives its answer, refusals included. `watch` sees what it wrote. */
export function runRequest(engine: Engine, request: EngineRequest, watch: Watch): Promise<Answer> {
  const { ledger, switches, readPage } = engine;
  const { pathname: path, searchParams: query } = new URL(`http://sandbox${request.target}`);
  const deskFor = (dryRun: boolean): Desk => ({
    switches,
    readPage,
    state: ledger.state,
    write: (change) => (dryRun ? ledger.rehearse(change) : ledger.write(change, watch)),
  });
  return refusable(() => dispatch({ ...request, path, query }, deskFor));
}

async function refusable(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return error.answer();
    throw error;
  }
}

/** How requests over HTTP are treated. */
export interface Counter {
  readonly engine: Engine;
  readonly door: Doorkeeper;
  /** Behind the door: counts the requests of those who may come in. */
  readonly turnstile: Turnstile;
  readonly watch: Watch;
  readonly log: OpenRequest[];
  /** Milliseconds. */
  readonly latency: number;
  readonly before: (request: LoggedRequest) => Disturbance | undefined | Promise<Disturbance | undefined>;
  /** Told what went wrong inside the sandbox. */
  readonly failed: (error: unknown) => void;
}

/** The path that all endpoints are below. */
export const root = '/client/v4';

/** Takes one HTTP request from the log's first word of it to what goes back. */
export async function exchange(incoming: Incoming, counter: Counter): Promise<Outgoing> {
  const target = incoming.target.startsWith(`${root}/`) ? incoming.target.slice(root.length) : '/';
  const entry = openRequest(incoming, target);
  counter.log.push(entry);
  const disturbance = await counter.before(entry);
  if (counter.latency > 0) await sleep(counter.latency);
  if (disturbance?.kind === 'hang-up') return 'hang-up';
  if (disturbance?.kind === 'answer') return closing(entry, disturbance);
  if (disturbance?.kind === 'say') return spoken(disturbance);
  const answer = await answerTo(incoming, target, counter);
  if (disturbance?.kind === 'reword') return spoken(await disturbance.reword(answer));
  return disturbance?.kind === 'lose-answer' ? 'hang-up' : closing(entry, answer);
}

/** Its log entry stays open: what is said here is nothing that the API answers. */
function spoken({ status, headers = {}, text }: Spoken): Outgoing {
  if (text === undefined) return { status, headers, body: undefined };
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: text };
}

async function answerTo(
  { method, headers, text }: Incoming,
  target: string,
  counter: Counter,
): Promise<Answer> {
  const { engine, door, turnstile, watch } = counter;
  try {
    return await refusable(async () => {
      const credential = authenticate(headers, door, engine.switches);
      const { refusal, headers: limits } = turnstile(credential);
      const answer = refusal ?? (await runRequest(engine, { method, target, text, credential }, watch));
      return { ...answer, headers: limits };
    });
  } catch (error) {
    counter.failed(error);
    return new Refused(500, { code: 1999, message: `the sandbox failed: ${String(error)}` }).answer();
  }
}

function closing(entry: OpenRequest, { status, body, headers = {} }: Answer): Outgoing {
  entry.status = status;
  entry.responseBody = body;
  if (body === undefined) return { status, headers, body };
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
