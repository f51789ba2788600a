import { readFileSync, writeFileSync } from 'node:fs';
import { codes } from '../src/problem/codes.ts';
import type { CodeEntry } from '../src/problem/entry.ts';
import { actionReference } from './docs-action.ts';
import { configurationReference } from './docs-configuration.ts';

const kinds = {
  table: ' It rests on tables of this version: `--allow`, an ignore comment or `--online` may overrule it.',
  lint: ' An ignore comment silences it.',
} as const;

/** Writes what is generated from other files; with --check it only says whether that is fresh. */
const isCheck = process.argv.includes('--check');
const documents = {
  'docs/problems.md': problemsDocument(),
  'docs/configuration.md': filledIn('docs/configuration.md', 'keys', configurationReference()),
  'docs/github-action.md': filledIn('docs/github-action.md', 'inputs and outputs', actionReference()),
  'src/app/workflow.json': workflowAsJson(),
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
    const entries = rows.map(([code, entry]) => problemEntry(code, entry));
    return `## ${room}\n\n${entries.join('\n')}`;
  });
  return `<!-- Generated from src/problem/codes by "npm run docs". -->
# Problems

Everything that you can act on has a code. An **error** ends the command or stops its scope; a **hazard** lets a plan be
shown and stops \`apply\` before its first write, unless \`--allow CODE\` (or \`--allow CODE@SCOPE\`) lets it pass; a
**warning** is said and nothing else. Codes are never given a new meaning.

Some codes can be silenced. A finding that rests on **tables** (which fields, functions and types there are) may only mean that
Cloudflare is newer than this version: \`# cf-errors:ignore CODE reason\` behind the value, its key or its end, or alone on the line
above, makes a warning of the error, as \`--allow CODE\` does, and as \`--online\` does where Cloudflare accepts the rules. A **lint** goes
away under an ignore comment. The entries below say which codes are which.

${sections.join('\n')}`;
}

function problemEntry(code: string, { severity, title, explain, kind, wrong, right }: CodeEntry): string {
  const examples = [
    ...(wrong === undefined ? [] : [`Wrong:\n\n${fenced(wrong)}`]),
    ...(right === undefined ? [] : [`Right:\n\n${fenced(right)}`]),
  ];
  const said = `*${severity}*: ${title}.${kind === undefined ? '' : kinds[kind]}`;
  return `${[`### ${code}`, said, explain, ...examples].join('\n\n')}\n`;
}

function fenced(text: string): string {
  return `\`\`\`${/^[a-z#_]+:|^# /.test(text) ? 'yaml' : 'text'}\n${text}\n\`\`\``;
}

/** The text between the two marks is generated; the rest is written by hand. */
function filledIn(path: string, name: string, reference: string): string {
  const begin = `<!-- begin of ${name} -->\n`;
  const end = `<!-- end of ${name} -->\n`;
  const text = readOrNothing(path);
  const [head, tail] = [text.split(begin)[0], text.split(end)[1]];
  if (head === undefined || tail === undefined || head === text)
    throw new Error(`${path} has lost its marks`);
  return `${head}${begin}${reference}${end}${tail}`;
}

/** The workflow that `init --github` writes is the example, in a form that is bundled into the command. */
function workflowAsJson(): string {
  const lines = readFileSync('examples/github/plan-and-apply.yml', 'utf8').split('\n');
  return `${JSON.stringify({ lines }, null, 2)}\n`;
}
