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
import { answered, doubtful, noError, ofAccount, open, unanswered } from './explanation.ts';
import {
  brokenReceipt,
  comparedPlan,
  doneReceipt,
  emptyPlan,
  missingPlan,
  page,
  planOfEdits,
  problems,
  richPlan,
  source,
  stoppedPlan,
  visitorsPlan,
} from './fixture.ts';
import { mixedReport, passedReport } from './tests.ts';

/** What people and programs read, kept as files to be looked at: `vitest -u` writes them anew. */
const look: Look = {
  color: false,
  width: 80,
  sandbox: false,
  sources: new Map([['custom-errors.yaml', source]]),
};
const wide: Look = { ...look, width: 120 };
const colored: Look = { ...look, color: true };
const sandbox: Look = { ...look, sandbox: true };

const minified = (colour: string) =>
  `<style>${'p{margin:0}'.repeat(40)}h1{color:${colour}}${'b{top:0}'.repeat(60)}</style>`;

const edits = planOfEdits([
  { field: 'enabled', before: false },
  { field: 'description', before: '', after: 'now with words' },
  { field: 'description', before: 'ends here', after: 'ends here ' },
  { field: 'expression', before: 'true\nand http.host eq "a"', after: 'true\nand http.host eq "b"' },
  { field: 'expression', before: 'http.host eq "a" ', after: `http.host eq "${'b'.repeat(70)}"` },
  { field: 'asset_name', before: 'error_5xx' },
  { field: 'content', after: page('Sorry', 'Something broke.') },
  {
    field: 'content',
    before: page('Sorry', 'Old'),
    after: `${page('Sorry', 'Old').replaceAll('\n', '\r\n')}`,
  },
  { field: 'content', before: minified('red'), after: minified('blue') },
  { field: 'content', before: 'x'.repeat(600), after: 'y'.repeat(600) },
  { field: 'content', before: '<p>本日\u202e</p>\n', after: '<p>本日</p>\n' },
  { field: 'content', before: { odd: true }, after: 'text' },
]);

describe('what is read', () => {
  it.each([
    ['plan-rich.80.txt', () => planTerminal(richPlan, look)],
    ['plan-rich.120.txt', () => planTerminal(richPlan, wide)],
    ['plan-rich.color.txt', () => planTerminal(richPlan, colored)],
    ['plan-compared.txt', () => planTerminal(comparedPlan, look)],
    ['plan-compared.md', () => planMarkdown(comparedPlan, look)],
    ['plan-compared.json', () => planJson(comparedPlan, look)],
    ['plan-visitors.txt', () => planTerminal(visitorsPlan, look)],
    ['plan-visitors.md', () => planMarkdown(visitorsPlan, look)],
    ['plan-empty.sandbox.txt', () => planTerminal(emptyPlan, sandbox)],
    ['plan-edits.txt', () => planTerminal(edits, look)],
    ['plan-edits.md', () => planMarkdown(edits, look)],
    ['plan-stopped.txt', () => planTerminal(stoppedPlan, look)],
    ['plan-rich.md', () => planMarkdown(richPlan, look)],
    ['plan-rich.3000.md', () => planMarkdown(richPlan, { ...look, limit: 3_000 })],
    ['plan-empty.sandbox.md', () => planMarkdown(emptyPlan, sandbox)],
    ['plan-missing.txt', () => planTerminal(missingPlan, look)],
    ['plan-stopped.md', () => planMarkdown(stoppedPlan, look)],
    ['plan-rich.json', () => planJson(richPlan, look)],
    ['receipt-done.txt', () => receiptTerminal(doneReceipt, look)],
    ['receipt-broken.txt', () => receiptTerminal(brokenReceipt, look)],
    ['receipt-broken.color.txt', () => receiptTerminal(brokenReceipt, colored)],
    ['receipt-done.md', () => receiptMarkdown(doneReceipt, look)],
    ['receipt-broken.md', () => receiptMarkdown(brokenReceipt, look)],
    ['receipt-broken.json', () => receiptJson(brokenReceipt, look)],
    ['problems.80.txt', () => problemsTerminal(problems, look)],
    ['problems.60.txt', () => problemsTerminal(problems, { ...look, width: 60 })],
    ['problems.color.txt', () => problemsTerminal(problems, colored)],
    ['explanation-answered.txt', () => explanationTerminal(answered, look)],
    ['explanation-answered.color.txt', () => explanationTerminal(answered, colored)],
    ['explanation-answered.json', () => explanationJson(answered, [], look)],
    ['explanation-doubtful.120.txt', () => explanationTerminal(doubtful, wide)],
    ['explanation-of-account.sandbox.txt', () => explanationTerminal(ofAccount, sandbox)],
    ['explanation-unanswered.txt', () => explanationTerminal(unanswered, look)],
    ['explanation-open.txt', () => explanationTerminal(open, look)],
    ['explanation-no-error.txt', () => explanationTerminal(noError, look)],
    ['problems.json', () => problemsJson(problems, look)],
    ['tests-mixed.txt', () => testsTerminal(mixedReport, { ...look, brief: false })],
    ['tests-mixed.color.txt', () => testsTerminal(mixedReport, { ...colored, brief: false })],
    ['tests-mixed.brief.txt', () => testsTerminal(mixedReport, { ...look, brief: true })],
    ['tests-passed.txt', () => testsTerminal(passedReport, { ...look, brief: false })],
    ['tests-passed.json', () => testsJson(passedReport, look)],
  ] as const)('%s', async (file, render) => {
    await expect(render()).toMatchFileSnapshot(`shots/${file}`);
  });
});
