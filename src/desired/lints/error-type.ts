import {
  type Comparison,
  type Expression,
  evaluate,
  type Fault,
  fields,
  fromBytes,
  type Placed,
} from '../../expression/expression.ts';
import { nearest } from '../../problem/nearest.ts';
import { comparisons, isOf } from './walk.ts';

const field = 'cf.response.error_type';

/** Comparisons with types of errors that are not, or perhaps not, to be met. */
export function* errorTypes(tree: Expression): Generator<Fault> {
  for (const comparison of comparisons(tree)) {
    if (isNeverMet(comparison)) yield noneMet(comparison);
    if (!isOf(comparison, field)) continue;
    for (const literal of literalsOf(comparison)) {
      const fault = faultOf(literal);
      if (fault !== undefined) yield fault;
    }
  }
}

/** True for a pattern, a part, a start or an end that no type of error has. */
function isNeverMet(comparison: Comparison): boolean {
  const { kind, operand } = comparison;
  const isPart =
    isOf(comparison, field) && (kind === 'contains' || kind === 'wildcard' || kind === 'matches');
  const isEnd = kind === 'test' && operand.kind === 'call' && /^(?:start|end)s_with$/.test(operand.name);
  const [first] = isEnd ? operand.arguments : [];
  if (!isPart && !(first?.kind === 'field' && first.name === field)) return false;
  const known = fields.get(field)?.values ?? [];
  return known.every((value) => evaluate(comparison, { [field]: value }).result === false);
}

function noneMet({ from, to }: Placed): Fault {
  const message = 'no type of error that the docs name meets this';
  return { code: 'lint/error-type', message, from, to, hint: `they are ${words()}` };
}

function words(): string {
  return (fields.get(field)?.values ?? []).filter((one) => one !== '').join(', ');
}

interface Word extends Placed {
  readonly word: string;
}

function literalsOf(comparison: Comparison): readonly Word[] {
  const values =
    comparison.kind === 'in' ? comparison.items : comparison.kind === 'order' ? [comparison.value] : [];
  return values.flatMap((value) => {
    const word = value.kind === 'bytes' ? fromBytes(value.bytes) : undefined;
    return word === undefined ? [] : [{ from: value.from, to: value.to, word }];
  });
}

function faultOf({ word, from, to }: Word): Fault | undefined {
  if (word === 'waf') {
    const message = 'it is not certain that custom error rules see what the WAF blocks';
    return { code: 'lint/error-type-waf', message, from, to, hint: 'try it on the zone' };
  }
  const known = fields.get(field)?.values ?? [];
  if (known.includes(word)) return undefined;
  const near = nearest(word, known);
  return {
    code: 'lint/error-type',
    message: `"${word}" is no type of error that the docs name`,
    from,
    to,
    hint: near === undefined || near === '' ? `they are ${words()}` : `did you mean "${near}"?`,
  };
}
