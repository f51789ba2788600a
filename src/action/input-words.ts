import type { Plan } from '../model/plan.ts';
import type { Receipt } from '../model/receipt.ts';
import type { Problem } from '../problem/problem.ts';

/** What the rest of the program calls by the options of the command line, and what a step writes in its place. */
const words: readonly (readonly [RegExp, string | ((found: string, text: string) => string)])[] = [
  [/^--allow (?=\S+: there is no problem code)/, 'the input allow: '],
  [/^--zone (?=.* is not in the configuration)/, 'the input zones: '],
  [/^--account (?=.* is not in the configuration)/, 'the input accounts: '],
  [/--allow '((?:[^']|'\\'')*)'/g, (_, text) => `"allow: ${text.replaceAll("'\\''", "'")}" in this step`],
  [/--allow ([^\s;']+)/g, '"allow: $1" in this step'],
  [/with --zone and --account/, 'with the inputs zones and accounts'],
  [/name the file with -c, or/, 'name the file in the input config, or'],
  [/name the right one with -c/, 'name the right one in the input config'],
  [
    /^set CLOUDFLARE_API_TOKEN, or (.*); or add --sandbox.*/,
    'set the input api-token, or the environment variables $1',
  ],
  [/with "cf-errors plan --out"/, 'with "command: plan"'],
  [/; choose another folder with --backup$/, '; look at the folder and at its permissions'],
  [/; -c takes several files, and directories$/, '; the input config takes several files, and folders'],
];

function worded(text: string): string {
  return words.reduce(
    (said, [option, input]) =>
      typeof input === 'string' ? said.replace(option, input) : said.replace(option, input),
    text,
  );
}

/** A problem in the words of a workflow file. */
export function inInputWords(problem: Problem): Problem {
  const { message, hint } = problem;
  return { ...problem, message: worded(message), ...(hint === undefined ? {} : { hint: worded(hint) }) };
}

/** A value that holds problems, itself or in its scopes, with all of them in the words of a workflow file. */
export function planInInputWords(plan: Plan): Plan {
  return {
    ...plan,
    problems: plan.problems.map(inInputWords),
    scopes: plan.scopes.map((scope) => ({ ...scope, problems: scope.problems.map(inInputWords) })),
  };
}

/** The same of a receipt. */
export function receiptInInputWords(receipt: Receipt): Receipt {
  return {
    ...receipt,
    problems: receipt.problems.map(inInputWords),
    scopes: receipt.scopes.map((scope) => ({ ...scope, problems: scope.problems.map(inInputWords) })),
  };
}
