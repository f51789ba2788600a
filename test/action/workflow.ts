import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { uses?: string; with?: Record<string, unknown> }[] }>
  >;
}

/** What a job of an example gives to the Action; its secrets are left out, since a scene has its own. */
export function inputsOf(example: string, job: string): Readonly<Record<string, string>> {
  const workflow: Workflow = parse(readFileSync(`examples/github/${example}`, 'utf8'));
  const step = workflow.jobs[job]?.steps.find(({ uses }) => uses?.includes('/cloudflare-custom-errors@'));
  const inputs = Object.entries(step?.with ?? {}).map(([name, value]) => [name, String(value)] as const);
  if (inputs.length === 0) throw new Error(`${example} has no job "${job}" that uses the Action`);
  return Object.fromEntries(inputs.filter(([, value]) => !value.includes('secrets.')));
}
