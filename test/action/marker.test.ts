import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInputs } from '../../src/action/inputs.ts';
import { addressOf, isNewer, type Marker, markerLine, readMarker } from '../../src/action/marker.ts';

const marker: Marker = {
  kind: 'plan',
  id: 'staging',
  subject: '454d1888c41dfa29',
  head: 'a'.repeat(40),
  run: 17_000_000_001,
  attempt: 2,
  reviewed: {
    fingerprint: 'cfe1:00',
    changes: [{ digest: 'f'.repeat(64), label: 'zone example.com: rules' }],
  },
};

const anyMarker = fc.record(
  {
    kind: fc.constantFrom('plan' as const, 'receipt' as const),
    id: fc.string(),
    subject: fc.string(),
    head: fc.string(),
    run: fc.maxSafeNat(),
    attempt: fc.maxSafeNat(),
    reviewed: fc.record({
      fingerprint: fc.string(),
      changes: fc.array(fc.record({ digest: fc.string(), label: fc.string() }), { maxLength: 20 }),
    }),
  },
  { requiredKeys: ['kind', 'id', 'subject', 'head', 'run', 'attempt'] },
);

function encoded(value: unknown): string {
  return `<!-- cf-errors:v1 ${Buffer.from(JSON.stringify(value)).toString('base64url')} -->\n`;
}

describe('a marker', () => {
  it('is read as it was written, whatever it holds, and ends in its own line', () => {
    fc.assert(
      fc.property(anyMarker, (one) => {
        const line = markerLine(one);
        expect(line).toMatch(/^<!-- [\w:-]+ [\w-]+ -->$/);
        expect(readMarker(`${line}\n### A page`)).toEqual(one);
      }),
    );
  });

  it.each([
    ['further down', `A page\n${markerLine(marker)}`],
    ['behind a blank', ` ${markerLine(marker)}\n`],
    ['with more on its line', `${markerLine(marker)} and more\n`],
    ['of another version', markerLine(marker).replace(':v1', ':v2')],
    ['that is no JSON', '<!-- cf-errors:v1 AAAA -->\n'],
    ['that is no object', encoded(null)],
    ['of another kind', encoded({ ...marker, kind: 'advice' })],
    ['without a head', encoded({ ...marker, head: undefined })],
    ['with a run that is no number', encoded({ ...marker, run: '17' })],
    ['with a run that is too great', encoded({ ...marker, run: 1e300 })],
    [
      'with changes that are none',
      encoded({ ...marker, reviewed: { fingerprint: 'cfe1:0', changes: 'all' } }),
    ],
    [
      'with a change that has no digest',
      encoded({ ...marker, reviewed: { fingerprint: 'cfe1:0', changes: [{}] } }),
    ],
    ['without a fingerprint', encoded({ ...marker, reviewed: { changes: [] } })],
    ['that is not ours', '<!-- cf-errors -->\n'],
    ['that never ends', `<!-- cf-errors:v1 ${'A'.repeat(100_000)}`],
  ])('does not count %s', (_, body) => {
    expect(readMarker(body)).toBeUndefined();
  });

  it('loses labels first and digests then, where they would fill a comment', () => {
    const withChanges = (count: number): Marker | undefined => {
      const changes = Array.from({ length: count }, (_, at) => ({
        digest: 'f'.repeat(64),
        label: `change ${at}`,
      }));
      const line = markerLine({ ...marker, reviewed: { fingerprint: 'cfe1:00', changes } });
      expect(line.length).toBeLessThanOrEqual(24_000);
      return readMarker(`${line}\n`);
    };
    expect(withChanges(100)?.reviewed?.changes?.[99]).toEqual({ digest: 'f'.repeat(64), label: 'change 99' });
    expect(withChanges(200)?.reviewed?.changes?.[199]).toEqual({ digest: 'f'.repeat(64) });
    expect(withChanges(1_000)?.reviewed).toEqual({ fingerprint: 'cfe1:00' });
  });

  it.each([
    ['a later run', { run: 2, attempt: 1 }, { run: 1, attempt: 9 }, true],
    ['a later attempt', { run: 1, attempt: 2 }, { run: 1, attempt: 1 }, true],
    ['the same attempt', { run: 1, attempt: 1 }, { run: 1, attempt: 1 }, false],
    ['an earlier run', { run: 1, attempt: 3 }, { run: 2, attempt: 1 }, false],
  ])('of %s', (_, one, other, expected) => {
    expect(isNewer(one, other)).toBe(expected);
  });
});

describe('the address of a comment', () => {
  const job = { workflow: 'errors', job: 'plan' };
  const address = (inputs: Readonly<Record<string, string>>, where = job) => {
    const { value } = readInputs((name) => inputs[name] ?? '');
    if (value === undefined) throw new Error('inputs of a test');
    return addressOf(value, where);
  };

  it.each([
    ['another job', {}, { ...job, job: 'other' }],
    ['another workflow', {}, { ...job, workflow: 'other' }],
    ['another file', { config: 'a.yaml' }, job],
    ['another folder', { 'working-directory': 'sites' }, job],
    ['another zone', { zones: 'a.example' }, job],
    ['the same name as an account', { accounts: 'a.example' }, job],
  ])('is another one for %s', (_, inputs, where) => {
    expect(address(inputs, where).id).not.toBe(address({}).id);
    expect(address({ ...inputs, 'comment-id': 'mine' }, where).id).toBe('mine');
  });

  it('is of one subject for the jobs that plan and apply, however they write the same', () => {
    const plan = address({
      config: 'sites/\nmore.yaml',
      zones: 'B.example, a.example',
      'working-directory': './x/',
    });
    const apply = address(
      {
        config: './sites\nmore.yaml',
        zones: 'a.example\nb.example',
        'working-directory': 'x',
        command: 'apply',
      },
      { ...job, job: 'apply' },
    );
    expect(apply.subject).toBe(plan.subject);
    expect(apply.id).not.toBe(plan.id);
  });
});
