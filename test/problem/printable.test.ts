import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cells, cut, fold, visible } from '../../src/problem/printable.ts';

describe('visible', () => {
  it.each([
    ['plain text stays', 'http.host eq "a" and ü 本 €', 'http.host eq "a" and ü 本 €'],
    ['escape sequences', 'a\u001b[31mred', 'a\\u{1b}[31mred'],
    ['the one-byte CSI', '\u009b2J', '\\u{9b}2J'],
    ['line breaks', 'a\r\nb', 'a\\r\\nb'],
    ['bidirectional overrides', 'user\u202ecod', 'user\\u{202e}cod'],
    ['invisible and odd blanks', 'a\u200bb\u00a0c\ufeff', 'a\\u{200b}b\\u{a0}c\\u{feff}'],
    ['invisible fillers', '\u3164\u{e0041}', '\\u{3164}\\u{e0041}'],
    ['line separators', 'a\u2028b', 'a\\u{2028}b'],
    ['lone surrogates', 'a\ud83d', 'a\\u{d83d}'],
    ['whole emoji stay, with their joiners', '👩‍🚒 ❤️ 🇩🇪', '👩‍🚒 ❤️ 🇩🇪'],
    ['a joiner elsewhere does not', 'a\u200db', 'a\\u{200d}b'],
    ['tabs reach the next stop of four', 'a\tb\t本\tc', 'a⇥  b⇥  本⇥ c'],
    ['commands of a runner', 'x ##[group]y ##vso[z ## [', 'x #\\u{23}[group]y #\\u{23}vso[z ## ['],
  ])('%s', (_name, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves nothing that acts, and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visible(text);
        expect(shown).not.toMatch(
          /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|##\[/u,
        );
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});

describe('cells', () => {
  it.each([
    ['abc', 3],
    ['本日', 4],
    ['ｆｕｌｌ', 8],
    ['한글', 4],
    ['e\u0301', 1],
    ['\u0301', 0],
    ['👩‍🚒', 2],
    ['❤️', 2],
    ['🇩🇪', 2],
    ['→↕│', 3],
  ])('%s takes %i', (text, width) => {
    expect(cells(text)).toBe(width);
  });
});

const texts = fc.string({ unit: 'grapheme' }).map(visible);

describe('fold and cut', () => {
  it('fold loses nothing and keeps to the width', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 30 }), (text, width) => {
        const rows = fold(text, width);
        expect(rows.join('')).toBe(text);
        for (const row of rows) expect(cells(row)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('fold breaks after a blank where it can', () => {
    expect(fold('http.host eq "a" and true', 18)).toEqual(['http.host eq "a" ', 'and true']);
  });

  it('cut keeps to the width and says that it cut', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 30 }), (text, width) => {
        const short = cut(text, width);
        expect(cells(short)).toBeLessThanOrEqual(width);
        expect(short === text || short.endsWith('…')).toBe(true);
      }),
    );
  });
});
