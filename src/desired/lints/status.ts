import type { Comparison, Expression, Fault, Order, Placed } from '../../expression/expression.ts';
import { comparisons, isOf } from './walk.ts';

interface Domain {
  readonly field: string;
  /** Every value that a response to which rules apply can have (Cloudflare docs, custom error rules). */
  readonly values: readonly bigint[];
  readonly because: string;
  readonly hint: string;
}

/** Statuses end at 999, as those of `status_code` do. */
const status: Domain = {
  field: 'http.response.code',
  values: range(400, 999),
  because: 'rules run for statuses from 400 to 999',
  hint: 'name a status from 400 to 999; codes from 1000 on are cf.response.1xxx_code',
};

const domains: readonly Domain[] = [
  status,
  {
    field: 'cf.response.1xxx_code',
    values: [0n, ...range(1000, 1999)],
    because: 'it is a code from 1000 to 1999, or 0',
    hint: 'statuses are http.response.code',
  },
];

/** Parts of comparisons with a status that are true for none. */
export function* impossibleStatuses(tree: Expression): Generator<Fault> {
  for (const comparison of comparisons(tree)) {
    const domain = domains.find(({ field }) => isOf(comparison, field));
    if (domain === undefined) continue;
    for (const { from, to, holds } of testsOf(comparison)) {
      if (domain.values.some(holds)) continue;
      const message = `this is never true of "${domain.field}": ${domain.because}`;
      yield { code: 'lint/impossible-status', message, from, to, hint: domain.hint };
    }
  }
}

/** The one answer that an expression gives for every error, as far as its constants and its statuses tell. */
export function constantOf(tree: Expression): boolean | undefined {
  if ('part' in tree) {
    const inner = constantOf(tree.part);
    return tree.kind === 'not' && inner !== undefined ? !inner : inner;
  }
  if ('parts' in tree) {
    const answers = tree.parts.map(constantOf);
    if (tree.kind === 'xor') return undefined;
    const decisive = tree.kind === 'or';
    if (answers.includes(decisive)) return decisive;
    return answers.includes(undefined) ? undefined : !decisive;
  }
  if ('over' in tree) return undefined;
  if (tree.kind === 'test') return isOf(tree, 'true') ? true : isOf(tree, 'false') ? false : undefined;
  return isOf(tree, status.field) ? constantTests(testsOf(tree)) : undefined;
}

/** Statuses beyond the documented ones count too: to call a rule one that answers everything needs certainty. */
function constantTests(tests: readonly Test[]): boolean | undefined {
  const isMet = (value: bigint) => tests.some(({ holds }) => holds(value));
  const first = isMet(beyond);
  return tests.length > 0 && [...status.values, 1000n].every((value) => isMet(value) === first)
    ? first
    : undefined;
}

const beyond = 2n ** 62n;

interface Test extends Placed {
  readonly holds: (value: bigint) => boolean;
}

/** A comparison with numbers, cut into the parts of which one at least must hold. */
function testsOf(comparison: Comparison): readonly Test[] {
  const { from, to } = comparison;
  if (comparison.kind === 'bits') return [{ from, to, holds: (value) => (value & comparison.mask) !== 0n }];
  if (comparison.kind === 'in') {
    return comparison.items.flatMap((item) => {
      if (item.kind !== 'ints') return [];
      return [{ ...item, holds: (value: bigint) => item.first <= value && value <= item.last }];
    });
  }
  if (comparison.kind !== 'order' || comparison.value.kind !== 'int') return [];
  const { value: limit } = comparison.value;
  return [{ from, to, holds: (value) => orders[comparison.operator](value, limit) }];
}

const orders: Readonly<Record<Order, (one: bigint, other: bigint) => boolean>> = {
  eq: (one, other) => one === other,
  ne: (one, other) => one !== other,
  lt: (one, other) => one < other,
  le: (one, other) => one <= other,
  gt: (one, other) => one > other,
  ge: (one, other) => one >= other,
};

function range(first: number, last: number): readonly bigint[] {
  return Array.from({ length: last - first + 1 }, (_, index) => BigInt(first + index));
}
