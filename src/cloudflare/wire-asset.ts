import type { Asset, Json } from '../model/body.ts';
import type { LiveAsset } from '../model/live.ts';
import { isObject } from './envelope.ts';
import { Misfit } from './misfit.ts';

/** An asset as a POST sends it (Cloudflare OpenAPI, `custom-pages-for-a-zone-create-an-asset`). */
export type NewWireAsset = WireAsset & { readonly name: string };

/** An asset as a PUT sends it: its name stands in the path and cannot be changed. */
export type WireAsset = { readonly description: string; readonly url: string };

/** The keys of an asset's answer; all of them are read. */
export type WireAssetKey = keyof NewWireAsset | 'last_updated' | 'size_bytes';

/** The body that creates an asset. */
export function writeNewAsset(asset: Asset): NewWireAsset {
  return { name: asset.name, ...writeAsset(asset) };
}

/** The body that updates an asset. */
export function writeAsset({ description, url }: Asset): WireAsset {
  return { description, url };
}

/** Reads a page of a list; throws `Misfit`. */
export function readAssets(result: Json): readonly LiveAsset[] {
  if (!Array.isArray(result)) throw new Misfit('"result" is not a list of assets');
  return result.map(readAsset);
}

/** Reads one asset; throws `Misfit` for one without a name or a URL. */
export function readAsset(json: Json): LiveAsset {
  if (!isObject(json)) throw new Misfit('an asset is not an object');
  const {
    name,
    url,
    description,
    last_updated: lastUpdated,
    size_bytes: sizeBytes,
  } = json satisfies Partial<Record<WireAssetKey, Json>>;
  if (typeof name !== 'string' || name === '') throw new Misfit('an asset has no name');
  if (typeof url !== 'string') throw new Misfit(`asset "${name}" has no URL`);
  return {
    name,
    url,
    description: typeof description === 'string' ? description : '',
    lastUpdated: typeof lastUpdated === 'string' ? lastUpdated : '',
    sizeBytes: typeof sizeBytes === 'number' ? sizeBytes : 0,
  };
}
