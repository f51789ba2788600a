import type { CodeEntry } from '../entry.ts';

export const cliCodes = {
  'cli/no-answer-possible': {
    severity: 'error',
    title: 'Nobody can answer the question whether to apply',
    explain:
      'There is no terminal to ask in. Where nobody can answer, say so beforehand with --auto-approve (-y), best together with --fingerprint or a saved plan that was reviewed.',
  },
  'cli/not-applied': {
    severity: 'error',
    title: 'The plan was not applied because the answer was no',
    explain: 'Only the word yes applies a plan; anything else leaves everything as it is.',
  },
  'cli/usage': {
    severity: 'error',
    title: 'Options that do not go together',
    explain: 'The message names the options and what to use in their place.',
  },
} as const satisfies Record<`cli/${string}`, CodeEntry>;
