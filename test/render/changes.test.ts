import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planMarkdown, planTerminal } from '../../src/render/render.ts';
import { planOfEdits } from './fixture.ts';

/** What a plan must never do: show a change without showing what changes. */

const look = { color: false, sandbox: false, sources: new Map<string, string>() };

/** One side of a change in a terminal: the rows from its mark on, with what breaks a line taken away. */
function side(terminal: string, mark: '-' | '+'): string {
  const lines = terminal.split('\n');
  const first = lines.findIndex((line) => line.trimStart().startsWith(`│ ${mark}`));
  if (first === -1) throw new Error(`no line begins with ${mark}: ${terminal}`);
  const more = lines.slice(first + 1).findIndex((line) => !line.trimStart().startsWith('┊'));
  return lines
    .slice(first, first + 1 + more)
    .map((line) => line.trim().slice(4))
    .join('\n');
}

/** Where the value stands on one line, its two sides; otherwise the two runs of rows. */
function terminalSides(field: string, before: string, after: string, width: number): readonly string[] {
  const text = planTerminal(planOfEdits([{ field, before, after }]), { ...look, width });
  const line = new RegExp(`^ +${field}: (.*)$`, 'mv').exec(text)?.[1];
  if (line === undefined) return [side(text, '-'), side(text, '+')];
  const middle = (line.length - 3) / 2;
  return line.length % 2 === 1 && line.slice(middle, middle + 3) === ' → '
    ? [line.slice(0, middle), line.slice(middle + 3)]
    : [line, ''];
}

function markdownSides(field: string, before: string, after: string): readonly string[] {
  const text = planMarkdown(planOfEdits([{ field, before, after }]), look);
  const cell = new RegExp(`^.*${field}: (.*) → (.*) \\|$`, 'mv').exec(text);
  if (cell) return cell.slice(1);
  return ['-', '+'].map((mark) => {
    const line = text.split('\n').find((one) => one.startsWith(mark));
    if (line === undefined) throw new Error(`no line begins with ${mark}: ${text}`);
    return line.slice(1);
  });
}

const field = fc.constantFrom('content', 'expression');
const width = fc.integer({ min: 1, max: 130 });

/** Runs without a blank in them, and words; the signs are those that are printed in another form, and those forms. */
const stretch = fc.oneof(
  fc
    .tuple(fc.constantFrom('Q', 'ab', '本', '👩‍🚒', 'e\u0301'), fc.integer({ min: 1, max: 700 }))
    .map(([piece, times]) => piece.repeat(times)),
  fc.base64String({ maxLength: 1_200 }),
  fc
    .array(fc.constantFrom('a', 'p{margin:0}', '<b>', ' ', '  ', '·', '…', ' … ', '"', '\\'), {
      maxLength: 80,
    })
    .map((words) => words.join('')),
);
const insert = fc.oneof(
  fc.constantFrom(
    ' ',
    '  ',
    '·',
    '\t',
    '⇥   ',
    '\u001b',
    '\\u{1b}',
    '\r',
    '\\r',
    '…',
    '→',
    'Z',
    'Q',
    '\u0301',
    '本',
  ),
  stretch,
);

/** A side that is empty has no line of its own. */
const change = fc
  .tuple(stretch, insert, insert, stretch)
  .filter(
    ([start, one, other, end]) => one !== other && [one, other].every((side) => start + side + end !== ''),
  );

describe('the two sides of a change', () => {
  it('shows a change far inside of a word that is longer than its room', () => {
    const [before, after] = [`A${'Q'.repeat(900)}>`, `A${'Q'.repeat(899)}Z>`];
    expect(terminalSides('content', before, after, 80)).toEqual([
      `A${'Q'.repeat(23)} … ${'Q'.repeat(25)}>`,
      `A${'Q'.repeat(23)} … ${'Q'.repeat(24)}Z>`,
    ]);
  });

  it.each([
    [
      'blanks where a row ends',
      'expression',
      `${'a'.repeat(20)} ${'b'.repeat(20)}`,
      `${'a'.repeat(20)}  ${'b'.repeat(20)}`,
    ],
    ['an escape and what looks like one', 'content', '\u001b', '\\u{1b}'],
    ['quotes that are ours and theirs', 'content', 'a ', '"a "'],
  ])('tells in a narrow terminal: %s', (_name, name, before, after) => {
    const [from, to] = terminalSides(name, before, after, 40);
    expect(from).not.toBe(to);
  });

  it('never read alike in a terminal', () => {
    fc.assert(
      fc.property(field, width, change, (name, cells, [start, before, after, end]) => {
        const [from, to] = terminalSides(name, start + before + end, start + after + end, cells);
        expect(from).not.toBe(to);
      }),
      { numRuns: 250 },
    );
  });

  it('never read alike in Markdown', () => {
    fc.assert(
      fc.property(field, change, (name, [start, before, after, end]) => {
        const [from, to] = markdownSides(name, start + before + end, start + after + end);
        expect(from).not.toBe(to);
      }),
      { numRuns: 250 },
    );
  });
});
