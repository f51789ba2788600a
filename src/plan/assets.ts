import { assetEdits, type Undigested } from '../compare/compare.ts';
import type { Claim, DesiredAsset } from '../model/desired.ts';
import type { LiveAsset } from '../model/live.ts';
import type { AssetCreate, AssetDelete, AssetRefresh, AssetUpdate } from '../model/plan.ts';
import type { Losses } from './hazards.ts';

/** What becomes of the assets of a scope, each list in the order in which it runs. */
export interface AssetsDiff {
  /** Creates, updates and refreshes, each in the order of the file. */
  readonly writes: readonly Undigested<AssetCreate | AssetUpdate | AssetRefresh>[];
  /** By name, since the order of a live list means nothing. */
  readonly deletes: readonly Undigested<AssetDelete>[];
  readonly losses: Losses;
  /** How many desired assets stay as they are. */
  readonly unchanged: number;
}

/** Compares the assets that a scope claims with the live ones; `refresh` says which to fetch again in any case. */
export function diffAssets(
  { items, origin }: Claim<DesiredAsset>,
  live: readonly LiveAsset[],
  refresh: (name: string) => boolean,
): AssetsDiff {
  const there = new Map(live.map((asset) => [asset.name, asset]));
  const wanted = new Set(items.map(({ body }) => body.name));
  const writes = items.flatMap((one) => writeOf(one, there.get(one.body.name), refresh) ?? []);
  const going = [...there.values()].filter(({ name }) => !wanted.has(name)).sort(byName);
  const removed = going.map(({ name }) => name);
  return {
    writes: writeOrder.flatMap((kind) => writes.filter((write) => write.kind === kind)),
    deletes: going.map((asset) => ({ kind: 'asset-delete', live: asset, origin })),
    losses: { kind: 'asset', span: origin, desired: items.length, live: there.size, removed },
    unchanged: items.length - writes.length,
  };
}

function byName(one: LiveAsset, other: LiveAsset): number {
  return one.name < other.name ? -1 : 1;
}

const writeOrder = ['asset-create', 'asset-update', 'asset-refresh'] as const;

function writeOf(
  { body: asset, origin }: DesiredAsset,
  live: LiveAsset | undefined,
  refresh: (name: string) => boolean,
): AssetsDiff['writes'][number] | undefined {
  if (live === undefined) return { kind: 'asset-create', asset, origin };
  const edits = assetEdits(live, asset);
  if (edits.length > 0) return { kind: 'asset-update', asset, live, edits, origin };
  return refresh(asset.name) ? { kind: 'asset-refresh', asset, live, origin } : undefined;
}
