import type { CodeEntry } from '../entry.ts';

export const importCodes = {
  'import/nothing-named': {
    severity: 'error',
    title: 'Nothing was named to import',
    explain: 'Import needs to know which scopes to read: name each with --zone or --account, by name or id.',
  },
  'import/foreign-action': {
    severity: 'error',
    title: 'A live rule has another action than serve_error',
    explain:
      'The file can only express serve_error rules. The rule stands in the file as a comment, as JSON; while it is live, plans stop for its scope. Remove it in the dashboard if nobody needs it.',
  },
  'import/rule-not-expressible': {
    severity: 'error',
    title: 'A live rule cannot be written in the file',
    explain:
      'The parameters of the rule are not ones that Cloudflare documents for serve_error. The rules of its scope were left out of the file, so that applying it cannot remove the rule; the rule stands there as a comment.',
  },
  'import/asset-not-expressible': {
    severity: 'error',
    title: 'A live asset cannot be written in the file',
    explain:
      'The name of the asset is outside the pattern that Cloudflare documents. The assets of its scope were left out of the file, so that applying it cannot delete the asset; the asset stands there as a comment.',
  },
  'import/carried-along': {
    severity: 'warning',
    title: 'A live rule has parameters that the file does not show',
    explain:
      'Parameters that this version does not know are not written to the file, but they stay: plan and apply carry them along as long as the rule keeps its ref.',
  },
  'import/proof-failed': {
    severity: 'error',
    title: 'A plan of the imported file is not empty',
    explain:
      'Import proves its result by planning it against what was just read. The difference that is left says what the file does not hold; look at it before applying.',
  },
} as const satisfies Record<`import/${string}`, CodeEntry>;
