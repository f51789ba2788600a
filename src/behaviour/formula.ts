/** Conditions by number, joined as an expression joins them. */
export type Formula =
  | { readonly kind: 'constant'; readonly value: Known }
  | { readonly kind: 'atom'; readonly atom: number }
  | { readonly kind: 'not'; readonly part: Formula }
  | { readonly kind: 'and' | 'or' | 'xor'; readonly parts: readonly Formula[] };

/** Numbers, for the sake of arrays of bytes. */
export const no = 0;
export const yes = 1;
export const open = 2;
export type Known = typeof no | typeof yes;
export type Ternary = Known | typeof open;

/** Tells what is known of a condition, by its number. */
export type Look = (atom: number) => Ternary;

/** What a formula comes to as far as its conditions are known (Kleene's logic). */
export function decide(formula: Formula, look: Look): Ternary {
  switch (formula.kind) {
    case 'constant':
      return formula.value;
    case 'atom':
      return look(formula.atom);
    case 'not': {
      const inner = decide(formula.part, look);
      return inner === open ? open : negated(inner);
    }
    case 'xor':
      return parity(formula.parts, look);
    default:
      return joined(formula.parts, formula.kind === 'and' ? no : yes, look);
  }
}

function parity(parts: readonly Formula[], look: Look): Ternary {
  let odd: Known = no;
  for (const part of parts) {
    const one = decide(part, look);
    if (one === open) return open;
    if (one === yes) odd = negated(odd);
  }
  return odd;
}

/** A part that dominates decides alone: no for `and`, yes for `or`. */
function joined(parts: readonly Formula[], dominant: Known, look: Look): Ternary {
  let all: Ternary = negated(dominant);
  for (const part of parts) {
    const one = decide(part, look);
    if (one === dominant) return dominant;
    if (one === open) all = open;
  }
  return all;
}

export function negated(known: Known): Known {
  return known === yes ? no : yes;
}

const atomLists = new WeakMap<Formula, readonly number[]>();

/** The conditions of a formula, each once. */
export function atomsIn(formula: Formula): readonly number[] {
  const known = atomLists.get(formula);
  if (known !== undefined) return known;
  const found = new Set<number>();
  const visit = (one: Formula) => {
    if (one.kind === 'atom') found.add(one.atom);
    else if (one.kind === 'not') visit(one.part);
    else if (one.kind !== 'constant') one.parts.forEach(visit);
  };
  visit(formula);
  const list = [...found];
  atomLists.set(formula, list);
  return list;
}
