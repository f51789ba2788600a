import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import config from '../../schemas/config.schema.json' with { type: 'json' };
import planFile from '../../schemas/plan-file.schema.json' with { type: 'json' };
import sandboxState from '../../schemas/sandbox-state.schema.json' with { type: 'json' };

/** The schemas that this program reads values by. */
export const schemas = { config, planFile, sandboxState } as const;

export type SchemaName = keyof typeof schemas;

const compiled = new Map<SchemaName, ValidateFunction>();

/** The validator of a schema, compiled at its first use: that takes longer than reading a small file. */
export function validator(name: SchemaName): ValidateFunction {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const fresh = compiler().compile(schemas[name]);
  compiled.set(name, fresh);
  return fresh;
}

/**
 * An ajv set up as every validator here needs it. It does not know the meta-schemas, which halves its start: that the
 * schemas are sound is a matter for the tests.
 */
export function compiler(code: Options['code'] = {}): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    meta: false,
    validateSchema: false,
    strictTypes: false,
    inlineRefs: false,
    code: { ...code, process: gathering },
  });
  addFormats.default(ajv);
  return ajv;
}

/**
 * The code of validators with one change: errors of a part are added to those before them. ajv copies all of both for each
 * part, which for the many items of a long list takes minutes.
 */
export function gathering(code: string): string {
  return code.replaceAll(
    /vErrors\.concat\((\w+\.errors)\)/g,
    '($1.forEach((error) => vErrors.push(error)), vErrors)',
  );
}
