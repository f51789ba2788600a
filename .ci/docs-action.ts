import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Described {
  readonly description: string;
  readonly default?: string;
}

/** Tables of every input and output, from the file that GitHub reads them from. */
export function actionReference(): string {
  const {
    inputs,
    outputs,
  }: Record<'inputs' | 'outputs', Readonly<Record<string, Described>>> = parse(
    readFileSync('action.yml', 'utf8'),
  );
  const inputRows = Object.entries(inputs).map(
    ([name, one]) => `| \`${name}\` | ${cell(one.description)} | ${code(one.default)} |`,
  );
  const outputRows = Object.entries(outputs).map(
    ([name, one]) => `| \`${name}\` | ${cell(one.description)} |`,
  );
  return `
### Inputs

| input | meaning | default |
| --- | --- | --- |
${inputRows.join('\n')}

### Outputs

| output | meaning |
| --- | --- |
${outputRows.join('\n')}

`;
}

function code(text = ''): string {
  return text === '' ? '' : `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.trim().replaceAll('|', '\\|').replaceAll('\n', ' ');
}
