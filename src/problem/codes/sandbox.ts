import type { CodeEntry } from '../entry.ts';

export const sandboxCodes = {
  'sandbox/state-damaged': {
    severity: 'error',
    title: 'The state file is not one that a sandbox wrote',
    explain:
      'The file given for the state of the sandbox is not JSON, or does not hold the state of a sandbox. It was left as it is. Name another file, or move this one away to start with an empty sandbox.',
  },
  'sandbox/state-unreadable': {
    severity: 'error',
    title: 'The state file cannot be read',
    explain:
      'The file given for the state of the sandbox is there but cannot be opened. Check its permissions and that it is a regular file.',
  },
  'sandbox/state-unwritable': {
    severity: 'error',
    title: 'The state file cannot be written',
    explain:
      'The sandbox stores its state after every write, in a new file beside the old one that then takes its place. Check that the folder exists, may be written and has room.',
  },
  'sandbox/cannot-listen': {
    severity: 'error',
    title: 'The sandbox cannot listen on its port',
    explain:
      'Another program holds the port, or this user may not open it. Choose another one with `--port`, or `--port 0` for a free one.',
  },
} as const satisfies Record<`sandbox/${string}`, CodeEntry>;
