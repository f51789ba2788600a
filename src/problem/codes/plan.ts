import type { CodeEntry } from '../entry.ts';

export const planCodes = {
  'plan/take-over': {
    severity: 'hazard',
    title: 'Everything that is live would be replaced by things of other names',
    explain:
      'Nothing that Cloudflare holds of this kind is in the file, so somebody else, or an older file, probably made it. Run "cf-errors import" to take it into the file; allow the code only if all of it may go.',
  },
  'plan/mass-delete': {
    severity: 'hazard',
    title: 'At least three things, and more than 30 % of all, would be deleted',
    explain:
      'So many removals at once are more often a lost part of a file than a wish. Read the names; allow the code if every one of them may go.',
  },
  'plan/empty': {
    severity: 'hazard',
    title: 'The last rule or asset of a scope would be deleted',
    explain:
      'The file claims this kind with an empty list, so nothing of it would be left. To stop managing the kind and leave it as it is, remove the whole key from the file; allow the code if it is to be emptied.',
  },
  'plan/asset-in-use': {
    severity: 'error',
    title: 'An asset would be deleted while rules still name it',
    explain:
      'Visitors would get no page from those rules. Put the asset back into the file, or first change the rules, which may stand in the dashboard when the file does not claim them.',
  },
  'plan/asset-missing': {
    severity: 'error',
    title: 'A rule names an asset that does not exist',
    explain:
      'A rule can only name an asset of its own zone or account. Correct the name, or add the asset under "assets:" of the same scope.',
  },
  'plan/foreign-action': {
    severity: 'error',
    title: 'A live rule does something else than serve an error page',
    explain:
      'This tool writes the whole list of rules and knows only the action serve_error, so it would destroy the rule. Nothing of the scope is written. Remove that rule from the phase, or leave "rules:" out of the file.',
  },
  'plan/duplicate-live-ref': {
    severity: 'error',
    title: 'Two live rules have the same ref',
    explain:
      'A ref is what tells rules apart, so it cannot be said which of the two a rule of the file is. Nothing of the scope is written. Delete one of them in the dashboard.',
  },
  'plan/unknown-rule-keys': {
    severity: 'warning',
    title: 'Live rules hold keys that this version does not know',
    explain:
      'The API refuses keys that it does not expect, so unknown keys at the top of a rule are never sent back and may be lost when the rules are written. Look for a newer version of this tool.',
  },
  'plan/over-quota': {
    severity: 'warning',
    title: 'A zone would hold more than its plan is documented to',
    explain:
      'Pro zones hold 25 rules and 25 assets, Business zones 50, Enterprise zones 300, Free zones none; a contract may say otherwise, so Cloudflare has the last word at apply or with --online. New assets are made before old ones are deleted and count together until then. The plan is known only where a zone is given by its name.',
    wrong:
      'rules: # 26, in a zone on the Pro plan\n  - ref: rule_01\n    expression: http.host eq "a.example.com"\n    asset_name: sorry\n  - ref: rule_02\n    expression: http.host eq "b.example.com"\n    asset_name: sorry\n  # … and 24 more',
    right:
      'rules: # one where many show the same page\n  - ref: sorry\n    expression: http.host in {"a.example.com" "b.example.com"}\n    asset_name: sorry',
  },
  'plan/unknown-refresh': {
    severity: 'error',
    title: 'An asset that is to be refreshed is in no file',
    explain:
      'Only assets that the files claim can be refreshed. Correct the name behind --refresh, or add the asset to the file.',
  },
} as const satisfies Record<`plan/${string}`, CodeEntry>;
