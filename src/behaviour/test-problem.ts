import type { RuleName, RuleStep } from '../model/behaviour.ts';
import type { DesiredRule, DesiredState } from '../model/desired.ts';
import { isSameScope, scopeLabel } from '../model/scope.ts';
import type { Miss, TestResult } from '../model/tests.ts';
import type { VisitorExplanation } from '../model/visitor.ts';
import type { Note, ProblemInput } from '../problem/problem.ts';

/**
 * What a test that did not pass says: where its expectation stands, what was expected and what came, and at the rules of
 * the state why. Undefined for a test that passed.
 */
export function testProblem(result: TestResult, state: DesiredState): ProblemInput | undefined {
  const { test, outcome, misses } = result;
  if (outcome === 'passed') return undefined;
  const [first] = misses;
  const title = test.name === undefined ? '' : `${JSON.stringify(test.name)}: `;
  const said = outcome === 'failed' ? failed(result) : undecided(result.explanation);
  return {
    ...said,
    message: title + said.message,
    span: (first && test.expected.keys[first.key]) ?? test.expected.item,
    scope: scopeLabel(test.scope),
    notes: [
      ...test.expected.uses.map((span) => ({ message: 'used here', span })),
      ...(outcome === 'failed' ? failureNotes(result, state) : doubtNotes(result, state)),
    ],
  };
}

type Said = Pick<ProblemInput, 'code' | 'message' | 'hint'>;

function failed({ misses, explanation }: TestResult): Said {
  return {
    code: 'behaviour/test-failed',
    message: misses.map((miss) => missWords(miss, explanation)).join('; '),
    hint: 'mend the rules or the test; "cf-errors test" shows rule by rule what comes of it',
  };
}

function undecided({ answer }: VisitorExplanation): Said {
  return {
    code: 'behaviour/test-undecided',
    message: `it cannot be told whether ${doubtful(answer.steps).map(placeWords).join(', ')} answers`,
    hint: 'give the test what the notes name; where nobody can, as with lists: --allow behaviour/test-undecided',
  };
}

function doubtful(steps: readonly RuleStep[]): readonly RuleStep[] {
  return steps.filter(({ outcome }) => outcome === 'unknown');
}

function missWords({ key, expected, got }: Miss, { answer }: VisitorExplanation): string {
  const from = answer.winner === undefined ? 'no rule' : placeWords(answer.winner);
  if (key === 'ref') return `expected ${expected ?? 'no rule'}, got ${from}`;
  const came = got === null ? `no ${key}` : `${got}`;
  return `expected ${key} ${expected}, got ${came} from ${from}`;
}

/** A rule by its name and its place: `branded_5xx (rule 3)`. */
function placeWords({ scope, ref, position }: RuleName): string {
  return `${ref} (${scope === 'account' ? 'account ' : ''}rule ${position})`;
}

/** Why the expected rule does not answer, and which one does; where none does, which rules nobody could try. */
function failureNotes(result: TestResult, state: DesiredState): readonly Note[] {
  const { answer, untried } = result.explanation;
  const missing = result.misses.find(({ key }) => key === 'ref')?.expected;
  const step = answer.steps.find(({ ref }) => ref === missing);
  const why = step && noteAt(step, `${placeWords(step)} ${stepWords(step)}`, { result, state });
  const winner =
    answer.winner && noteAt(answer.winner, `${placeWords(answer.winner)} answers`, { result, state });
  const others =
    winner === undefined && untried !== undefined
      ? { message: `account rules were not tried: ${untried}` }
      : undefined;
  return [why, winner, others].filter((note) => note !== undefined);
}

const mostParts = 3;

function stepWords({ outcome, parts }: RuleStep): string {
  if (outcome === 'disabled') return 'is disabled';
  const some = parts.slice(0, mostParts).map(({ text, result }) => `${text} is ${result}`);
  return `does not answer: ${some.join(', ')}${parts.length > mostParts ? ', …' : ''}`;
}

function doubtNotes(result: TestResult, state: DesiredState): readonly Note[] {
  return doubtful(result.explanation.answer.steps).map((step) => {
    const reasons = step.parts.flatMap(({ reason }) => reason ?? []);
    return noteAt(step, `${step.ref}: ${[...new Set(reasons)].join('; ')}`, { result, state });
  });
}

interface Whereabouts {
  readonly result: TestResult;
  readonly state: DesiredState;
}

/** A note at the expression of a rule. */
function noteAt(rule: RuleName, message: string, { result, state }: Whereabouts): Note {
  const { test, explanation } = result;
  const scope = state.scopes.find(({ name }) =>
    rule.scope === test.scope.kind
      ? isSameScope(name, test.scope)
      : name.kind === rule.scope && name.name === explanation[rule.scope],
  );
  const span = placeOf(scope?.rules?.items[rule.position - 1]);
  return { message, ...(span === undefined ? {} : { span }) };
}

function placeOf(rule: DesiredRule | undefined): Note['span'] {
  return rule?.origin.keys.expression ?? rule?.origin.item;
}
