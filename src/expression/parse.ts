import { type Expression, isVector } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { skipBlanks } from './cursor.ts';
import { takeExpression } from './grammar.ts';
import { type Fault, trimmed } from './token.ts';
import { leftOver, needsQuantifier } from './type-faults.ts';
import type { Plan } from './types.ts';

/** A text as an expression, and all that is wrong or odd about it. */
export interface Parsed {
  /**
   * Undefined where the grammar is broken. Beside faults of types and unknown names there is a tree, in which what no
   * table knows has no type.
   */
  readonly tree: Expression | undefined;
  /** In the order of their places. */
  readonly faults: readonly Fault[];
}

/** Cloudflare docs, Rules language, expressions: characters of one expression. */
const longest = 4096;

/**
 * Reads an expression as the public engine does, types included, plus what Cloudflare takes beyond it. Never throws; the
 * time is linear in the length. The plan decides about what only some plans have; without one nothing is said of it.
 */
export function parse(text: string, plan?: Plan): Parsed {
  const length = text.length > longest ? Array.from(text).length : text.length;
  if (length > longest) return { tree: undefined, faults: [tooLong(text, length)] };
  const { from, to } = trimmed(text);
  const cursor: Cursor = { text: text.slice(0, to), plan, faults: [], at: from, depth: 0, regexes: 0 };
  skipBlanks(cursor);
  const tree = cursor.at >= to ? empty(cursor) : takeExpression(cursor);
  if (tree !== undefined) finish(cursor, tree);
  const faults = cursor.faults.sort((one, other) => one.from - other.from);
  return { tree: faults.some(breaksGrammar) ? undefined : tree, faults };
}

function empty({ faults, at }: Cursor): undefined {
  const message = 'the expression is empty';
  faults.push({
    code: 'expression/empty',
    message,
    from: 0,
    to: Math.max(1, at),
    hint: 'for every error, write true',
  });
  return undefined;
}

function finish(cursor: Cursor, tree: Expression): void {
  skipBlanks(cursor);
  if (cursor.at < cursor.text.length) leftOver(cursor);
  else if (isVector(tree) && !cursor.faults.some(isReduction)) cursor.faults.push(needsQuantifier(tree));
  if (/^[\x00-\x7f]*$/.test(cursor.text)) return;
  const bytes = new TextEncoder().encode(cursor.text).length;
  if (bytes <= longest) return;
  cursor.faults.push({
    code: 'expression/too-long',
    severity: 'warning',
    message: `the expression has ${bytes} bytes, and Cloudflare may count these, not its characters`,
    from: tree.from,
    to: tree.to,
    hint: `at most ${longest} bytes are safe`,
  });
}

function isReduction({ code }: Fault): boolean {
  return code === 'expression/needs-quantifier';
}

function tooLong(text: string, length: number): Fault {
  return {
    code: 'expression/too-long',
    message: `the expression has ${length} characters`,
    from: 0,
    to: text.length,
    hint: `at most ${longest} are allowed; split it into several rules`,
  };
}

/** Warnings, and what rests on the tables, which may be older than Cloudflare: an expression that can be understood. */
const understandable: ReadonlySet<string> = new Set([
  'expression/unknown-field',
  'expression/unknown-function',
  'expression/operator-type',
  'expression/value-type',
  'expression/index-type',
  'expression/needs-quantifier',
  'expression/argument-count',
  'expression/argument-type',
  'expression/argument-kind',
  'expression/plan',
  'expression/too-long',
  'expression/too-many-regexes',
  'expression/undocumented',
  'expression/unavailable',
  'expression/deprecated',
  'expression/uppercase-key',
  'expression/odd-number',
  'expression/glued-word',
]);

function breaksGrammar({ code }: Fault): boolean {
  return !understandable.has(code);
}
