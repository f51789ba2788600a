import { type Checked, problem } from '../problem/problem.ts';

/** Cloudflare's own API (Cloudflare OpenAPI, `servers`). */
export const defaultBaseUrl = 'https://api.cloudflare.com/client/v4';

/** Checks a base URL (https unless loopback; no credentials, query or fragment) and drops its trailing slashes. */
export function checkBaseUrl(text: string): Checked<string> {
  const url = URL.parse(text.trim());
  if (url === null) return refused(`the base URL "${withoutUser(text)}" is not a URL`);
  const wrong = faults.filter((fault) => fault.found(url));
  if (wrong.length > 0) {
    return refused(`the base URL "${withoutUser(text)}" ${wrong.map((fault) => fault.says).join(' and ')}`);
  }
  return { value: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, problems: [] };
}

const faults: readonly { readonly says: string; readonly found: (url: URL) => boolean }[] = [
  { says: 'is neither https nor http', found: (url) => !['https:', 'http:'].includes(url.protocol) },
  { says: 'is plain http to another machine', found: (url) => url.protocol === 'http:' && !isLoopback(url) },
  { says: 'holds credentials', found: (url) => url.username !== '' || url.password !== '' },
  { says: 'holds a query', found: (url) => url.search !== '' },
  { says: 'holds a fragment', found: (url) => url.hash !== '' },
];

/** True for an address of this very machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function withoutUser(text: string): string {
  return text.replace(/^(\w+:\/\/)?.*@/s, '$1…@');
}

function refused(message: string): Checked<string> {
  const hint = `use a form such as ${defaultBaseUrl}; http is allowed for 127.0.0.1, ::1 and localhost`;
  return { value: undefined, problems: [problem({ code: 'cloudflare/base-url', message, hint })] };
}
