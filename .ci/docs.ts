import { readFileSync, writeFileSync } from 'node:fs';
import { codes } from '../src/problem/codes.ts';
import { configurationReference } from './docs-configuration.ts';

/** Writes what is generated in docs/; with --check it only says whether that is fresh. */
const isCheck = process.argv.includes('--check');
const documents = {
  'docs/problems.md': problemsDocument(),
  'docs/configuration.md': configurationDocument(),
};

for (const [path, text] of Object.entries(documents)) {
  const present = readOrNothing(path);
  if (present === text) continue;
  if (isCheck) {
    console.error(`${path} is not fresh: run "npm run docs"`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function problemsDocument(): string {
  const groups = Object.groupBy(Object.entries(codes), ([code]) => code.split('/')[0] ?? '');
  const sections = Object.entries(groups).map(([room, rows = []]) => {
    const entries = rows.map(
      ([code, { severity, title, explain }]) => `### ${code}\n\n*${severity}*: ${title}.\n\n${explain}\n`,
    );
    return `## ${room}\n\n${entries.join('\n')}`;
  });
  return `<!-- Generated from src/problem/codes by "npm run docs". -->
# Problems

Everything that you can act on has a code. An **error** ends the command or stops its scope; a **hazard** lets a plan be
shown and stops \`apply\` before its first write, unless \`--allow CODE\` (or \`--allow CODE@SCOPE\`) lets it pass; a
**warning** is said and nothing else. Codes are never given a new meaning.

${sections.join('\n')}`;
}

/** The text between the two marks is generated from the schema; the rest is written by hand. */
function configurationDocument(): string {
  const text = readFileSync('docs/configuration.md', 'utf8');
  const [head, , tail] = text.split(/<!-- (?:begin|end) of keys -->\n/);
  if (head === undefined || tail === undefined) throw new Error('docs/configuration.md has lost its marks');
  return `${head}<!-- begin of keys -->\n${configurationReference()}<!-- end of keys -->\n${tail}`;
}
