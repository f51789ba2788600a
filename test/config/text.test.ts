import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document, Scalar } from 'yaml';
import { type LocatedText, parseConfig, spanWithin } from '../../src/config/config.ts';
import type { Span } from '../../src/problem/problem.ts';

function expressionIn(text: string): LocatedText | undefined {
  const { value } = parseConfig([{ file: 'a.yaml', text, directory: '/' }]);
  return value?.scopes[0]?.rules?.items[0]?.expression;
}

function expressionOf(text: string): LocatedText {
  const found = expressionIn(text);
  if (found === undefined) throw new Error(`no expression in\n${text}`);
  return found;
}

function withExpression(yaml: string): string {
  return `version: 1\nzones:\n  a.com:\n    rules:\n      - ref: a # 🧯\n        expression: ${yaml}\n        asset_name: b\n`;
}

function slice(text: string, { line, column, endLine, endColumn }: Span): string {
  const lines = text.split('\n').slice(line - 1, endLine);
  return lines
    .map((one, index) =>
      [...one]
        .slice(index === 0 ? column - 1 : 0, index === lines.length - 1 ? endColumn - 1 : undefined)
        .join(''),
    )
    .join('\n');
}

/** Each word of an expression, by its offsets. */
function words(text: string): readonly RegExpExecArray[] {
  return [...text.matchAll(/[^\s"'\\]+/g)];
}

describe('spanWithin', () => {
  it.each([
    ['plain', 'a eq b'],
    ['plain over lines', 'a eq\n          b and\n\n          c'],
    ['single quotes', `'a eq "b" and ''c'' '`],
    ['single quotes over lines', `' a eq\n          b '`],
    ['double quotes', '"a eq \\"b\\" or \\"\\\\d\\" and c"'],
    ['double quotes over lines', '"a eq\n          \\"b\\" or c"'],
    ['literal', '|\n          a eq\n            b and\n\n          c'],
    ['literal with a header', '|2-  # comment\n           a eq\n          b'],
    ['folded', '>-\n          a eq\n          b and\n\n          c\n            d'],
    ['after an anchor', '&x a eq b'],
    ['after an anchor, as a block', '&x |\n          a eq b'],
    ['wide characters', '"🧯 eq \\"é🧯\\" or 🧯"'],
  ])('is exact in %s', (_, yaml) => {
    const file = withExpression(yaml);
    const text = expressionOf(file);
    expect(words(text.value).length).toBeGreaterThan(1);
    for (const { 0: word, index } of words(text.value)) {
      expect(slice(file, spanWithin(text, index, index + word.length))).toBe(word);
    }
  });

  it.each([
    ['\\x61', 'a'],
    ['\\u00e9', 'é'],
    ['\\U0001F9EF', '🧯'],
    ['\\ud83e\\uddef', '🧯'],
    ['\\n', '\n'],
    ['\\/', '/'],
    ['\\_', '\u00a0'],
  ])('is the escape %s itself, and exact behind it', (written, meant) => {
    const file = withExpression(`"x ${written} eq \\\n          b"`);
    const text = expressionOf(file);
    expect(text.value).toBe(`x ${meant} eq b`);
    expect(slice(file, spanWithin(text, 2, 2 + meant.length))).toBe(written);
    const eq = 3 + meant.length;
    expect(slice(file, spanWithin(text, eq, eq + 2))).toBe('eq');
    expect(slice(file, spanWithin(text, eq + 3, eq + 4))).toBe('b');
  });

  it('is on the line itself for what stands before its first word', () => {
    const text = expressionOf(withExpression('|\n          a\n            \tb'));
    expect(spanWithin(text, 4, 5)).toMatchObject({ line: 8, column: 13 });
  });

  it('is exact, or the whole value, for any text in any style', () => {
    const styles = ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const;
    const unit = fc.constantFrom(
      'a',
      'bc',
      ' ',
      '  ',
      '\n',
      '\t',
      '"',
      "'",
      '\\',
      '#',
      ':',
      '🧯',
      '\u00a0',
      'and',
      '{',
    );
    const value = fc
      .array(unit, { minLength: 1, maxLength: 30 })
      .map((parts) => parts.join(''))
      .filter((text) => /\S/.test(text));
    fc.assert(
      fc.property(
        value,
        fc.constantFrom(...styles),
        fc.constantFrom(0, 20),
        (expression, style, lineWidth) => {
          const scalar = new Scalar(expression);
          scalar.type = style;
          const file = new Document({
            version: 1,
            zones: { 'a.com': { rules: [{ ref: 'a', expression: scalar, asset_name: 'b' }] } },
          }).toString({ lineWidth });
          const text = expressionIn(file);
          // The package's own writer breaks some texts in some styles; reading is what is tested here.
          if (text === undefined) return;
          for (const { 0: word, index } of words(text.value)) {
            const span = spanWithin(text, index, index + word.length);
            if (text.stretches.length === 0) expect(span).toEqual(text.span);
            // A line end behind a backslash may stand in the middle of a word.
            else expect(slice(file, span).replaceAll(/\\\n */g, '')).toBe(word);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
