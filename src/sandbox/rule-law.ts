import type { ApiError } from './answer.ts';
import type { Json } from './json.ts';
import type { Switches } from './switches.ts';

/** What a rule of a request is checked against. */
export interface RuleLaw {
  readonly phase: string;
  readonly switches: Readonly<Switches>;
  /** The names of the assets that a rule may show; undefined: they are not looked at. */
  readonly assets: ReadonlySet<string> | undefined;
  /** Whether the plan allows regular expressions. */
  readonly regex: boolean;
}

/** A field of a body with the JSON pointer of what holds it, `''` for the body itself. */
export interface Place {
  readonly at: string;
  readonly field: string;
}

/** A fault in the words that the Rulesets API uses for values. */
export function fault({ at, field }: Place, value: Json | undefined, reason: string): ApiError {
  const shown = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const message = `'${shown}' is not a valid value for ${field} because ${reason}`;
  return { message, source: { pointer: `${at}/${field}` } };
}

/** The faults of an object's fields, from the reason of each field that is wrong. */
export function faultsOf(
  at: string,
  value: Readonly<Record<string, Json>>,
  reasons: Readonly<Record<string, string | undefined>>,
): readonly ApiError[] {
  return Object.entries(reasons).flatMap(([field, reason]) =>
    reason === undefined ? [] : [fault({ at, field }, value[field], reason)],
  );
}
