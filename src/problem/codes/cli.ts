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
  'cli/interrupted': {
    severity: 'error',
    title: 'The command was interrupted before it wrote anything',
    explain: 'Ctrl-C or a signal ended it while it read, planned or asked. Everything is as it was.',
  },
  'cli/output-lost': {
    severity: 'error',
    title: 'The result could not be written',
    explain:
      'Standard output leads to a file or a device that takes no more, so the report is not complete. What the command did is done all the same; plan again to see what is live.',
  },
  'cli/usage': {
    severity: 'error',
    title: 'The command line cannot be understood',
    explain:
      'A command or an option is unknown, has a value that it cannot have, or does not go together with another one. The message names it, the hint says what is there instead.',
  },
} as const satisfies Record<`cli/${string}`, CodeEntry>;
