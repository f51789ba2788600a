import type { Item, Literal } from './ast.ts';
import { type Cursor, foundHere, sees, unexpected } from './cursor.ts';
import { readWord } from './literals.ts';
import { readQuoted } from './strings.ts';
import { type Fault, type Found, matchEnd } from './token.ts';
import { type Scalar, type Type, typeWords } from './types.ts';
import { type Read, readItem, readLiteral } from './values.ts';

const scalarOf: Readonly<Record<string, Scalar>> = {
  string: 'Bytes',
  'raw-string': 'Bytes',
  bytes: 'Bytes',
  number: 'Int',
  address: 'Ip',
};

/** What a value at this place is meant to be, going by its shape alone; `found` is undefined where there is none. */
function guess(
  { text, at }: Cursor,
  where: 'value' | 'item',
): { readonly found?: Found; readonly type?: Scalar } {
  const found = readQuoted(text, at, where) ?? readWord(text, at, where);
  const type = scalarOf[found?.kind ?? ''];
  return { ...(found === undefined ? {} : { found }), ...(type === undefined ? {} : { type }) };
}

/** What a value is needed for: whose value it is compared with, and the type of that, if it is known for certain. */
export interface Need {
  readonly name: string;
  readonly type: Type | undefined;
  readonly isSure: boolean;
}

/** Takes a value; one of another type is a fault but taken all the same. Undefined where the parser must give up. */
export function takeLiteral(cursor: Cursor, need: Need): Literal | undefined {
  const read = readLiteral(cursor.text, cursor.at, need.type ?? 'Bool');
  if (read !== undefined) return accept(cursor, read);
  return takeOther(cursor, need, { where: 'value', reader: readLiteral });
}

/** The same for one value of a set. */
export function takeItem(cursor: Cursor, need: Need): Item | undefined {
  const read = need.type === undefined ? undefined : readItem(cursor.text, cursor.at, need.type);
  if (read !== undefined) return accept(cursor, read);
  return takeOther(cursor, need, { where: 'item', reader: readItem });
}

interface Way<T> {
  readonly where: 'value' | 'item';
  readonly reader: (text: string, at: number, type: Type) => Read<T> | undefined;
}

function takeOther<T extends Item | Literal>(cursor: Cursor, need: Need, way: Way<T>): T | undefined {
  const { found, type } = guess(cursor, way.where);
  if (found !== undefined && (found.faults ?? []).length > 0) return giveUp(cursor, found.faults ?? []);
  const from = cursor.at;
  const read = type === undefined ? undefined : way.reader(cursor.text, from, type);
  if (found === undefined || type === undefined || read === undefined) return noValue(cursor, need, found);
  const to = Math.max(read.to, way.where === 'value' ? found.to : read.to);
  const text = cursor.text.slice(from, to);
  if (need.isSure && need.type !== undefined) cursor.faults.push(misfit(text, { from, type }, need));
  return accept(cursor, { ...read, to });
}

function giveUp(cursor: Cursor, faults: readonly Fault[]): undefined {
  cursor.faults.push(...faults);
  return undefined;
}

/** Takes what was read, unless it runs to the end of the text for want of a closing quote. */
export function accept<T>(cursor: Cursor, { value, to, faults = [] }: Read<T>): T | undefined {
  cursor.faults.push(...faults);
  cursor.at = to;
  return faults.some(({ code }) => code === 'expression/unterminated-string') ? undefined : value;
}

function misfit(
  text: string,
  { from, type }: { from: number; type: Scalar },
  { name, type: wanted }: Need,
): Fault {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  const words = wanted === undefined ? 'something else' : typeWords(wanted);
  return {
    code: 'expression/value-type',
    message: `${shown} is ${typeWords(type)}, and ${name} is ${words}`,
    from,
    to: from + text.length,
    hint: misfitHint(text, type, wanted),
  };
}

function misfitHint(text: string, type: Scalar, wanted: Type | undefined): string {
  if (wanted === 'Bytes') return `write "${text}" in quotes`;
  const inner = /^"([0-9A-Fa-f.:/]+)"$/.exec(text)?.[1];
  if (inner !== undefined) return `write ${inner} without the quotes`;
  if (type === 'Ip' && wanted === 'Ip') return `networks and ranges stand behind in: in {${text}}`;
  return wanted === 'Int' ? 'write a number such as 503' : 'write an address such as 192.0.2.1';
}

function noValue(cursor: Cursor, { name, type }: Need, found: Found | undefined): undefined {
  const words = type === undefined ? 'a value' : typeWords(type);
  if (found?.kind === 'address' && type === 'Ip') {
    const text = cursor.text.slice(cursor.at, found.to);
    const isSet = /\/|\.\./.test(text);
    cursor.faults.push({
      code: 'expression/bad-address',
      message: isSet ? `${text} is more than one address` : `"${text}" is no IP address`,
      from: cursor.at,
      to: found.to,
      hint: isSet ? `write in {${text}}` : 'an address is written 192.0.2.1 or 2001:db8::1',
    });
    return undefined;
  }
  return unexpected(cursor, `${words} for ${name}`, valueHint(cursor));
}

function valueHint(cursor: Cursor): string | undefined {
  if (sees(cursor, /[A-Za-z]/y)) return 'a string is written in double quotes';
  return sees(cursor, /\{/y) ? 'a set in braces stands behind in' : undefined;
}

/** Finds fault with whatever clings to the end of a value, such as the `.5` of `500.5`. */
export function reportTail(cursor: Cursor, value: { readonly from: number; readonly kind: string }): void {
  if (!sees(cursor, /[\w.:/+-]/y) || sees(cursor, /or|xor|and|\/\//y)) return;
  const to = matchEnd(/[\w.:/+-]+/y, cursor.text, cursor.at) ?? cursor.at;
  const text = cursor.text.slice(value.from, to);
  cursor.faults.push({
    code: 'expression/bad-literal',
    message: `${foundHere(cursor)} stands behind the value ${cursor.text.slice(value.from, cursor.at)}`,
    from: cursor.at,
    to,
    hint: text.includes('..') ? `ranges stand behind in: in {${text}}` : 'write a blank, or remove it',
  });
  cursor.at = to;
}
