import { type Miss, type TestReport, type TestResult, tallyOfTests } from '../model/tests.ts';
import { cells, padded, visible } from '../problem/printable.ts';
import type { Problem } from '../problem/problem.ts';
import { explanationBlocks } from './explanation-terminal.ts';
import { questionWords, ruleWords } from './explanation-words.ts';
import type { Look } from './look.ts';
import { pageOf } from './page.ts';
import { type Paint, painter, type Tone } from './paint.ts';
import { problemsLines } from './problems-terminal.ts';
import { count, sandboxLine, testTallyWords } from './words.ts';

/** How the tests are to look. */
export interface TestsLook extends Look {
  /** True leaves out the tests that passed. */
  readonly brief: boolean;
}

const marks = {
  passed: ['✓', 'add'],
  failed: ['✗', 'error'],
  undecided: ['?', 'change'],
} as const satisfies Record<TestResult['outcome'], readonly [sign: string, tone: Tone]>;

/** Wider names do not push the column of the others. */
const widestName = 48;

/**
 * What became of tests, for people: a line for each, then each that did not pass with its place and the way to the
 * answer that came, the problems of the files, and a last line that counts.
 */
export function testsTerminal(report: TestReport, look: TestsLook): string {
  const paint = painter(look.color);
  const { results, problems } = report;
  const own = new Set(results.flatMap(({ problem }) => problem ?? []));
  const tally = tallyOfTests(report);
  const isWhole = tally.failed + tally.undecided === 0;
  const total = count(results.length, 'test');
  return pageOf([
    look.sandbox ? [sandboxLine] : [],
    listLines(look.brief ? results.filter(({ outcome }) => outcome !== 'passed') : results, paint),
    ...results.flatMap((result) => reasonBlocks(result, look)),
    problemsLines(
      problems.filter((one) => !own.has(one)),
      look,
    ),
    results.length === 0 ? [] : [paint(isWhole ? 'add' : 'error', `${total}: ${testTallyWords(tally)}`)],
  ]);
}

function listLines(results: readonly TestResult[], paint: Paint): readonly string[] {
  const width = Math.min(widestName, Math.max(0, ...results.map((one) => cells(visible(nameOf(one))))));
  return results.flatMap((result) => {
    const [sign, tone] = marks[result.outcome];
    const name = padded(visible(nameOf(result)), width);
    const head = `${paint(tone, sign)} ${name}`;
    const came = paint('dim', visible(outcomeWords(result)));
    return cells(name) > width ? [head, `  ${' '.repeat(width)}  ${came}`] : [`${head}  ${came}`];
  });
}

/** What a test is called: as the file says, or by its question. */
export function nameOf({ test, explanation }: TestResult): string {
  return test.name ?? questionWords(explanation);
}

function outcomeWords({ outcome, misses, explanation }: TestResult): string {
  if (outcome === 'undecided') return 'undecided';
  if (outcome === 'failed') return misses.map(missWords).join('; ');
  const { winner } = explanation.answer;
  return winner === undefined ? 'no rule answers' : ruleWords(winner);
}

function missWords({ key, expected, got }: Miss): string {
  const nothing = key === 'ref' ? 'no rule' : `no ${key}`;
  return `expected ${key === 'ref' ? '' : `${key} `}${expected ?? nothing}, got ${got ?? nothing}`;
}

function reasonBlocks(result: TestResult, look: Look): readonly (readonly string[])[] {
  if (result.problem === undefined) return [];
  return [problemsLines([unhinted(result.problem, result)], look), ...wayBlocks(result, look)];
}

/** The way to the answer that came, to stand under the problem of a test. */
function wayBlocks({ explanation }: TestResult, look: Look): readonly (readonly string[])[] {
  const indent = '  ';
  const blocks = explanationBlocks(explanation, { ...look, width: look.width - indent.length });
  return blocks.map((block) => block.map((line) => indent + line));
}

/** Where the way is told, nobody needs the hint how to ask for it. */
function unhinted(problem: Problem, { outcome }: TestResult): Problem {
  if (outcome !== 'failed' || problem.severity !== 'error') return problem;
  const { hint: _, ...bare } = problem;
  return bare;
}

/** Problems for people, those of tests with the way to the answer that came. */
export function problemsOfTestsTerminal(
  problems: readonly Problem[],
  results: readonly TestResult[],
  look: Look,
): string {
  if (problems.length === 0) return '';
  const ways = new Map<Problem, readonly string[]>();
  const told = problems.map((one) => {
    const result = results.find(({ problem }) => problem === one);
    if (result === undefined) return one;
    const bare = unhinted(one, result);
    ways.set(
      bare,
      wayBlocks(result, look).flatMap((block) => ['', ...block]),
    );
    return bare;
  });
  return pageOf([look.sandbox ? [sandboxLine] : [], problemsLines(told, look, (one) => ways.get(one) ?? [])]);
}
