import type { Problem } from '../problem/problem.ts';
import type { Asset, Rule } from './body.ts';
import type { LiveAsset, LiveRuleset } from './live.ts';
import type { RulesetBody } from './plan.ts';
import type { Scope, ScopeName } from './scope.ts';

/** Requests at the same time, as many as Terraform and OpenTofu make: what limits a run is their number per window. */
export const defaultParallelism = 10;

/**
 * Reads Cloudflare. Every method throws `ProblemError` when the answer is no or cannot be had; none of them can
 * write: the transport behind it refuses any method but GET.
 */
export interface RemoteReader {
  /** Base URL without a trailing slash. */
  readonly target: string;
  /**
   * Finds the scopes of these names, in their order, with as few requests as the names allow. Names that are ids cost
   * no request. A name that is not visible, or that fits two zones, is a problem in its place.
   */
  resolve(names: readonly ScopeName[]): Promise<readonly (Scope | Problem)[]>;
  /** The entry point of `http_custom_errors`; 404 is version `none` with no rules, 403 never is. */
  readRuleset(scope: Scope): Promise<LiveRuleset>;
  /** Every asset of the scope, all pages. */
  listAssets(scope: Scope): Promise<readonly LiveAsset[]>;
  /** One asset, or undefined where Cloudflare answers 404. */
  readAsset(scope: Scope, name: string): Promise<LiveAsset | undefined>;
}

/** Asks Cloudflare for its verdict on a rule list without writing (`dry_run=true`). */
export interface RemoteValidator {
  /** `unavailable` (with the reason) where the server cannot be trusted to understand `dry_run`. */
  validateRuleset(scope: Scope, body: RulesetBody): Promise<ServerVerdict>;
}

/** One refusal of a dry run; `pointer` is a JSON pointer into the body, such as `/rules/0/expression`. */
export interface Refusal {
  readonly message: string;
  readonly code?: number;
  readonly pointer?: string;
}

export type ServerVerdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'unavailable'; readonly reason: string };

/**
 * Writes Cloudflare. A method throws `WriteError` when a write failed; its `fate` says whether the write may have
 * happened all the same. A write that had to pause, for a rate limit or after a failure, is not sent: its caller looks
 * whether what it writes over is still what it was, and asks again.
 */
export interface RemoteWriter {
  createAsset(scope: Scope, asset: Asset): Promise<LiveAsset>;
  /** PUT; with the same URL Cloudflare fetches the page again. */
  updateAsset(scope: Scope, asset: Asset): Promise<LiveAsset>;
  /** 404 counts as done. */
  deleteAsset(scope: Scope, name: string): Promise<void>;
  /** One PUT of the whole ordered list; never repeated after a lost answer: the caller reads back first. */
  putRuleset(scope: Scope, description: string | undefined, rules: readonly Rule[]): Promise<LiveRuleset>;
}

export type Remote = RemoteReader & RemoteWriter;
