import { type Document, isScalar, parseDocument, visit, type YAMLError, YAMLParseError } from 'yaml';
import type { Report } from '../problem/problem.ts';
import { compose } from './compose.ts';
import { type Ignore, readIgnores } from './ignores.ts';
import { type ConfigSource, type SpanFinder, spanFinder } from './place.ts';
import { syntaxWords } from './syntax-words.ts';
import type { Tree } from './tree.ts';

/** A file's one document, and the comments in it that silence findings. */
export interface ReadDocument {
  readonly tree: Tree;
  readonly ignores: readonly Ignore[];
}

/**
 * Reads one YAML document. Undefined where its syntax or its aliases are broken or where it holds nothing, which is
 * reported; a duplicate key is reported too, and the tree goes on with the first of the two.
 */
export function readTree(source: ConfigSource, report: Report): ReadDocument | undefined {
  const document = parseDocument(source.text, {
    prettyErrors: false,
    resolveKnownTags: false,
    stringKeys: true,
    uniqueKeys: false,
  });
  const { text } = source;
  const span = spanFinder(source);
  if (reportSyntax(document, { text, span, report })) return undefined;
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) {
    report({
      code: 'config/empty',
      message: `${source.file} holds no configuration`,
      span: span(0, 0),
      hint: 'a file begins with "version: 1"; to own nothing, leave the file out',
    });
    return undefined;
  }
  const tree = compose({ document, text, span, report });
  return tree && { tree, ignores: readIgnores(source, tree, span) };
}

/** A broken line breaks what follows, so a line is reported once, and after this many the rest is noise. */
const mostSyntaxProblems = 8;

interface Pointing {
  readonly text: string;
  readonly span: SpanFinder;
  readonly report: Report;
}

function reportSyntax(document: Document, { text, span, report }: Pointing): boolean {
  const faults: YAMLError[] = [...directiveFaults(document, text), ...document.errors, ...document.warnings];
  // Whatever else a document says that overflowed the parser's stack follows from that.
  const overflow = faults.find((fault) => fault.code === 'RESOURCE_EXHAUSTION');
  const lines = new Set<number>();
  for (const fault of overflow === undefined ? faults : [overflow]) {
    const at = span(...extent(fault, document, text));
    if (lines.has(at.line) || lines.size === mostSyntaxProblems) continue;
    lines.add(at.line);
    report({ ...syntaxWords(fault), span: at });
  }
  return faults.length > 0;
}

/** In YAML 1.1 `no` is false and `010` is eight: a file that asks for it would mean something else than it shows. */
function directiveFaults({ directives }: Document, text: string): YAMLError[] {
  if (directives?.yaml.explicit !== true || directives.yaml.version === '1.2') return [];
  const from = text.search(/^%YAML/m);
  return [new YAMLParseError([from, from + 5], 'BAD_DIRECTIVE', 'an old version')];
}

/** The part of one line that shows a fault best. */
function extent(fault: YAMLError, document: Document, text: string): [number, number] {
  const [from, to] = fault.pos;
  const quote = fault.code === 'MISSING_CHAR' ? openQuote(document, from) : undefined;
  if (quote !== undefined) return [quote, quote + 1];
  const start = from + (/^ +(?=\S)/.exec(text.slice(from, from + 200))?.[0].length ?? 0);
  const end = text.indexOf('\n', start);
  return [start, Math.max(start + 1, Math.min(to, end < 0 ? text.length : end))];
}

/** Where the quoted text begins that ends, unclosed, at an offset: there the file has to be changed. */
function openQuote(document: Document, end: number): number | undefined {
  let found: number | undefined;
  visit(document, {
    Scalar: (_, { type, range }) => {
      const quoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
      if (quoted && range?.[1] === end) found = range[0];
    },
  });
  return found;
}
