import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/problem/nearest.ts';

const words = ['expression', 'content', 'content_file', 'content_type', 'ref', 'asset_name'];

describe('nearest', () => {
  it.each([
    ['expresion', 'expression'],
    ['exrpession', 'expression'],
    ['Expression', 'expression'],
    ['contents', 'content'],
    ['content-type', 'content_type'],
    ['assetname', 'asset_name'],
    ['rfe', 'ref'],
    ['ref', 'ref'],
    ['id', undefined],
    ['colour', undefined],
    ['', undefined],
    ['x'.repeat(100_000), undefined],
  ])('takes "%.20s" for %s', (word, meant) => {
    expect(nearest(word, words)).toBe(meant);
  });
});
