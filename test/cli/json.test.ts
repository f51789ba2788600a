import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { sandboxWorld } from '../sandbox/world.ts';
import { noRules, oneRule, user } from './user.ts';

const ajv = new Ajv2020({ strict: true });
const names = ['problem', 'plan', 'receipt', 'import', 'explanation', 'tests'] as const;
const schemas = new Map(
  names.map((name) => {
    const path = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
    return [name, JSON.parse(readFileSync(path, 'utf8')) as { readonly $id: string }];
  }),
);
for (const schema of schemas.values()) ajv.addSchema(schema);

function faults(name: (typeof names)[number], text: string): unknown {
  const validate = ajv.getSchema(schemas.get(name)?.$id ?? '');
  if (validate === undefined) throw new Error(`no schema for ${name}`);
  return validate(JSON.parse(text)) ? [] : validate.errors;
}

const broken = oneRule.replace('version: 1', 'version: 2');
const missing = oneRule.replace('example', 'missing');
const tested = `${oneRule}tests: [{ zone: example.com, response: { status: 503 }, expect: { ref: sorry } }]\n`;
const failing = tested.replace('status: 503', 'status: 404');

/** The command line, the exit code, the schema of the document, and the file where it is not the one with one rule. */
const rows: readonly (readonly [string, number, (typeof names)[number], string?])[] = [
  ['validate', 0, 'problem'],
  ['validate', 1, 'problem', broken],
  ['validate --online', 0, 'problem'],
  ['validate --online', 1, 'problem', missing],
  ['plan', 0, 'plan'],
  ['plan --detailed-exitcode', 2, 'plan'],
  ['plan', 1, 'problem', broken],
  ['plan', 1, 'plan', missing],
  ['plan --out .', 1, 'plan'],
  ['plan --zone nope', 1, 'problem'],
  ['plan --nope', 1, 'problem'],
  ['diff custom-errors.yaml custom-errors.yaml', 0, 'plan'],
  ['diff nope.yaml custom-errors.yaml', 1, 'problem'],
  ['apply -y', 0, 'receipt'],
  ['apply -y', 0, 'receipt', noRules],
  ['apply -y', 1, 'receipt', missing],
  ['apply -y', 1, 'problem', broken],
  ['apply', 1, 'problem'],
  ['apply -y --fingerprint cfe1:0', 4, 'problem'],
  ['apply nope.json', 1, 'problem'],
  ['import --zone example.com', 0, 'import'],
  ['import --zone missing.com', 1, 'import'],
  ['import', 1, 'import'],
  ['explain --zone example.com --status 503', 0, 'explanation'],
  ['explain --zone example.com --status 404 --ip ::1 --country DE --header a=b --live', 0, 'explanation'],
  ['explain --zone example.com --status 503', 1, 'problem', broken],
  ['explain --zone missing.com --status 503 --live', 1, 'problem'],
  ['explain --status 503', 1, 'problem'],
  ['test', 0, 'tests', tested],
  ['test', 1, 'tests', failing],
  ['test', 1, 'tests'],
  ['test', 1, 'problem', broken],
  ['plan', 0, 'plan', tested],
  ['plan', 1, 'problem', failing],
  ['validate', 1, 'problem', failing],
];

describe('--format json writes one document to stdout', () => {
  it.for(rows)('cf-errors %s: %i, %s', async ([line, code, schema, file = oneRule]) => {
    await using world = await sandboxWorld();
    const env = { CLOUDFLARE_BASE_URL: world.baseUrl, CLOUDFLARE_API_TOKEN: 'a-token' };
    const { run } = user({ 'custom-errors.yaml': file });
    const ended = await run([...line.split(' '), '--format', 'json'], { env });
    expect(faults(schema, ended.stdout)).toEqual([]);
    expect(ended.code).toBe(code);
  });

  it('with the hazard that stopped an apply', async () => {
    const { run, write } = user({ 'custom-errors.yaml': oneRule });
    await run(['apply', '-y', '--sandbox=state.json']);
    write('custom-errors.yaml', noRules);
    const { stdout, code } = await run(['apply', '-y', '--sandbox=state.json', '--format', 'json']);
    expect(faults('receipt', stdout)).toEqual([]);
    expect(JSON.parse(stdout)).toMatchObject({ sandbox: true, problems: [{ code: 'plan/empty' }] });
    expect(code).toBe(5);
  });
});
