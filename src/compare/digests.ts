import { createHash } from 'node:crypto';
import type { Asset, Json, JsonObject, Rule } from '../model/body.ts';
import { type LiveAsset, type LiveScope, noVersion } from '../model/live.ts';
import type { Change, RulesetUpdate } from '../model/plan.ts';
import { canonicalJson } from './canonical.ts';

/** A change before it has its digest. */
export type Undigested<C extends Change = Change> = C extends Change ? Omit<C, 'digest'> : never;

/** SHA-256, in lower-case hexadecimal, of the canonical JSON (keys sorted, no blanks) in UTF-8. */
export function digest(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/**
 * The digest of a change: the scope's kind and id, what is written, and what it is written over (the ruleset's id and version;
 * of an asset everything that can be read). Where things stand in the file and what scopes are called does not count.
 */
export function changeDigest({ scope, ruleset }: LiveScope, change: Undigested): string {
  // A ruleset that was deleted and made anew counts its versions from 1 again, under another id.
  const version =
    ruleset === undefined || ruleset.version === noVersion ? noVersion : `${ruleset.id} ${ruleset.version}`;
  return digest({ kind: change.kind, scope: [scope.kind, scope.id], ...writtenOver(change, version) });
}

/** `cfe1:` and the hash of the digests in their order. */
export function fingerprintOf(digests: readonly string[]): string {
  return `cfe1:${digest(digests)}`;
}

function writtenOver(change: Undigested, version: string): JsonObject {
  switch (change.kind) {
    case 'asset-create':
      return { written: writtenAsset(change.asset), over: null };
    case 'asset-update':
    case 'asset-refresh':
      return { written: writtenAsset(change.asset), over: readAsset(change.live) };
    case 'asset-delete':
      return { written: null, over: readAsset(change.live) };
    case 'ruleset-update':
      return { written: writtenRuleset(change.body), over: version };
  }
}

function writtenAsset({ name, url, description }: Asset): JsonObject {
  return { name, url, description };
}

function readAsset(asset: LiveAsset): JsonObject {
  return { ...writtenAsset(asset), last_updated: asset.lastUpdated, size_bytes: asset.sizeBytes };
}

function writtenRuleset({ description, rules }: RulesetUpdate['body']): JsonObject {
  return { description: description ?? null, rules: rules.map(({ rule }) => writtenRule(rule)) };
}

/** The API takes `enabled` in every rule, and a description only where it is not empty. */
function writtenRule({ ref, expression, description, enabled, serve }: Rule): JsonObject {
  const { source, contentType, statusCode, extra } = serve;
  return {
    ref,
    expression,
    description: description ?? '',
    enabled: enabled ?? true,
    source: { ...source },
    content_type: contentType ?? null,
    status_code: statusCode ?? null,
    extra: extra ?? {},
  };
}
