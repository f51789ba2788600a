import type { CodeEntry } from '../entry.ts';

export const behaviourCodes = {
  'behaviour/test-failed': {
    severity: 'error',
    title: 'A test of the file does not hold',
    explain:
      'The rules answer this error in another way than the test demands. Either the rules or the test is wrong; "cf-errors test" says rule by rule why. Nothing is planned or applied until it holds, unless --allow lets it pass.',
    wrong:
      'tests:\n  - zone: example.com\n    response: { status: 503 }\n    expect: { ref: maintenance }   # and another rule answers 503',
    right: 'tests:\n  - zone: example.com\n    response: { status: 503 }\n    expect: { ref: branded_5xx }',
  },
  'behaviour/test-undecided': {
    severity: 'error',
    title: 'A test cannot be decided from what it gives',
    explain:
      'A rule before the answer asks for something that the test does not say, such as the country, or that cannot be computed here. Give it in the test; what no test can give is no matter for tests. --allow lets it pass.',
    wrong: 'request: { path: /api/orders }   # and a rule asks for ip.src.country',
    right: 'request: { path: /api/orders, country: DE }',
  },
} as const satisfies Record<`behaviour/${string}`, CodeEntry>;
