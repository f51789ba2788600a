import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Schema = Record<string, unknown>;

/** Whether a schema is read as the body of a request, where `readOnly` has no place, or of an answer. */
export type Direction = 'request' | 'answer';

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly array: boolean;
  readonly validate: ValidateFunction;
}

export interface Operation {
  readonly id: string;
  readonly pattern: RegExp;
  readonly parameters: readonly Parameter[];
  /** Undefined where the operation takes no body. */
  readonly request: ValidateFunction | undefined;
  /** By status, `200` or `4XX`; null: no body. */
  readonly answers: Readonly<Record<string, ValidateFunction | null>>;
}

/** A compiled OpenAPI 3.0 document; operations are compiled when they are first asked for. */
export interface Contract {
  /** The operation of a path below the server's URL; undefined where the document has none. */
  operation(method: string, path: string): Operation | undefined;
  /** A validator of one of the document's schemas, by its name. */
  schema(name: string, direction: Direction): ValidateFunction;
}

/** Reads an OpenAPI 3.0 document with that version's meaning of `nullable`, `readOnly` and `exclusiveMinimum`. */
export function readContract(document: Schema): Contract {
  const compile = compilers(document);
  const operations = new Map<string, Operation>();
  const paths = Object.entries(at(document, '#/paths')).map(([template, item]) => ({
    template,
    item: item as Schema,
    pattern: patternOf(template),
    literal: template.replaceAll(/\{[^}]+\}/g, '').length,
  }));
  // Of two templates that fit, the one with more literal text is meant.
  paths.sort((a, b) => b.literal - a.literal);
  return {
    operation: (method, path) => {
      const verb = method.toLowerCase();
      const found = paths.find(({ pattern, item }) => pattern.test(path) && item[verb] !== undefined);
      if (found === undefined) return undefined;
      const key = `${verb} ${found.template}`;
      const operation = operations.get(key) ?? operationOf(found, verb, { document, compile });
      operations.set(key, operation);
      return operation;
    },
    schema: (name, direction) => compile[direction]({ $ref: `#/components/schemas/${name}` }),
  };
}

type Compile = Record<Direction, (schema: Schema) => ValidateFunction>;

function compilers(document: Schema): Compile {
  const compiler = (direction: Direction) => {
    const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false });
    addFormats.default(ajv);
    const base = `contract:${direction}`;
    const sections = Object.entries(Object(document.components)).map(([name, section]) => [
      name,
      mapped(section, { document, direction }),
    ]);
    const components = Object.fromEntries(sections);
    ajv.addSchema({ $id: base, components } as Schema);
    const seen = new Map<string, ValidateFunction>();
    return (schema: Schema) => {
      const text = JSON.stringify(converted(schema, { document, direction })).replaceAll('"#/', `"${base}#/`);
      const validate = seen.get(text) ?? ajv.compile(JSON.parse(text));
      seen.set(text, validate);
      return validate;
    };
  };
  return { request: compiler('request'), answer: compiler('answer') };
}

interface Reading {
  readonly document: Schema;
  readonly direction: Direction;
}

/** A schema of OpenAPI 3.0 as one of JSON Schema. */
function converted(value: unknown, reading: Reading): unknown {
  if (Array.isArray(value)) return value.map((item) => converted(item, reading));
  if (typeof value !== 'object' || value === null) return value;
  const source = value as Schema;
  // Keys beside a reference have no meaning in OpenAPI 3.0.
  if (typeof source.$ref === 'string') return { $ref: source.$ref };
  const schema: Schema = {};
  for (const [key, part] of Object.entries(source)) {
    if (key === 'properties') schema[key] = mapped(part, reading);
    else if (!annotations.has(key) && !key.startsWith('x-')) schema[key] = converted(part, reading);
  }
  if (source.nullable === true && typeof source.type === 'string') schema.type = [source.type, 'null'];
  for (const side of ['Minimum', 'Maximum']) {
    const exclusive = `exclusive${side}`;
    if (source[exclusive] === true) schema[exclusive] = source[side.toLowerCase()];
    if (typeof source[exclusive] === 'boolean' && source[exclusive] === false) delete schema[exclusive];
  }
  return reading.direction === 'request' ? withoutReadOnly(schema, source, reading.document) : schema;
}

