import { type Reach, unreachedRules } from '../../behaviour/behaviour.ts';
import { type ConfigRule, notesOf } from '../../config/config.ts';
import type { Expression } from '../../expression/expression.ts';
import type { Note, ProblemInput } from '../../problem/problem.ts';

/** Finds the rules of a list that can never answer; see `unreachedRules`. */
export type FindUnreached = (
  trees: readonly (Expression | undefined)[],
  transparent: ReadonlySet<number>,
) => readonly Reach[];

/** In steps of a search, for all lists together: a second or two. */
const mostSteps = 20_000_000;

/** A finder that remembers its answers: lists that many zones share are analysed once, as their trees are the same. */
export function unreachedFinder(): FindUnreached {
  const numbers = new Map<Expression, number>();
  const numberOf = (tree: Expression | undefined): number => {
    if (tree === undefined) return -1;
    const number = numbers.get(tree) ?? numbers.size;
    numbers.set(tree, number);
    return number;
  };
  const budget = { steps: mostSteps };
  const known = new Map<string, readonly Reach[]>();
  return (trees, transparent) => {
    const key = `${trees.map(numberOf)} ${[...transparent]}`;
    const found = known.get(key) ?? unreachedRules(trees, { transparent, budget });
    known.set(key, found);
    return found;
  };
}

/** What is to be said of a rule of a list that never answers. */
export function unreachedLint(rules: readonly ConfigRule[], reach: Reach): ProblemInput | undefined {
  const rule = rules[reach.index];
  if (rule === undefined) return undefined;
  const { expression, ref } = rule;
  const place = { span: expression.span, ...notesOf(expression) };
  const covers = (reach.coveredBy ?? []).flatMap((at) => rules[at] ?? []);
  if (reach.satisfiable === false || covers.length === 0) {
    const message = `the rule "${ref.value}" can never answer: its expression is never true`;
    return {
      code: 'lint/unreachable',
      message,
      ...place,
      hint: 'its conditions exclude each other: change or remove it',
    };
  }
  const notes = covers.slice(0, mostNotes).map((one): Note => {
    return { message: `"${one.ref.value}" answers before it`, span: one.expression.span };
  });
  const [only] = covers.length === 1 ? covers : [];
  return {
    code: only !== undefined ? 'lint/unreachable' : 'lint/shadowed',
    message: `the rule "${ref.value}" never answers: ${coveredBy(covers.map((one) => one.ref.value))}`,
    ...place,
    notes: [...notes, ...(place.notes ?? [])],
    hint: `move it before ${only === undefined ? 'them' : `"${only.ref.value}"`}, narrow what answers first, or remove it`,
  };
}

/** Nobody follows more of them. */
const mostNotes = 5;

function coveredBy(refs: readonly string[]): string {
  const quoted = refs.map((ref) => `"${ref}"`);
  const last = quoted.pop();
  if (quoted.length === 0) return `${last} answers all of its errors first`;
  const some =
    refs.length > mostNotes ? `${refs.length} rules before it` : `${quoted.join(', ')} and ${last}`;
  return `${some} together answer all of its errors first`;
}
