import type { ErrorObject } from 'ajv/dist/2020.js';
import configSchema from '../../schemas/config.schema.json' with { type: 'json' };
import { type SchemaName, validator } from './compile.ts';

/**
 * One place where a value breaks its schema. `path` leads to the value that holds the fault, list positions as
 * numbers; `keyword` and `params` are JSON Schema's and ajv's own. For `additionalProperties` in a configuration,
 * `params.allowed` lists the keys that the schema knows there.
 */
export interface SchemaFault {
  readonly path: readonly (string | number)[];
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** Every fault of a configuration file's value against `schemas/config.schema.json`; none means it fits. */
export function checkConfig(value: unknown): SchemaFault[] {
  return check('config', value);
}

/** Every fault of a saved plan against `schemas/plan-file.schema.json`; none means it fits. */
export function checkPlanFile(value: unknown): SchemaFault[] {
  return check('planFile', value);
}

/** Every fault of a stored sandbox against `schemas/sandbox-state.schema.json`; none means it fits. */
export function checkSandboxState(value: unknown): SchemaFault[] {
  return check('sandboxState', value);
}

function check(name: SchemaName, value: unknown): SchemaFault[] {
  const validate = validator(name);
  validate(value);
  return decisive(validate.errors ?? []).map((error) => fault(error, { name, value }));
}

/**
 * The errors that say something: what the branches of a choice lack is noise beside the fault of the choice itself, as is
 * what a name lacks beside the fault of the name, and a value of the wrong type has no other faults.
 */
function decisive(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const own = errors.filter(
    ({ schemaPath, keyword }) =>
      !/\/(oneOf|anyOf)\/\d+\/|\/propertyNames\//.test(schemaPath) && keyword !== 'if',
  );
  const mistyped = new Set(
    own.filter((error) => error.keyword === 'type').map((error) => error.instancePath),
  );
  return own.filter((error) => error.keyword === 'type' || !mistyped.has(error.instancePath));
}

function fault(
  error: ErrorObject,
  { name, value }: { readonly name: SchemaName; readonly value: unknown },
): SchemaFault {
  const { keyword, message = keyword } = error;
  const path = pathOf(error.instancePath, value);
  const isUnknownKey = keyword === 'additionalProperties' && name === 'config';
  return {
    path,
    keyword,
    params: { ...error.params, ...(isUnknownKey ? { allowed: keysAt(path) } : {}) },
    message,
  };
}

interface SchemaPart {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly additionalProperties?: SchemaPart | boolean;
  readonly items?: SchemaPart;
}

/** The keys that the configuration's schema knows at a place; ajv's errors do not tell the schema that was broken. */
function keysAt(path: SchemaFault['path']): readonly string[] {
  const parts: Readonly<Record<string, SchemaPart>> = configSchema.$defs;
  const resolved = (part: SchemaPart | boolean | undefined): SchemaPart => {
    if (typeof part !== 'object') return {};
    const name = part.$ref?.replace('#/$defs/', '');
    return name === undefined ? part : resolved(parts[name]);
  };
  const root: SchemaPart = configSchema;
  const part = path.reduce<SchemaPart>(
    ({ properties, items, additionalProperties }, key) =>
      resolved(typeof key === 'number' ? items : (properties?.[key] ?? additionalProperties)),
    root,
  );
  return Object.keys(part.properties ?? {});
}

function pathOf(pointer: string, value: unknown): (string | number)[] {
  const path: (string | number)[] = [];
  let current = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(current) ? Number(key) : key);
    current = Object(current)[key];
  }
  return path;
}
