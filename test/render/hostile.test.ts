import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Look,
  planJson,
  planMarkdown,
  planTerminal,
  problemsJson,
  problemsTerminal,
  receiptJson,
  receiptMarkdown,
  receiptTerminal,
} from '../../src/render/render.ts';
import { brokenReceipt, planOfEdits, problems, richPlan, source } from './fixture.ts';
import { hostileText, poisoned } from './hostile.ts';

function look(text: string, { color = false, width = 80 } = {}): Look {
  const file = poisoned({ file: 'custom-errors.yaml' }, text).file;
  return { color, width, sandbox: true, sources: new Map([[file, `${text}\n${source}${text}`]]) };
}

const acting =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|##\[|##vso\[/u;

function expectHarmless(text: string): void {
  expect(text.replaceAll('\n', '')).not.toMatch(acting);
  expect(text).not.toMatch(/^\s*::/m);
}

interface How {
  readonly color?: boolean;
  readonly width?: number;
}

const terminals = {
  planTerminal: (text: string, how?: How) => planTerminal(poisoned(richPlan, text), look(text, how)),
  receiptTerminal: (text: string, how?: How) =>
    receiptTerminal(poisoned(brokenReceipt, text), look(text, how)),
  problemsTerminal: (text: string, how?: How) => problemsTerminal(poisoned(problems, text), look(text, how)),
};

const markdowns = {
  planMarkdown: (text: string, limit?: number) =>
    planMarkdown(poisoned(richPlan, text), { ...look(text), ...(limit === undefined ? {} : { limit }) }),
  receiptMarkdown: (text: string, limit?: number) =>
    receiptMarkdown(poisoned(brokenReceipt, text), {
      ...look(text),
      ...(limit === undefined ? {} : { limit }),
    }),
};

describe('terminal texts', () => {
  it.each(Object.entries(terminals))(
    '%s: nothing foreign acts, and colour adds colour only',
    (_name, render) => {
      fc.assert(
        fc.property(hostileText, fc.nat({ max: 150 }), (text, width) => {
          const plain = render(text, { width });
          expect(plain).toMatch(/^SANDBOX/);
          expectHarmless(plain);
          expect(stripVTControlCharacters(render(text, { width, color: true }))).toBe(plain);
        }),
      );
    },
  );
});

describe('JSON texts', () => {
  it('nothing foreign acts, and every value comes back', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const texts = [
          planJson(poisoned(richPlan, text), look(text)),
          receiptJson(poisoned(brokenReceipt, text), look(text)),
          problemsJson(poisoned(problems, text), look(text)),
        ];
        for (const json of texts) expectHarmless(json);
        const { problems: read } = JSON.parse(texts[2] ?? '') as { problems: { message: string }[] };
        expect(read[0]?.message).toBe(`${text}${problems[0]?.message}${text}`);
      }),
    );
  });
});

/** What Markdown says outside of fences and code (CommonMark 4.5: a fence may be indented); throws where one stays open. */
function prose(markdown: string): string {
  let open: string | undefined;
  const lines = markdown.split('\n').filter((line) => {
    const ticks = /^ {0,3}(`{3,})/.exec(line)?.[1];
    if (open === undefined) {
      open = ticks;
      return ticks === undefined;
    }
    if (ticks !== undefined && ticks.length >= open.length && line.trim() === ticks) open = undefined;
    return false;
  });
  if (open !== undefined) throw new Error('a fence is open at the end');
  return lines
    .map((line) => line.replace(/`[^`]*`/g, 'CODE').replace(/<code>[^<]*<\/code>/g, 'CODE'))
    .join('\n');
}

function expectSound(markdown: string): void {
  const text = prose(markdown);
  expect(text).not.toMatch(/EVIL|octocat|#12|GH-12|https?:|::|\\\||[~`]{2}|<!--|<script/);
  expect(text.match(/<details/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
  const widths = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').length);
  expect(new Set(widths).size).toBeLessThanOrEqual(1);
}

describe('Markdown texts', () => {
  it.each(Object.entries(markdowns))(
    '%s: no fence, table, section or mention comes from outside',
    (_name, render) => {
      fc.assert(
        fc.property(
          hostileText,
          fc.option(fc.integer({ min: 0, max: 9_000 }), { nil: undefined }),
          (text, limit) => {
            const markdown = render(text, limit);
            expect(markdown).toMatch(/^SANDBOX/);
            expectHarmless(markdown);
            expectSound(markdown);
          },
        ),
      );
    },
  );

  it('a page that is all fences and tags stays in its own fence', () => {
    const lines = fc.array(fc.constantFrom('```', '````', '~~~', '</details>', 'EVIL', '::error::x', ''), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(lines, lines, lines, (head, middle, tail) => {
        const before = [...head, 'old', ...tail].join('\n');
        const after = [...head, ...middle, 'new', ...tail].join('\n');
        const markdown = planMarkdown(planOfEdits([{ field: 'content', before, after }]), look(''));
        expectHarmless(markdown);
        expectSound(markdown);
      }),
    );
  });
});
