import type { Phrase } from '../model/phrase.ts';
import type { Plan } from '../model/plan.ts';
import type { Look } from './look.ts';

/** Base URL of Cloudflare's API (Cloudflare docs, Make API calls). */
const cloudflare = 'https://api.cloudflare.com/client/v4';

/**
 * What a plan was made on, where that is not Cloudflare: another API, or the files that others are compared with. A
 * sandbox says so itself.
 */
export function apiWords({ target, comparison }: Plan, { sandbox }: Pick<Look, 'sandbox'>): Phrase {
  if (comparison !== undefined) {
    const { before, after } = comparison;
    return [
      { theirs: before },
      { own: ' → ' },
      { theirs: after },
      { own: ', as if the former were live: nobody asked Cloudflare' },
    ];
  }
  if (sandbox || target === cloudflare || target.startsWith('sandbox')) return [];
  return [{ own: 'made with the API at ' }, { theirs: target }, { own: ", which is not Cloudflare's own" }];
}
