import type { Severity } from './problem.ts';

/** One row of the table of codes: how bad it is, what it means and what to do, in words for `docs/problems.md`. */
export interface CodeEntry {
  readonly severity: Severity;
  /** What is wrong, in one short sentence without a full stop. */
  readonly title: string;
  /** Why it is a problem and what to do about it: one to three sentences. */
  readonly explain: string;
  /**
   * Present where an ignore comment may silence it. `table`: it rests on tables of this version, which may be older than
   * Cloudflare, so `--allow` lets it pass too, and the server's own word wins. `lint`: the file is valid, and this is
   * probably not what was meant.
   */
  readonly kind?: 'table' | 'lint';
  /**
   * An expression, the page of a rule or a list of rules that shows it, and the same as it should be: for
   * `docs/problems.md`. Every lint and every finding about expressions has both, unless a line or two cannot show it.
   */
  readonly wrong?: string;
  readonly right?: string;
}
