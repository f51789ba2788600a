import { Refused } from './answer.ts';

/** What came back for the URL of a page, or why nothing did. */
export type PageAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly contentType: string;
      readonly body: Uint8Array;
    }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Answers GETs of pages and of what they load, without redirects; the app makes it. */
export type PageReader = (url: string) => Promise<PageAnswer>;

/** The longest page with everything that it loads, in characters (Cloudflare docs, troubleshooting of Custom Errors). */
const longest = 1_500_000;

/**
 * Fetches a page as Cloudflare does on every write of an asset, and gives the size in bytes of what it keeps: the page
 * with its images, style sheets and scripts. The page itself may answer 4xx or 5xx. Throws code 1202 for a page that is
 * unreachable, empty or too long, or one whose resources do not all answer 200.
 */
export async function storedSize(url: string, readPage: PageReader, status: number): Promise<number> {
  const refuse = (reason: string) => {
    throw new Refused(status, { code: 1202, message: `Error fetching page: ${reason}` });
  };
  const page = await readPage(url);
  if (page.kind === 'unreachable') return refuse(`Fetch failed, ${url} ${page.reason}`);
  if (page.status >= 300 && page.status < 400) return refuse(`Fetch failed, ${url} returned ${page.status}`);
  const text = new TextDecoder().decode(page.body);
  if (text.trim() === '') return refuse(`Fetch failed, ${url} returned an empty page`);
  const parts = [page.body];
  for (const resource of text.length > longest ? [] : resourcesOf(text, page.contentType, url)) {
    const answer = await readPage(resource);
    if (answer.kind === 'unreachable') return refuse(`Fetch failed, ${resource} ${answer.reason}`);
    if (answer.status !== 200) return refuse(`Fetch failed, ${resource} returned ${answer.status}`);
    parts.push(answer.body);
  }
  const characters = parts.reduce((sum, part) => sum + new TextDecoder().decode(part).length, 0);
  if (characters > longest) return refuse(`${url} is larger than ${longest} characters with its resources`);
  return parts.reduce((sum, part) => sum + part.byteLength, 0);
}

/** Links of these kinds say something about the page and load nothing. */
const idleLinks = /\b(canonical|alternate|preconnect|dns-prefetch|next|prev|author|license|help|search)\b/i;

/** The absolute URLs, each once, of what an HTML page loads with `img`, `script` and `link`. */
function resourcesOf(html: string, contentType: string, base: string): readonly string[] {
  if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(contentType)) return [];
  const found = new Set<string>();
  for (const [, tag = '', attributes = ''] of withoutComments(html).matchAll(
    /<(img|script|link)\s([^<>]*)>/gi,
  )) {
    const link = tag.toLowerCase() === 'link';
    if (link && idleLinks.test(attributeOf(attributes, 'rel') ?? '')) continue;
    const address = attributeOf(attributes, link ? 'href' : 'src');
    const url = address === undefined ? null : URL.parse(address, base);
    if (url !== null && url.protocol !== 'data:') found.add(url.href);
  }
  return [...found];
}

/** A regular expression would be slow on a page of many comments that never end. */
function withoutComments(html: string): string {
  const [first = '', ...rest] = html.split('<!--');
  const afterEnd = (part: string) => part.split('-->').slice(1).join('-->');
  return first + rest.map(afterEnd).join('');
}

function attributeOf(attributes: string, name: string): string | undefined {
  for (const [, key, double, single, bare] of attributes.matchAll(
    /([a-z-]+)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"']+))/gi,
  )) {
    if (key?.toLowerCase() === name) return (double ?? single ?? bare)?.replaceAll('&amp;', '&');
  }
  return undefined;
}
