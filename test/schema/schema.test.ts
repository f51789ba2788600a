import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import configSchema from '../../schemas/config.schema.json' with { type: 'json' };
import planFileSchema from '../../schemas/plan-file.schema.json' with { type: 'json' };
import sandboxStateSchema from '../../schemas/sandbox-state.schema.json' with { type: 'json' };
import { contentTypes } from '../../src/model/body.ts';
import { checkConfig, checkPlanFile, checkSandboxState } from '../../src/schema/schema.ts';

interface Described {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Described>>;
  readonly patternProperties?: Readonly<Record<string, Described>>;
  readonly $ref?: string;
}

/** Every key of the schema with its own subschema, by JSON pointer. */
function keysOf(schema: Described, pointer: string): readonly (readonly [string, Described])[] {
  return (['properties', 'patternProperties'] as const).flatMap((kind) =>
    Object.entries(schema[kind] ?? {}).map(([key, one]) => [`${pointer}/${kind}/${key}`, one] as const),
  );
}

const definitions: Readonly<Record<string, Described>> = configSchema.$defs;

const keys = [
  ...keysOf(configSchema, '#'),
  ...Object.entries(definitions).map(([name, one]) => [`#/$defs/${name}`, one] as const),
  ...Object.entries(definitions).flatMap(([name, one]) => keysOf(one, `#/$defs/${name}`)),
];

describe('schemas', () => {
  it.each([
    ['config', configSchema],
    ['plan-file', planFileSchema],
    ['sandbox-state', sandboxStateSchema],
  ])('%s is a sound JSON Schema 2020-12', (_, schema) => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });
    addFormats.default(ajv);
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  it('describe every key of the file, with examples that fit', () => {
    expect(keys.length).toBeGreaterThan(20);
    const ajv = new Ajv2020().addSchema(configSchema, 'config');
    addFormats.default(ajv);
    for (const [pointer, key] of keys) {
      if (key.$ref !== undefined) continue;
      expect(key.description, pointer).toMatch(/^[A-Z`].*\.$|^false keeps/);
      expect(key.examples, pointer).not.toHaveLength(0);
      const path = pointer.replaceAll('^', '%5E');
      for (const example of key.examples ?? []) {
        expect(ajv.validate({ $ref: `config${path}` }, example), `${pointer}: ${ajv.errorsText()}`).toBe(
          true,
        );
      }
    }
    expect(configSchema.examples.flatMap(checkConfig)).toEqual([]);
  });

  it('know the content types of the model', () => {
    expect(configSchema.$defs.rule.properties.content_type.enum).toEqual([...contentTypes]);
  });
});

describe('checkConfig', () => {
  it('gives each fault once, with its path, and leaves out what follows from another', () => {
    const rules = [{ ref: 'a', expression: 'x', content_typo: 1 }, 5];
    const faults = checkConfig({ version: 1, zones: { 'a/b~c': { rules } } });
    expect(faults.map(({ path, keyword }) => `${path.join(' ')}: ${keyword}`)).toEqual([
      'zones a/b~c rules 0: oneOf',
      'zones a/b~c rules 0: additionalProperties',
      'zones a/b~c rules 1: type',
    ]);
    expect(faults[0]).toMatchObject({
      path: ['zones', 'a/b~c', 'rules', 0],
      params: { passingSchemas: null },
    });
    expect(faults[1]?.params.allowed).toContain('content_type');
  });

  it('takes top-level keys that begin with x-, and no others', () => {
    expect(checkConfig({ version: 1, 'x-a': { b: [null] } })).toEqual([]);
    expect(checkConfig({ version: 1, xa: 1 }).map((one) => one.keyword)).toEqual(['additionalProperties']);
  });
});

describe('the schemas of stored values', () => {
  it.each([
    ['plan file', checkPlanFile],
    ['sandbox state', checkSandboxState],
  ])('%s refuses what is something else', (_, check) => {
    expect(check({ some: 'thing' })).not.toEqual([]);
    expect(check(null)).not.toEqual([]);
  });
});
