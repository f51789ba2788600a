import {
  type Comparison,
  type Expression,
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
    if (!isOf(comparison, field)) continue;
    for (const literal of literalsOf(comparison)) {
      const fault = faultOf(literal);
      if (fault !== undefined) yield fault;
    }
  }
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
    hint:
      near === undefined || near === ''
        ? `they are ${known.filter((one) => one !== '').join(', ')}`
        : `did you mean "${near}"?`,
  };
}
