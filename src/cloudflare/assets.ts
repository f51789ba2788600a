import type { JsonObject } from '../model/body.ts';
import type { LiveAsset } from '../model/live.ts';
import type { RemoteReader, RemoteWriter } from '../model/remote.ts';
import type { Scope } from '../model/scope.ts';
import { read, write } from './ask.ts';
import { segment } from './call.ts';
import { Misfit } from './misfit.ts';
import { scopeCall } from './scope-call.ts';
import type { Transport } from './transport.ts';
import { readAsset, readAssets, writeAsset, writeNewAsset } from './wire-asset.ts';

/** The most that a page may hold (Cloudflare OpenAPI, `per_page` of the asset lists). */
const perPage = 200;

/** Reads assets. */
export function assetReader(transport: Transport): Pick<RemoteReader, 'listAssets' | 'readAsset'> {
  return {
    listAssets: (scope) => listAssets(transport, scope),
    readAsset: (scope, name) =>
      read<LiveAsset | undefined>(transport, {
        call: scopeCall(scope, 'assets', {
          doing: `reading asset ${name}`,
          below: `/${segment(name)}`,
          method: 'GET',
        }),
        understand: readAsset,
        missing: () => undefined,
      }),
  };
}

/** Writes assets. */
export function assetWriter(
  transport: Transport,
): Pick<RemoteWriter, 'createAsset' | 'updateAsset' | 'deleteAsset'> {
  return {
    createAsset: (scope, asset) =>
      write(transport, {
        call: scopeCall(scope, 'assets', {
          doing: `creating asset ${asset.name}`,
          method: 'POST',
          body: writeNewAsset(asset),
        }),
        understand: readAsset,
      }),
    updateAsset: (scope, asset) =>
      write(transport, {
        call: scopeCall(scope, 'assets', {
          doing: `updating asset ${asset.name}`,
          below: `/${segment(asset.name)}`,
          method: 'PUT',
          body: writeAsset(asset),
        }),
        understand: readAsset,
      }),
    deleteAsset: (scope, name) =>
      write<void>(transport, {
        call: scopeCall(scope, 'assets', {
          doing: `deleting asset ${name}`,
          below: `/${segment(name)}`,
          method: 'DELETE',
        }),
        understand: () => undefined,
        missing: () => undefined,
      }),
  };
}

/** Follows the pages until `total_count` is reached; a list that ends before that is a problem, never a short list. */
async function listAssets(transport: Transport, scope: Scope): Promise<readonly LiveAsset[]> {
  const byName = new Map<string, LiveAsset>();
  for (let page = 1; ; page += 1) {
    const before = byName.size;
    const complete = await read(transport, {
      call: scopeCall(scope, 'assets', {
        doing: 'listing the assets',
        method: 'GET',
        query: { page: String(page), per_page: String(perPage) },
      }),
      understand: (result, info) => {
        const assets = readAssets(result);
        for (const asset of assets) byName.set(asset.name, asset);
        return isComplete({
          info,
          pageSize: assets.length,
          page,
          gained: byName.size - before,
          size: byName.size,
        });
      },
    });
    if (complete) return [...byName.values()];
  }
}

interface Progress {
  readonly info: JsonObject;
  readonly page: number;
  readonly pageSize: number;
  readonly gained: number;
  readonly size: number;
}

function isComplete({ info, page, pageSize, gained, size }: Progress): boolean {
  const { total_count: total, total_pages: pages } = info;
  if (typeof total === 'number') {
    if (size >= total) return true;
    if (gained > 0) return false;
    throw new Misfit(`the list says that it holds ${total} assets, and its pages hold ${size}`);
  }
  // Without a total only a page that is not full, or that repeats what is known, can be the last one.
  return gained === 0 || (typeof pages === 'number' ? page >= pages : pageSize < perPage);
}
