import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  explanationJson,
  explanationTerminal,
  type Look,
  planJson,
  planMarkdown,
  planTerminal,
  problemsJson,
  problemsTerminal,
  receiptJson,
  receiptMarkdown,
  receiptTerminal,
  testsJson,
  testsTerminal,
} from '../../src/render/render.ts';
import { foreign } from './explanation.ts';
import { brokenReceipt, comparedPlan, planOfEdits, problems, richPlan, source } from './fixture.ts';
import { expectHarmless, expectSound, hostileText, poisoned } from './hostile.ts';
import { foreignReport } from './tests.ts';

function look(text: string, { color = false, width = 80 } = {}): Look {
  const file = poisoned({ file: 'custom-errors.yaml' }, text).file;
  return { color, width, sandbox: true, sources: new Map([[file, `${text}\n${source}${text}`]]) };
}

interface How {
  readonly color?: boolean;
  readonly width?: number;
}

const terminals = {
  'planTerminal of a comparison': (text: string, how?: How) =>
    planTerminal(poisoned(comparedPlan, text), look(text, how)),
  planTerminal: (text: string, how?: How) => planTerminal(poisoned(richPlan, text), look(text, how)),
  receiptTerminal: (text: string, how?: How) =>
    receiptTerminal(poisoned(brokenReceipt, text), look(text, how)),
  explanationTerminal: (text: string, how?: How) => explanationTerminal(foreign(text), look(text, how)),
  testsTerminal: (text: string, how?: How) =>
    testsTerminal(foreignReport(text), { ...look(text, how), brief: false }),
  problemsTerminal: (text: string, how?: How) => problemsTerminal(poisoned(problems, text), look(text, how)),
};

const markdowns = {
  'planMarkdown of a comparison': (text: string, limit?: number) =>
    planMarkdown(poisoned(comparedPlan, text), { ...look(text), ...(limit === undefined ? {} : { limit }) }),
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
          planJson(poisoned(comparedPlan, text), look(text)),
          receiptJson(poisoned(brokenReceipt, text), look(text)),
          explanationJson(foreign(text), problems, look(text)),
          testsJson(foreignReport(text), look(text)),
          problemsJson(poisoned(problems, text), look(text)),
        ];
        for (const json of texts) expectHarmless(json);
        const { problems: read } = JSON.parse(texts.at(-1) ?? '') as { problems: { message: string }[] };
        expect(read[0]?.message).toBe(`${text}${problems[0]?.message}${text}`);
      }),
    );
  });
});

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
