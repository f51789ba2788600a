import { Agent, errors, interceptors } from 'undici';
import { lossOf } from './loss.ts';

/** What a plain GET of an asset's page gave. */
export type PageProbe =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Lower case, without parameters; empty where the answer names none. */
      readonly contentType: string;
      /** Bytes of the body; reading stops above 2,000,000, and the number is then a lower bound. */
      readonly byteLength: number;
    }
  | { readonly kind: 'unreachable'; readonly reason: string };

interface ProbeOptions {
  readonly userAgent: string;
  /** 10,000 by default, redirects included. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

const maxRedirections = 5;

/** Above the 1.5 MB that Cloudflare takes, so that too large a page is seen as such. */
const maxBytes = 2_000_000;

/**
 * Gets a page once, without credentials; never throws for what the world does. A sixth redirect is not followed but is
 * itself the answer.
 */
export async function probePage(url: string, options: ProbeOptions): Promise<PageProbe> {
  const { userAgent, timeoutMs = 10_000, signal } = options;
  const parsed = URL.parse(url);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) {
    return { kind: 'unreachable', reason: 'the URL is neither http nor https' };
  }
  const ends = [AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])];
  const agent = new Agent();
  try {
    const answer = await agent.compose(interceptors.redirect({ maxRedirections })).request({
      origin: parsed.origin,
      path: parsed.pathname + parsed.search,
      method: 'GET',
      headers: { 'user-agent': userAgent, accept: '*/*' },
      signal: AbortSignal.any(ends),
    });
    const type = [answer.headers['content-type']].flat()[0] ?? '';
    return {
      kind: 'answer',
      status: answer.statusCode,
      contentType: type.split(';')[0]?.trim().toLowerCase() ?? '',
      byteLength: await countBytes(answer.body),
    };
  } catch (error) {
    if (error instanceof errors.InvalidArgumentError)
      return { kind: 'unreachable', reason: 'it redirects in a circle, or to no web page' };
    return { kind: 'unreachable', reason: lossOf(error, { timeoutMs }).reason };
  } finally {
    await agent.destroy();
  }
}

async function countBytes(body: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) break;
  }
  return bytes;
}
