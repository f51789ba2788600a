import type { CommanderError } from 'commander';
import { type Problem, problem } from '../problem/problem.ts';

/** What other tools call it, and what does it here. */
const known: Readonly<Record<string, string>> = {
  '--dry-run': '"cf-errors plan" shows what apply would do',
  '--force': 'there is none; a hazard is let pass by its own code: --allow CODE',
  '--yes': 'it is called --auto-approve, or -y',
  '--json': 'it is called --format json',
  '--markdown': 'it is called --format markdown',
  '--output': 'it is called --out',
  '-o': 'it is called --out',
  '--file': 'it is called --config, or -c',
  '-f': 'it is called --config, or -c',
  '--token': 'the token is read from CLOUDFLARE_API_TOKEN, so that no process list shows it',
  '--api-token': 'the token is read from CLOUDFLARE_API_TOKEN, so that no process list shows it',
  check: 'it is called "cf-errors validate"',
  lint: 'it is called "cf-errors validate"',
  deploy: 'it is called "cf-errors apply"',
  push: 'it is called "cf-errors apply"',
  sync: 'it is called "cf-errors apply"',
  export: 'it is called "cf-errors import": from Cloudflare into a file',
  pull: 'it is called "cf-errors import": from Cloudflare into a file',
};

/** Says a mistake in the command line, which Commander found, as a problem; a value after `=` is never repeated. */
export function usageProblem({ message: said }: CommanderError): Problem {
  const [sentence = '', meant] = said.replace(/^error: /, '').split('\n');
  const [found = '', ...more] = sentence.replace(/\.$/, '').split(/\. (?=[A-Z])/);
  const message = found.replace(/'(-[^'=]*)=[^']*'/, "'$1'");
  const word = /^unknown (?:option|command) '([^']*)'/.exec(message)?.[1] ?? '';
  const suggestion = meant?.replace(/^\(Did you mean (.*)\?\)$/, 'did you mean $1?');
  const allowed = more.join('; ').replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  const file =
    /^too many arguments for '(?:plan|validate|explain)'/.test(message) && 'files are named with -c';
  const hint =
    known[word] ?? suggestion ?? (file || allowed || 'see cf-errors --help, or cf-errors help COMMAND');
  return problem({ code: 'cli/usage', message, hint });
}

/** The format that a command line asks for which could not be understood as a whole. */
export function askedFormat(args: readonly string[]): string | undefined {
  const at = args.indexOf('--format');
  return at < 0 ? args.find((arg) => arg.startsWith('--format='))?.slice('--format='.length) : args[at + 1];
}
