import type { CodeEntry } from '../entry.ts';

export const applyCodes = {
  'apply/stale': {
    severity: 'error',
    title: 'The live state moved after the plan was made',
    explain:
      'Somebody or something else changed this scope after the plan was made, so nothing of the scope was written. Plan again, look at the difference and apply that.',
  },
  'apply/plan-changed': {
    severity: 'error',
    title: 'The plan is not the one that was reviewed',
    explain:
      'The fingerprint given to apply belongs to another plan: the file or the live state changed since the review. Nothing was written. Plan again and have the new plan reviewed.',
  },
  'apply/overwrote-other-writer': {
    severity: 'error',
    title: 'Somebody else wrote the rules at the same moment',
    explain:
      'The new ruleset version is not the next one after the version that was read, so another writer wrote in between and was overwritten: the API has no conditional write. The versions named in the message still hold what was lost.',
  },
  'apply/changed-meanwhile': {
    severity: 'error',
    title: 'Somebody else wrote the scope during this run',
    explain:
      'Everything planned was written, but when the scope was read once more it was not what the plan leads to: another writer came in between. Assets have no versions, so this is how such an overlap is noticed. Plan again and look at the difference.',
  },
  'apply/not-as-written': {
    severity: 'error',
    title: 'Cloudflare stored something else than what was sent',
    explain:
      'The answer to the write differs from what was wanted, so the live state is not what the plan promised. Look at the difference; deletions of this scope were not begun.',
  },
  'apply/fate-unknown': {
    severity: 'error',
    title: 'It could not be found out whether a write happened',
    explain:
      'The answer to a write was lost and looking afterwards failed too, or showed a third state. Plan again when the API answers: what is still missing will show as a change.',
  },
  'apply/asset-still-named': {
    severity: 'error',
    title: 'An asset was not deleted because a live rule names it',
    explain:
      'When the rules were read again before the deletion, one of them named the asset. It was left in place, so that no visitor gets a broken page. Plan again to see which rule it is.',
  },
  'apply/backup-failed': {
    severity: 'error',
    title: 'The state to be replaced could not be stored',
    explain:
      'Nothing is written to a scope before its present state is safe on disk. Check that the backup folder can be written, or choose another with --backup.',
  },
} as const satisfies Record<`apply/${string}`, CodeEntry>;
