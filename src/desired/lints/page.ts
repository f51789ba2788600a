import { nearest } from '../../problem/nearest.ts';
import type { ProblemInput } from '../../problem/problem.ts';

/** A page as visitors get it. */
export interface ServedPage {
  readonly content: string;
  readonly contentType: string | undefined;
}

/** What is odd about a page; nothing of one that is empty or too long, which is refused anyway. */
export function pageLints(page: ServedPage): readonly ProblemInput[] {
  if (page.content === '' || page.content.length > longest) return [];
  return [...(lintsOfType[page.contentType ?? '']?.(page.content) ?? []), ...unknownTokens(page.content)];
}

const longest = 100_000;

const lintsOfType: Readonly<Record<string, (content: string) => readonly ProblemInput[]>> = {
  'application/json': jsonLints,
  'text/html': htmlLints,
};

/** Cloudflare docs, custom errors, error tokens. */
const tokens: ReadonlySet<string> = new Set([
  '::CLIENT_IP::',
  '::RAY_ID::',
  '::GEO::',
  '::CAPTCHA_BOX::',
  '::CF_WIDGET_BOX::',
  '::IM_UNDER_ATTACK_BOX::',
  '::CLOUDFLARE_ERROR_500S_BOX::',
  '::CLOUDFLARE_ERROR_1000S_BOX::',
]);

const token = /::[A-Z][A-Z0-9_]*::/g;

function jsonLints(content: string): readonly ProblemInput[] {
  try {
    // A token that stands where a number could is one once Cloudflare has filled it in.
    JSON.parse(content.replaceAll(token, '0'));
    return [];
  } catch {
    const message = 'this page is served as application/json, and it is no JSON';
    const hint = 'look for a missing quote or a comma too many, or set another content_type';
    return [{ code: 'lint/not-json', message, hint }];
  }
}

function htmlLints(content: string): readonly ProblemInput[] {
  const found: ProblemInput[] = [];
  const visible = content.replaceAll(/<!--[\s\S]*?-->/g, '');
  if (!/^\s*<!doctype\s+html/i.test(visible)) {
    const message = 'this HTML page does not begin with <!DOCTYPE html>';
    found.push({ code: 'lint/no-doctype', message, hint: 'make <!DOCTYPE html> its first line' });
  }
  const tag = /<meta\s[^<>]*\bname\s*=\s*["']?referrer\b[^<>]*>/i.exec(visible)?.[0];
  if (tag !== undefined) {
    const message = `this HTML page has the tag ${tag.slice(0, 100)}`;
    found.push({ code: 'lint/referrer', message, hint: 'remove it: challenges need the referrer' });
  }
  return found;
}

function unknownTokens(content: string): readonly ProblemInput[] {
  const found = new Set(content.match(token)?.filter((one) => !tokens.has(one)));
  return [...found].slice(0, mostTokens).map((one) => {
    const near = nearest(one, tokens);
    return {
      code: 'lint/unknown-token',
      message: `Cloudflare does not fill in ${one}`,
      hint:
        near === undefined ? 'the docs name ::CLIENT_IP::, ::RAY_ID:: and ::GEO::' : `did you mean ${near}?`,
    };
  });
}

/** Nobody reads more of them. */
const mostTokens = 5;
