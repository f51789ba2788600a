import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Disturbance, LoggedRequest, Spoken } from '../../src/sandbox/sandbox.ts';

/** One way in which a request can go wrong. */
export interface Kind {
  readonly name: string;
  /** Whether the API does what was asked all the same: at once, later than anybody waits, or not at all. */
  readonly work: 'done' | 'late' | 'not done';
  strike(request: LoggedRequest): Disturbance | undefined | Promise<Disturbance | undefined>;
}

/** How long the client waits for an answer in these tests, and how long it takes a server that is too slow for it. */
export const timeoutMs = 250;
const tooLongMs = timeoutMs + 100;

const json = (value: unknown): string => JSON.stringify(value);
const page = '<!DOCTYPE html><html><head><title>Bad gateway</title></head><body>Bad gateway</body></html>';
const html = { 'content-type': 'text/html' };
const busy = json({ success: false, errors: [{ code: 10000, message: 'busy' }], messages: [], result: null });

/** The answer as the API gave it. */
function asItIs({ status, headers, body }: Answer): Spoken {
  return {
    status,
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { text: json(body) }),
  };
}

/** The answer with keys of its envelope replaced; a 204 stays what it is. */
function withKeys(keys: object): (answer: Answer) => Spoken {
  return ({ status, body }) =>
    body === undefined ? { status } : { status, text: json({ ...Object(body), ...keys }) };
}

/** The first half of the answer. */
function truncated({ status, body }: Answer): Spoken {
  const text = json(body ?? { success: true, errors: [], messages: [], result: null });
  return { status: status === 204 ? 200 : status, text: text.slice(0, text.length / 2) };
}

function malformed({ status, body }: Answer): Spoken {
  return { status: status === 204 ? 200 : status, text: `${json(body ?? {}).replaceAll('"', "'")},` };
}

function said(name: string, spoken: Spoken): Kind {
  return { name, work: 'not done', strike: () => ({ kind: 'say', ...spoken }) };
}

function reworded(name: string, reword: (answer: Answer) => Spoken | Promise<Spoken>): Kind {
  return { name: `${name}, after the work`, work: 'done', strike: () => ({ kind: 'reword', reword }) };
}

/** The same words where nothing was done, and where everything was. */
function both(name: string, spoken: Spoken): readonly Kind[] {
  return [said(name, spoken), reworded(name, () => spoken)];
}

const refusal = { success: false, errors: [{ code: 1, message: 'not today' }], messages: [], result: null };

function slow(name: string, work: Kind['work']): Kind {
  return {
    name,
    work,
    strike: async () => {
      if (work === 'done') return { kind: 'reword', reword: (answer) => sleep(tooLongMs, asItIs(answer)) };
      await sleep(tooLongMs);
      return work === 'late' ? undefined : { kind: 'hang-up' };
    },
  };
}

/** Nothing was done and a pause is asked for, in all the forms of asking. */
export const throttles: readonly Kind[] = [
  said('429', { status: 429, text: busy }),
  said('429 with Retry-After in seconds', { status: 429, headers: { 'retry-after': '2' }, text: busy }),
  {
    name: '429 with Retry-After as a date',
    work: 'not done',
    strike: () => {
      const date = new Date(Date.now() + 2000).toUTCString();
      return { kind: 'say', status: 429, headers: { 'retry-after': date }, text: busy };
    },
  },
];

/** The server fails, or somebody on the way to it. */
export const failures: readonly Kind[] = [
  ...[500, 502, 503, 504].flatMap((status) => both(String(status), { status, text: busy })),
  ...both('an HTML page with 502', { status: 502, headers: html, text: page }),
];

/** The connection breaks. */
export const breaks: readonly Kind[] = [
  { name: 'a reset', work: 'not done', strike: () => ({ kind: 'hang-up' }) },
  { name: 'a reset, after the work', work: 'done', strike: () => ({ kind: 'lose-answer' }) },
];

/** No answer comes in time. */
export const delays: readonly Kind[] = [
  slow('no answer in time', 'not done'),
  slow('no answer in time, after the work', 'done'),
  slow('no answer in time, before the work', 'late'),
];

/** An answer comes that is not what Cloudflare answers. */
export const riddles: readonly Kind[] = [
  ...both('an HTML page with 200', { status: 200, headers: html, text: page }),
  ...both('an empty object with 200', { status: 200, text: '{}' }),
  said('truncated JSON', { status: 200, text: '{"success":true,"errors":[],"mess' }),
  reworded('truncated JSON', truncated),
  said('malformed JSON', { status: 200, text: "{'success': true}," }),
  reworded('malformed JSON', malformed),
  reworded('"errors": null', withKeys({ errors: null })),
  reworded('"messages": null', withKeys({ messages: null })),
];

/** The API says no, in the forms that third parties have seen. */
export const refusals: readonly Kind[] = [
  said('a refusal', { status: 400, text: json(refusal) }),
  said('a refusal without a code', {
    status: 400,
    text: json({ ...refusal, errors: [{ message: 'not today' }] }),
  }),
  said('a refusal with "errors": null', { status: 403, text: json({ ...refusal, errors: null }) }),
  said('a refusal with "messages": null', { status: 400, text: json({ ...refusal, messages: null }) }),
];
