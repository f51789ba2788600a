import { nearest } from '../problem/nearest.ts';
import type { Report } from '../problem/problem.ts';
import type { SchemaFault } from '../schema/schema.ts';
import { faultWords, pageKeys, pageSources } from './fault-words.ts';
import { notesOf, type Place } from './place.ts';
import { follow, type Step, type Tree } from './tree.ts';

/** Reports each fault on the key or the value that is wrong; of several faults of one value, the first. */
export function reportFaults(root: Tree, faults: readonly SchemaFault[], report: Report): void {
  const values = new Set<string>();
  const mistyped = mistypedKeys(faults);
  for (const fault of faults) {
    if (isMistyped(fault, mistyped)) continue;
    const step = follow(root, fault.path);
    const find = places[fault.keyword];
    if (find === undefined) {
      const value = JSON.stringify(fault.path);
      if (values.has(value)) continue;
      values.add(value);
    }
    const place = find === undefined ? valuePlace(step) : find(step, fault);
    report({ ...faultWords(fault, step.tree), span: place.span, ...notesOf(place) });
  }
}

/** Which keys of which mapping were meant by unknown ones: that they are missing needs no saying. */
function mistypedKeys(faults: readonly SchemaFault[]): ReadonlySet<string> {
  const unknown = faults.filter((fault) => fault.keyword === 'additionalProperties');
  return new Set(
    unknown.map(({ path, params }) => {
      const allowed = Array.isArray(params.allowed) ? params.allowed.map(String) : [];
      return JSON.stringify([path, nearest(String(params.additionalProperty), allowed)]);
    }),
  );
}

function isMistyped({ keyword, path, params }: SchemaFault, mistyped: ReadonlySet<string>): boolean {
  const isMeant = (key: unknown) => mistyped.has(JSON.stringify([path, key]));
  if (keyword === 'anyOf') return isMeant('zone') || isMeant('account');
  if (keyword === 'oneOf') return !Array.isArray(params.passingSchemas) && pageSources.some(isMeant);
  return (keyword === 'required' || keyword === 'dependentRequired') && isMeant(params.missingProperty);
}

type Find = (step: Step, fault: SchemaFault) => Place;

/** Where the faults of a mapping's keys are shown; every other fault is one of a value. */
const places: Readonly<Record<string, Find | undefined>> = {
  additionalProperties: (step, { params }) => keyPlace(step, params.additionalProperty),
  dependentRequired: (step, { params }) => keyPlace(step, params.property),
  required: beginning,
  anyOf: (step) =>
    step.tree.kind === 'table' && step.key === undefined ? beginning(step) : valuePlace(step),
  minProperties: beginning,
  propertyNames: (step, { params }) => keyPlace(step, params.propertyName),
  oneOf: (step, { params }) => {
    const passing: unknown = params.passingSchemas;
    return Array.isArray(passing) ? keyPlace(step, pageKeys(step.tree)[1]) : beginning(step);
  },
};

function keyPlace(step: Step, key: unknown): Place {
  const entry = step.tree.kind === 'table' ? step.tree.entries.get(String(key)) : undefined;
  return entry?.key ?? beginning(step);
}

/** A mapping begins where a person looks for it: at its own key, or at the first key of an item of a list. */
function beginning({ tree, key }: Step): Place {
  if (key !== undefined) return key;
  const [first] = tree.kind === 'table' ? tree.entries.values() : [];
  return first?.key ?? tree;
}

/** An absent value has no place to point at, but its key has. */
function valuePlace({ tree, key }: Step): Place {
  return tree.kind === 'leaf' && tree.raw === '' && key !== undefined ? key : tree;
}
