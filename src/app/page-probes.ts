import type { PageProbe } from '../cloudflare/cloudflare.ts';
import type { AssetCreate, AssetRefresh, AssetUpdate, Plan, ScopePlan } from '../model/plan.ts';
import { scopeLabel } from '../model/scope.ts';
import { type Problem, problem } from '../problem/problem.ts';
import type { Finding } from './plan.ts';

type AssetWrite = AssetCreate | AssetUpdate | AssetRefresh;

/** What an asset's page may be, by the types that `serve_error` can send (Cloudflare docs, Custom Errors parameters). */
const pageTypes = new Set(['text/html', 'text/plain', 'application/json', 'text/xml', 'application/xml']);

/**
 * Gets the URL of every asset that a plan would write, each URL once, and warns where the answer is not a page that
 * should be shown to visitors: Cloudflare would store it just as well.
 */
export async function probePages(plan: Plan, probe: (url: string) => Promise<PageProbe>): Promise<Finding[]> {
  const writes = plan.scopes.flatMap((scope) => assetWrites(scope).map((write) => ({ scope, write })));
  const answers = new Map<string, Promise<PageProbe>>();
  const once = (url: string): Promise<PageProbe> => {
    const answer = answers.get(url) ?? probe(url);
    answers.set(url, answer);
    return answer;
  };
  const findings = await Promise.all(
    writes.map(async ({ scope, write }) => {
      const complaint = complaintAbout(await once(write.asset.url));
      return complaint === undefined
        ? []
        : [{ scopeId: scope.scope.id, problem: warn(scope, write, complaint) }];
    }),
  );
  return findings.flat();
}

function assetWrites(scope: ScopePlan): AssetWrite[] {
  return scope.changes.filter((change) => change.kind !== 'ruleset-update' && change.kind !== 'asset-delete');
}

function complaintAbout(page: PageProbe): string | undefined {
  if (page.kind === 'unreachable') return `could not be fetched from here, ${page.reason}`;
  if (page.status < 200 || page.status > 299) return `answers with status ${page.status}`;
  if (page.byteLength === 0) return 'answers with an empty body';
  if (!pageTypes.has(page.contentType)) return `answers with the type "${page.contentType || 'none'}"`;
  return undefined;
}

function warn({ scope }: ScopePlan, { asset, origin }: AssetWrite, complaint: string): Problem {
  return problem({
    code: 'app/page-probe',
    message: `the page of asset ${asset.name} ${complaint} (${asset.url})`,
    span: origin.keys.url ?? origin.item,
    scope: scopeLabel(scope),
    hint: 'Cloudflare stores whatever it gets at the moment of the write; look at the page before applying',
  });
}
