import type { Asset, Json, JsonObject, Rule } from './body.ts';
import type { Scope } from './scope.ts';

/** An asset as Cloudflare holds it. */
export interface LiveAsset extends Asset {
  /** RFC 3339, as sent; moves with every write. Empty where the answer had none. */
  readonly lastUpdated: string;
  /** Size of the stored page in bytes, after Cloudflare's own processing. */
  readonly sizeBytes: number;
}

/** A rule as Cloudflare holds it. */
export interface LiveRule extends Rule {
  /** 32 hexadecimal digits; kept by Cloudflare as long as `ref` stays the same. */
  readonly id: string;
  readonly version: string;
  /** `serve_error` in every rule that this tool can manage. */
  readonly action: string;
  /** Names of keys at the top of the rule that are unknown here: never sent back (the API refuses them). */
  readonly unknownKeys: readonly string[];
  /** The rule exactly as the API sent it, for backups and for import. */
  readonly raw: JsonObject;
}

/** The entry point ruleset of phase `http_custom_errors`. */
export interface LiveRuleset {
  readonly id: string;
  /** Digits; goes up by one with every change of the ruleset. `none` where Cloudflare answered 404: no rules yet. */
  readonly version: string;
  /** Sent back unchanged. */
  readonly description?: string;
  readonly rules: readonly LiveRule[];
  /** The answer's `result` as it was, for backups; null for 404. */
  readonly raw: Json;
}

/** The version of an entry point that does not exist yet. */
export const noVersion = 'none';

/** The version of rules that a file holds and nobody read. */
export const unknownVersion = '';

/** What was read of one scope; what nobody needed was not read and is absent. */
export interface LiveScope {
  readonly scope: Scope;
  readonly ruleset?: LiveRuleset;
  readonly assets?: readonly LiveAsset[];
}

/** What was read, by scope id. */
export type LiveState = ReadonlyMap<string, LiveScope>;
