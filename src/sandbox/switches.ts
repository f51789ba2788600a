import type { Json } from './json.ts';

/**
 * What Cloudflare's public material does not settle, one field each, so that a tool can be tried against both
 * readings. A field may be changed while the sandbox runs; it counts from the next request on.
 */
export interface Switches {
  /** The code beside 404 for a phase without an entry point; older captures show 10001. */
  missingEntrypointCode: 10003 | 10001;
  /** What a call below an id that the credential cannot see answers: 403, or the 404 of a scope without rules. */
  unknownScope: 'forbidden' | 'missing-entrypoint';
  /** The status beside code 9109 for a token that Cloudflare does not know. */
  unknownTokenStatus: 401 | 403;
  /** Whether a 403 of the Rulesets API carries code 10000, or only the text "request is not authorized". */
  rulesetsForbidden: 'coded' | 'codeless';
  /** Whether `messages` of the Rulesets API is an empty list or null. */
  rulesetsMessages: 'list' | 'null';
  /** Whether answers with an asset carry `errors` and `messages`; the samples of the documentation do not. */
  assetAnswers: 'full' | 'terse';
  /** The name of the cursor in the list of rulesets: OpenAPI says `cursors.after`, the official SDK reads `cursor`. */
  rulesetsCursor: 'cursors.after' | 'cursor';
  /** Whether answers show the empty description of a rule. */
  emptyRuleDescription: 'absent' | 'present';
  /** What a PUT without `rules` does to the rules. */
  putWithoutRules: 'clear' | 'keep';
  /** Whether a PUT of what is there already makes a new version. */
  identicalPut: 'new-version' | 'same-version';
  /** What the `id` of a rule in a request does. */
  ruleId: 'keep' | 'ignore' | 'refuse';
  /** What `version`, `last_updated` and `categories` of a rule in a request do. */
  readOnlyRuleFields: 'refuse' | 'ignore';
  /** Whether an unchanged rule that is sent without `ref` keeps its id. */
  equalRuleWithoutRef: 'new-id' | 'same-id';
  /** Whether expressions are kept as they were sent. */
  expressionText: 'as-sent' | 'trimmed';
  /** What `asset_name` without `content_type` becomes. */
  assetWithoutContentType: 'as-sent' | 'text/html' | 'refuse';
  /** `content` and `asset_name` in one rule. */
  bothSources: 'refuse' | 'accept';
  /** A rule that names an asset which its scope does not have. */
  missingAsset: 'refuse' | 'accept';
  /** The deletion of an asset that a rule names. */
  deleteNamedAsset: 'accept' | 'refuse';
  /** The longest inline content. */
  contentLimit: number;
  /** What `contentLimit` counts. */
  contentLimitUnit: 'characters' | 'bytes';
  /** How many rules, and how many assets, an account may hold. */
  accountQuota: number;
  /** Whether the server knows `dry_run`; a gateway in between may drop it, and then the write happens. */
  dryRun: 'works' | 'ignored';
  /** Whether a dry run refuses rules that name a missing asset. */
  dryRunReferences: 'checked' | 'unchecked';
  /** A hyphen in the name of an asset. */
  hyphenInAssetName: 'refuse' | 'accept';
  /** An empty description of an asset. */
  emptyAssetDescription: 'accept' | 'refuse';
  /** An asset whose URL is `http:`. */
  plainHttpPage: 'accept' | 'refuse';
  /** The status beside code 1202. */
  fetchFailedStatus: number;
  /** The actions that the phase of custom errors takes; more of them as a newer Cloudflare might have. */
  customErrorActions: readonly string[];
  /** Keys of `action_parameters` that a newer Cloudflare might take, beyond those of today. */
  newActionParameters: readonly string[];
  /** Keys that a newer Cloudflare might show at the top of every rule, and refuse in requests. */
  newRuleFields: Readonly<Record<string, Json>>;
  /** Expressions that are refused: each one that contains `text`, with `reason` as Cloudflare's own words. */
  rejectedExpressions: readonly { readonly text: string; readonly reason: string }[];
  /** Parts of expressions that a newer Cloudflare might take: what contains one of them is not checked. */
  acceptedExpressions: readonly string[];
}

/** The reading that the sources make most likely. */
export const defaultSwitches: Readonly<Switches> = {
  missingEntrypointCode: 10003,
  unknownScope: 'forbidden',
  unknownTokenStatus: 403,
  rulesetsForbidden: 'coded',
  rulesetsMessages: 'list',
  assetAnswers: 'full',
  rulesetsCursor: 'cursors.after',
  emptyRuleDescription: 'absent',
  putWithoutRules: 'clear',
  identicalPut: 'new-version',
  ruleId: 'keep',
  readOnlyRuleFields: 'refuse',
  equalRuleWithoutRef: 'new-id',
  expressionText: 'as-sent',
  assetWithoutContentType: 'as-sent',
  bothSources: 'refuse',
  missingAsset: 'refuse',
  deleteNamedAsset: 'accept',
  contentLimit: 10_240,
  contentLimitUnit: 'characters',
  accountQuota: 300,
  dryRun: 'works',
  dryRunReferences: 'checked',
  hyphenInAssetName: 'refuse',
  emptyAssetDescription: 'accept',
  plainHttpPage: 'accept',
  fetchFailedStatus: 400,
  customErrorActions: ['serve_error'],
  newActionParameters: [],
  newRuleFields: {},
  rejectedExpressions: [],
  acceptedExpressions: [],
};
