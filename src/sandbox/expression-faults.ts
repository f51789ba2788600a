import { checkExpression, lex, type Token } from '../expression/expression.ts';
import { codes } from '../problem/codes.ts';
import type { ApiError } from './answer.ts';
import type { RuleLaw } from './rule-law.ts';

/** The longest expression, in characters (Cloudflare docs, Rules language, expressions). */
const longest = 4096;

/** Why the server does not take the expression of the rule at a pointer, in Cloudflare's shape: none or one. */
export function expressionFaults(expression: string, rule: string, law: RuleLaw): readonly ApiError[] {
  const source = { pointer: `${rule}/expression` };
  const because = (reason: string) => `'${expression}' is not a valid value for expression because ${reason}`;
  if (expression.length > longest)
    return [{ message: because(`it is longer than ${longest} characters`), source }];
  const fault = refusal(expression, law);
  if (fault !== undefined)
    return [{ code: 20_127, message: because(parsingError(expression, fault)), source }];
  return !law.regex && lex(expression).tokens.some(isRegex) ? [{ message: notEntitled, source }] : [];
}

const notEntitled =
  'not entitled: the use of operator Matches is not allowed, a Business plan or a WAF Advanced plan is required';

function isRegex({ kind, text }: Token): boolean {
  return kind === 'operator' && (text === 'matches' || text === '~');
}

interface Fault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** What the checker is sure of counts; its warnings are not Cloudflare's. */
function refusal(expression: string, law: RuleLaw): Fault | undefined {
  if (law.switches.acceptedExpressions.some((text) => expression.includes(text))) return undefined;
  const { faults } = checkExpression(expression);
  const wrong = faults.find(({ code, severity = codes[code].severity }) => severity === 'error');
  return wrong ?? rejection(expression, law);
}

function rejection(expression: string, { switches }: RuleLaw): Fault | undefined {
  const rejected = switches.rejectedExpressions.find(({ text }) => expression.includes(text));
  if (rejected === undefined) return undefined;
  const from = expression.indexOf(rejected.text);
  return { from, to: from + rejected.text.length, message: rejected.reason };
}

/** The faulty line with its carets below; lines and columns count from 1, columns in bytes. */
function parsingError(expression: string, { from, to, message }: Fault): string {
  const before = expression.slice(0, from).split('\n');
  const margin = before.at(-1) ?? '';
  const line = expression.split('\n')[before.length - 1] ?? '';
  const width = Math.max(1, Math.min(to - from, line.length - margin.length));
  const caret = `${' '.repeat(margin.length)}${'^'.repeat(width)} ${message}`;
  const column = Buffer.byteLength(margin) + 1;
  return `could not parse filter expression: Filter parsing error (${before.length}:${column}):\n${line}\n${caret}\n`;
}
