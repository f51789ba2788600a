import type { Phrase } from '../model/phrase.ts';
import type { Plan } from '../model/plan.ts';
import type { Look } from './look.ts';

/** Base URL of Cloudflare's API (Cloudflare docs, Make API calls). */
const cloudflare = 'https://api.cloudflare.com/client/v4';

/** Which API a plan speaks to; empty for Cloudflare's own, and for a sandbox, which says so itself. */
export function apiWords({ target }: Plan, { sandbox }: Pick<Look, 'sandbox'>): Phrase {
  if (sandbox || target === cloudflare || target.startsWith('sandbox')) return [];
  return [{ own: 'made with the API at ' }, { theirs: target }, { own: ", which is not Cloudflare's own" }];
}
