import { Lexer } from 'yaml';
import type { Span } from '../problem/problem.ts';
import type { ConfigSource, SpanFinder } from './place.ts';
import type { Tree } from './tree.ts';

/** A comment `# cf-errors:ignore CODE reason`. */
export interface Ignore {
  /** The comment. */
  readonly span: Span;
  /** As written; empty where the comment names none. */
  readonly code: string;
  /** Empty where none is given. */
  readonly reason: string;
  /** The lines it speaks of, the last included: those of the values on its own line, or on the line below it. */
  readonly from: number;
  readonly to: number;
}

const mark = 'cf-errors:ignore';

/** The comments of one file that silence findings, from top to bottom. */
export function readIgnores({ text }: ConfigSource, tree: Tree, span: SpanFinder): Ignore[] {
  if (!text.includes(mark)) return [];
  const found = comments(text).filter((one) => one.text.startsWith(mark));
  const alone = new Set(
    comments(text)
      .filter(({ isAlone }) => isAlone)
      .map(({ from }) => span(from, from).line),
  );
  const extents = extentsOf(tree);
  return found.map(({ from, to, text: comment, isAlone }) => {
    const at = span(from, to);
    let line = at.line;
    if (isAlone) while (alone.has(line)) line += 1;
    const [, code = '', ...reason] = comment.split(/\s+/);
    return { span: at, code, reason: reason.join(' ').trim(), ...spokenOf(line, extents) };
  });
}

interface Comment {
  readonly from: number;
  readonly to: number;
  /** Without the sign and the blanks around it. */
  readonly text: string;
  /** True where nothing else stands on its line. */
  readonly isAlone: boolean;
}

/** The YAML package's own tokens tell a comment from a `#` inside of a text. */
function comments(text: string): Comment[] {
  const found: Comment[] = [];
  let [from, isScalar] = [0, false];
  for (const token of new Lexer().lex(text)) {
    const isText = isScalar;
    isScalar = !isText && token === beforeScalar;
    if (!isText && unprinted.has(token)) continue;
    const to = from + token.length;
    if (!isText && token.startsWith('#')) {
      const isAlone = /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, from - longestMargin), from));
      found.push({ from, to, text: token.slice(1).trim(), isAlone });
    }
    from = to;
  }
  return found;
}

/** Marks that the lexer puts between the tokens of a text: document, error in a flow collection, scalar. */
const beforeScalar = '\x1f';
const unprinted: ReadonlySet<string> = new Set(['\x02', '\x18', beforeScalar]);

/** A comment that is indented further than this counts as standing behind something. */
const longestMargin = 1000;

type Extent = readonly [first: number, last: number, begins: number];

/** From the key to the end of every value that is no collection, with the line on which the value begins. */
function extentsOf(tree: Tree): Extent[] {
  if (tree.kind === 'leaf') return [];
  if (tree.kind === 'list') return tree.items.flatMap(extentsOf);
  return [...tree.entries.values()].flatMap(({ key, value }): Extent[] => {
    if (value.kind !== 'leaf') return extentsOf(value);
    const { line, endLine } = value.span;
    const isAlias = value.uses.length > key.uses.length;
    return [[isAlias ? line : key.span.line, endLine, line]];
  });
}

function spokenOf(line: number, extents: readonly Extent[]): Pick<Ignore, 'from' | 'to'> {
  const here = extents.filter((lines) => lines.includes(line));
  return {
    from: Math.min(line, ...here.map(([first]) => first)),
    to: Math.max(line, ...here.map(([, last]) => last)),
  };
}
