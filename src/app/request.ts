/** Which files, and which of their scopes. */
export interface Selection {
  /** Files, directories or `-`; empty means the default file of the working directory. */
  readonly config: readonly string[];
  /** Names or ids; empty lists mean all scopes. */
  readonly zones: readonly string[];
  readonly accounts: readonly string[];
}

/** Which Cloudflare: the real one (from the environment) or an embedded sandbox. */
export interface TargetRequest {
  /** Present: an embedded API on loopback is used, its state in memory or in `stateFile`. */
  readonly sandbox?: { readonly stateFile?: string; readonly pagesDir?: string };
  /** Requests at the same time. */
  readonly parallelism: number;
  /** The longest pause because of a rate limit, in milliseconds; absent: 300,000. */
  readonly maxWaitMs?: number;
  /** The longest that one attempt of a call may take, in milliseconds; absent: 60,000. */
  readonly timeoutMs?: number;
}

export interface PlanRequest {
  readonly selection: Selection;
  readonly target: TargetRequest;
  /** Names of assets to fetch again, or all of them. */
  readonly refresh: readonly string[] | 'all';
  /** `CODE` or `CODE@SCOPE`. */
  readonly allow: readonly string[];
  /** Ask Cloudflare for its verdict with a dry run. */
  readonly online: boolean;
  /** Look at the pages of assets that will be written. */
  readonly probe: boolean;
}
