import schema from '../schemas/config.schema.json' with { type: 'json' };

interface Property {
  readonly $ref?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
}

interface Definition {
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Property>>;
}

const definitions: Readonly<Record<string, Definition>> = schema.$defs;

/** Tables of every key, from the schema that the keys are checked by. */
export function configurationReference(): string {
  const tables = [
    table('At the top', schema),
    table('In a zone', definitions.zone),
    table('In an account', definitions.account),
    table('In an asset', definitions.asset),
    table('In a rule', definitions.rule),
    table('In a test', definitions.test),
    table('In the request of a test', definitions.request),
    table('In the response of a test', definitions.response),
    table('In the expectation of a test', definitions.expect),
  ];
  return `\n${tables.join('\n')}\n`;
}

function table(title: string, definition: Definition | undefined): string {
  if (definition?.properties === undefined) throw new Error(`the schema has no properties for "${title}"`);
  const rows = Object.entries(definition.properties).map(([key, property]) => {
    const { description, examples } = resolved(property);
    const isRequired = definition.required?.includes(key) ?? false;
    return `| \`${key}\`${isRequired ? ' (required)' : ''} | ${cell(description ?? '')} | ${example(examples)} |`;
  });
  return `### ${title}\n\n| key | meaning | example |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

function resolved(property: Property): Property {
  const name = property.$ref?.split('/').at(-1);
  return name === undefined ? property : { ...definitions[name], ...property };
}

function example(examples: readonly unknown[] | undefined): string {
  const [first] = examples ?? [];
  return first === undefined ? '' : `\`${cell(typeof first === 'string' ? first : JSON.stringify(first))}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