/** Keywords that say nothing about a value, or nothing in JSON Schema. */
const annotations = new Set([
  'example',
  'examples',
  'default',
  'nullable',
  'discriminator',
  'readOnly',
  'writeOnly',
]);

/** A map from names to schemas; the names are no keywords, whatever they are. */
function mapped(value: unknown, reading: Reading): Schema {
  return Object.fromEntries(
    Object.entries(Object(value)).map(([name, part]) => [name, converted(part, reading)]),
  );
}

/** In a request, properties that are read-only are neither required nor wanted. */
function withoutReadOnly(schema: Schema, source: Schema, document: Schema): Schema {
  const properties = source.properties;
  if (typeof properties !== 'object' || properties === null) return schema;
  const readOnly = Object.entries(properties)
    .filter(([, property]) => isReadOnly(property, document))
    .map(([name]) => name);
  if (readOnly.length === 0) return schema;
  const refused = Object.fromEntries(readOnly.map((name) => [name, false]));
  const required = Array.isArray(source.required) ? source.required : [];
  return {
    ...schema,
    properties: { ...(schema.properties as Schema), ...refused },
    required: required.filter((name) => !readOnly.includes(name)),
  };
}

function isReadOnly(property: unknown, document: Schema): boolean {
  if (typeof property !== 'object' || property === null) return false;
  const { $ref: reference, readOnly, allOf } = property as Schema;
  if (typeof reference === 'string') return isReadOnly(at(document, reference), document);
  return readOnly === true || (Array.isArray(allOf) && allOf.some((part) => isReadOnly(part, document)));
}

interface Tools {
  readonly document: Schema;
  readonly compile: Compile;
}

function operationOf(
  { template, item, pattern }: { readonly template: string; readonly item: Schema; readonly pattern: RegExp },
  verb: string,
  { document, compile }: Tools,
): Operation {
  const operation = item[verb] as Schema;
  const parameters = [item.parameters, operation.parameters].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const answers = Object.entries(operation.responses as Schema).map(([status, response]) => {
    const schema = jsonSchema(response, document);
    return [status, schema === undefined ? null : compile.answer(schema)];
  });
  const request = jsonSchema(operation.requestBody, document);
  return {
    id: `${verb.toUpperCase()} ${template}`,
    pattern,
    parameters: parameters.map((parameter) => parameterOf(resolved(parameter, document), compile)),
    request: request === undefined ? undefined : compile.request(request),
    answers: Object.fromEntries(answers),
  };
}

function parameterOf(parameter: Schema, compile: Compile): Parameter {
  const schema = (parameter.schema ?? {}) as Schema;
  return {
    name: String(parameter.name),
    in: String(parameter.in),
    required: parameter.required === true,
    array: schema.type === 'array',
    // A parameter only ever travels one way; that a schema shared with bodies says readOnly means nothing here.
    validate: compile.answer(schema),
  };
}

function jsonSchema(holder: unknown, document: Schema): Schema | undefined {
  const content = Object(resolved(holder, document).content) as Schema;
  const media = content['application/json'] as Schema | undefined;
  return media?.schema as Schema | undefined;
}

function resolved(value: unknown, document: Schema): Schema {
  const schema = Object(value) as Schema;
  const reference = schema.$ref;
  return typeof reference === 'string' ? at(document, reference) : schema;
}

function at(document: Schema, reference: string): Schema {
  const parts = reference.split('/').slice(1);
  const decoded = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const found = decoded.reduce<unknown>((value, part) => Object(value)[part], document);
  if (typeof found !== 'object' || found === null) throw new Error(`the document has no ${reference}`);
  return found as Schema;
}

function patternOf(template: string): RegExp {
  const parts = template.split(/\{([^}]+)\}/);
  const escaped = parts.map((part, index) =>
    index % 2 === 1 ? '([^/]+)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  return new RegExp(`^${escaped.join('')}$`);
}
