import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt } from '../../src/problem/excerpt.ts';
import { cells } from '../../src/problem/printable.ts';

function drawn(
  source: string,
  place: readonly [number, number, number, number],
  width = 40,
): string | undefined {
  const [line, column, endLine, endColumn] = place;
  const shown = excerpt(source, { file: 'a.yaml', line, column, endLine, endColumn }, width);
  return shown && `${shown.text}\n${' '.repeat(shown.caret.at)}${'^'.repeat(shown.caret.length)}`;
}

const long = `${'x'.repeat(30)}(${'y'.repeat(30)})${'z'.repeat(30)}`;

describe('excerpt', () => {
  it.each([
    ['marks the span', 'a: 1\nkey: value\n', [2, 6, 2, 11], 'key: value\n     ^^^^^'],
    ['a span of no length gets one caret', 'key: value', [1, 4, 1, 4], 'key: value\n   ^'],
    ['several lines: to the end of the first', 'key: |\n  a\n', [1, 1, 2, 4], 'key: |\n^^^^^^'],
    ['the place after the last character', 'key:', [1, 5, 1, 5], 'key:\n    ^'],
    ['a column far behind the end stays at the end', 'key:', [1, 50, 1, 60], 'key:\n    ^'],
    ['a carriage return is no part of the line', 'a: b\r\nc: d\r\n', [2, 4, 3, 1], 'c: d\n   ^'],
    ['tabs are filled up', '\ta\tb', [1, 4, 1, 5], '⇥   a⇥  b\n        ^'],
    ['East Asian characters are two cells', '本日: 店', [1, 5, 1, 6], '本日: 店\n      ^^'],
    ['columns count characters, not UTF-16 units', '🚧🚧 x', [1, 4, 1, 5], '🚧🚧 x\n     ^'],
    ['a combining mark takes no cell', 'e\u0301a: b', [1, 5, 1, 6], 'e\u0301a: b\n   ^'],
    ['joined emoji are one picture', '👩‍🚒 x', [1, 5, 1, 6], '👩‍🚒 x\n   ^'],
    ['an escape is drawn as long as it is shown', 'a\u001bb', [1, 2, 1, 3], 'a\\u{1b}b\n ^^^^^^'],
  ] as const)('%s', (_name, source, place, expected) => {
    expect(drawn(source, place)).toBe(expected);
  });

  it('cuts a long line around the carets', () => {
    expect(drawn(long, [1, 31, 1, 32])).toBe(`…${'x'.repeat(12)}(${'y'.repeat(25)}…\n             ^`);
    expect(drawn(long, [1, 1, 1, 4])).toBe(`${'x'.repeat(30)}(${'y'.repeat(8)}…\n^^^`);
    expect(drawn(long, [1, 92, 1, 93])).toBe(`…${'y'.repeat(8)})${'z'.repeat(30)}\n${' '.repeat(39)}^`);
  });

  it('marks what it can of a span that is longer than the width', () => {
    expect(drawn('abcdefghijkl', [1, 3, 1, 13], 6)).toBe('abcde…\n  ^^^^');
  });

  it('has nothing to show where the source is shorter than the span says', () => {
    expect(drawn('a\nb', [4, 1, 4, 2])).toBeUndefined();
  });

  it('never leaves the width, whatever the line and the span', () => {
    const number = fc.integer({ min: 1, max: 80 });
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 90 }),
        number,
        number,
        (source, column, endColumn) => {
          const line = source.replaceAll('\n', '');
          const shown = excerpt(line, { file: 'a', line: 1, column, endLine: 1, endColumn }, 20);
          expect(shown).toBeDefined();
          if (shown === undefined) return;
          expect(cells(shown.text)).toBeLessThanOrEqual(20);
          expect(shown.caret.at + shown.caret.length).toBeLessThanOrEqual(21);
        },
      ),
    );
  });
});
