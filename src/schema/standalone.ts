import standaloneCode from 'ajv/dist/standalone/index.js';
import { compiler, gathering, type SchemaName, schemas } from './compile.ts';

/**
 * The text of an ES module that exports the same `validator` as `compile.ts`, with the code of these validators in it.
 * The build puts it in the place of `compile.ts`: the bundle then neither holds ajv nor compiles anything at start.
 */
export function standaloneValidators(names: readonly SchemaName[]): string {
  const ajv = compiler({ source: true, esm: true });
  for (const name of names) ajv.addSchema(schemas[name], name);
  const code = gathering(standaloneCode.default(ajv, Object.fromEntries(names.map((name) => [name, name]))));
  return `${code}\nconst validators = { ${names.join(', ')} };\nexport const validator = (name) => validators[name];\n`;
}
