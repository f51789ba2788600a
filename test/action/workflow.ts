import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { uses?: string; with?: Record<string, unknown> }[] }>
  >;
}

/**
 * What a job of an example gives to the Action, with `${{ name }}` filled in from `values`. Its secrets are left out, since
 * a scene has its own; anything else that is not given throws.
 */
export function inputsOf(
  example: string,
  job: string,
  values: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const workflow: Workflow = parse(readFileSync(`examples/github/${example}`, 'utf8'));
  const step = workflow.jobs[job]?.steps.find(({ uses }) => uses?.includes('/cloudflare-custom-errors@'));
  const inputs = Object.entries(step?.with ?? {}).filter(([, value]) => !/secrets\./.test(String(value)));
  if (inputs.length === 0) throw new Error(`${example} has no job "${job}" that uses the Action`);
  return Object.fromEntries(inputs.map(([name, value]) => [name, filledIn(String(value), values)]));
}

function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`an example wants ${name}, which is not given`);
    return value;
  });
}
