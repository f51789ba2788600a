import type { CallOperand, FieldOperand, Placed } from './ast.ts';
import type { Field } from './fields.ts';
import type { Definition } from './functions.ts';
import type { Fault } from './token.ts';
import { type Plan, plans } from './types.ts';

/** What the table says against a use of a field: nothing that stops Cloudflare for certain, so all are warnings. */
export function fieldNotices(operand: FieldOperand, field: Field, plan: Plan | undefined): Fault[] {
  const { name, from } = operand;
  if (isOrdinary(field) && operand.indexes.length === 0) return none;
  const at = { from, to: from + name.length };
  return [
    ...deprecation(name, field, at),
    ...availability(`"${name}"`, field, at),
    ...planNotice(`"${name}"`, field.plan, { ...at, plan }),
    ...keyNotices(operand),
    ...(name === 'false' ? [unconfirmedFalse(at)] : []),
  ];
}

const none: Fault[] = [];

/** Most fields are, and this is asked of every field of every expression. */
function isOrdinary({ use, plan, replacedBy, always }: Field): boolean {
  return use === undefined && plan === undefined && replacedBy === undefined && always === undefined;
}

/** The same for a function. */
export function functionNotices(name: string, definition: Definition, at: Placed & WithPlan): Fault[] {
  return [...availability(`${name}()`, definition, at), ...planNotice(`${name}()`, definition.plan, at)];
}

interface WithPlan {
  readonly plan: Plan | undefined;
}

function deprecation(name: string, { replacedBy, always }: Field, at: Placed): Fault[] {
  const code = 'expression/deprecated';
  if (replacedBy !== undefined) {
    return [{ code, message: `"${name}" is deprecated`, ...at, hint: `its new name is "${replacedBy}"` }];
  }
  if (typeof always !== 'bigint') return [];
  return [
    { code, message: `"${name}" is deprecated and always ${always}`, ...at, hint: 'remove this condition' },
  ];
}

function availability(
  what: string,
  { use, onlyIn }: { use?: Field['use']; onlyIn?: string },
  at: Placed,
): Fault[] {
  const code = 'expression/unavailable';
  const { from, to } = at;
  if (use === 'unavailable') {
    const elsewhere = onlyIn === undefined ? 'other products' : onlyIn;
    const message = `the docs offer ${what} in ${elsewhere}, not in custom error rules`;
    return [{ code, message, from, to, hint: 'Cloudflare will probably refuse it' }];
  }
  if (use !== 'doubtful') return [];
  return [{ code, message: `${what} is probably not available in custom error rules`, from, to }];
}

function planNotice(what: string, least: Plan | undefined, { from, to, plan }: Placed & WithPlan): Fault[] {
  if (least === undefined || plan === undefined || plans.indexOf(plan) >= plans.indexOf(least)) return [];
  const message = `the docs offer ${what} from the ${least} plan on, and the plan is ${plan}`;
  return [{ code: 'expression/plan', message, from, to, severity: 'warning' }];
}

/** Cloudflare hands over header names in lower case (Cloudflare docs, http.request.headers). */
const lowerCaseKeys = new Set(['http.request.headers', 'http.response.headers']);

function keyNotices({ name, indexes, from, to }: FieldOperand): Fault[] {
  const [first] = indexes;
  return first?.kind === 'key' && lowerCaseKeys.has(name) ? uppercaseKey(first.key, { from, to }) : [];
}

/** The same for `has_key`, which takes the key as an argument. */
export function callNotices({
  name,
  arguments: [map, key],
}: Pick<CallOperand, 'name' | 'arguments'>): Fault[] {
  if (name !== 'has_key' || map?.kind !== 'field' || key?.kind !== 'bytes') return none;
  const { bytes, from, to } = key;
  return lowerCaseKeys.has(map.name) && map.indexes.length === 0 ? uppercaseKey(bytes, { from, to }) : none;
}

function uppercaseKey(key: string, at: Placed): Fault[] {
  if (!/[A-Z]/.test(key)) return none;
  const message = `the header name "${key}" has capital letters, so no header is ever found`;
  return [{ code: 'expression/uppercase-key', message, ...at, hint: `write "${key.toLowerCase()}"` }];
}

function unconfirmedFalse(at: Placed): Fault {
  const message = 'no public source shows the constant "false" in an expression';
  return { code: 'expression/undocumented', message, ...at, hint: 'not true says the same' };
}
