/** Any JSON value, as read. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** The content types that `serve_error` accepts (Cloudflare OpenAPI, `rulesets_ServeErrorContentType`). */
export const contentTypes = ['text/html', 'text/plain', 'application/json', 'text/xml'] as const;

export type ContentType = (typeof contentTypes)[number];

/**
 * What a custom error asset is made of. `name` cannot be changed after creation; Cloudflare fetches `url` on every
 * write and keeps the page, which cannot be read back.
 */
export interface Asset {
  /** `^[A-Za-z0-9_]{1,200}$` */
  readonly name: string;
  readonly url: string;
  /** `''` where there is none: the API wants the key on every write. */
  readonly description: string;
}

/** Where a rule's page comes from. `nothing` occurs only in live rules that the API should not hold. */
export type Source =
  | { readonly kind: 'asset'; readonly assetName: string }
  | { readonly kind: 'content'; readonly content: string }
  | { readonly kind: 'nothing' };

/** The parameters of a `serve_error` rule. */
export interface Serve {
  readonly source: Source;
  /** Absent beside an asset means text/html. A live rule may hold a type that is not in `contentTypes`. */
  readonly contentType?: string;
  /** The status that visitors get, 400..999; absent: the status of the error itself. */
  readonly statusCode?: number;
  /** Keys of `action_parameters` that this version does not know, under their own names; carried along as read. */
  readonly extra?: JsonObject;
}

/** The asset that a rule names, also where it does so in a malformed way; undefined for a rule that names none. */
export function namedAsset({ serve: { source, extra } }: Pick<Rule, 'serve'>): string | undefined {
  if (source.kind === 'asset') return source.assetName;
  return typeof extra?.asset_name === 'string' ? extra.asset_name : undefined;
}

/**
 * A rule as somebody wrote it: in the file or in Cloudflare, the same type, the text kept as it was. Absent
 * `enabled` means true, absent `description` means empty; only `compare` may say that two bodies are equal.
 */
export interface Rule {
  /** The rule's name for life, 1..200 characters, unique in its scope; for rules made in the dashboard their id. */
  readonly ref: string;
  /** At most 4,096 characters. */
  readonly expression: string;
  readonly description?: string;
  readonly enabled?: boolean;
  readonly serve: Serve;
}
