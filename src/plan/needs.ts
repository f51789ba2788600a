import type { DesiredScope } from '../model/desired.ts';
import type { LiveScope } from '../model/live.ts';

/** What of a scope must be read before it can be planned. */
export interface ReadNeeds {
  /** The entry point with its rules. */
  readonly ruleset: boolean;
  /** The list of assets. */
  readonly assets: boolean;
}

/** What must be read at first: what is claimed, and the assets where a claimed rule names one that no claim covers. */
export function readNeeds({ rules, assets }: DesiredScope): ReadNeeds {
  const namesAsset = rules?.items.some(({ body }) => body.serve.source.kind === 'asset') ?? false;
  return { ruleset: rules !== undefined, assets: assets !== undefined || namesAsset };
}

/** What must be read besides, once the first reads are there: the rules, where assets are to be deleted. */
export function furtherNeeds({ assets }: DesiredScope, live: LiveScope): ReadNeeds {
  const wanted = new Set(assets?.items.map(({ body }) => body.name));
  const deletes = assets !== undefined && (live.assets ?? []).some(({ name }) => !wanted.has(name));
  return { ruleset: deletes && live.ruleset === undefined, assets: false };
}
