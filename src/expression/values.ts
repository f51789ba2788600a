import { type Address, type AddressRange, parseAddress, parseRange } from './addresses.ts';
import type { Item, Literal } from './ast.ts';
import { toBytes, unpair, unquote, unquoteRegex } from './bytes.ts';
import { readQuoted } from './strings.ts';
import { type Fault, type Found, matchEnd } from './token.ts';
import type { Type } from './types.ts';

/** A value that begins at a place: where it ends and what is odd about it. */
export interface Read<T> {
  readonly value: T;
  readonly to: number;
  readonly faults?: readonly Fault[];
}

/** Reads a literal of a scalar type as the engine does, taking no more than it needs; undefined where none stands. */
export function readLiteral(text: string, at: number, type: Type): Read<Literal> | undefined {
  switch (type) {
    case 'Int': {
      const read = readInt(text, at);
      return read && { ...read, value: { kind: 'int', value: read.value, from: at, to: read.to } };
    }
    case 'Bytes': {
      const read = readBytes(text, at);
      return read && { ...read, value: { kind: 'bytes', bytes: read.value, from: at, to: read.to } };
    }
    case 'Ip': {
      const read = readAddress(text, at);
      return read && { ...read, value: { kind: 'ip', address: read.value, from: at, to: read.to } };
    }
    default:
      return undefined;
  }
}

/** Reads one value of a set in braces. */
export function readItem(text: string, at: number, type: Type): Read<Item> | undefined {
  if (type === 'Int') return readInts(text, at);
  if (type === 'Ip') return readIps(text, at);
  const read = readBytes(text, at);
  return read && { ...read, value: { kind: 'bytes', bytes: read.value, from: at, to: read.to } };
}

/** An integer of 64 bits: decimal, hexadecimal behind `0x`, octal behind a zero (wirefilter `rhs_types/int.rs`). */
export function readInt(text: string, at: number): Read<bigint> | undefined {
  const to = matchEnd(/0x[0-9A-Fa-f]+|(?!0x)-?[0-9A-Fa-f]+/y, text, at);
  if (to === undefined) return undefined;
  const found = text.slice(at, to);
  const isOctal = /^0[0-7]+$/.test(found);
  if (!isOctal && !/^(?:0x.+|0|-[0-9]+|[1-9][0-9]*)$/.test(found)) return undefined;
  const value = BigInt(isOctal ? `0o${found}` : found);
  if (value < -(2n ** 63n) || value >= 2n ** 63n) return undefined;
  return isOctal && value > 7n ? { value, to, faults: [octal(found, value, at)] } : { value, to };
}

function octal(found: string, value: bigint, from: number): Fault {
  return {
    code: 'expression/odd-number',
    message: `${found} begins with a zero, which makes it octal: ${value}`,
    from,
    to: from + found.length,
    hint: `write ${value}, or ${found.replace(/^0+/, '')} if that is meant`,
  };
}

function readInts(text: string, at: number): Read<Item> | undefined {
  const first = readInt(text, at);
  if (first === undefined) return undefined;
  const last = text.startsWith('..', first.to) ? readInt(text, first.to + 2) : first;
  if (last === undefined) return undefined;
  const { to } = last;
  const faults = [...(first.faults ?? []), ...(last === first ? [] : (last.faults ?? []))];
  if (last.value < first.value) faults.push(downwards(text, at, to));
  if (first.value >= 0n && text[to] === '-') faults.push(minus(text, at, to));
  return { value: { kind: 'ints', first: first.value, last: last.value, from: at, to }, to, faults };
}

function downwards(text: string, from: number, to: number): Fault {
  const [first = '', last = ''] = text.slice(from, to).split('..');
  return {
    code: 'expression/descending-range',
    message: `the range ${first}..${last} runs downwards`,
    from,
    to,
    hint: `write ${last}..${first}`,
  };
}

function minus(text: string, from: number, at: number): Fault {
  const to = matchEnd(/-\w*/y, text, at) ?? at;
  const [first, last] = [text.slice(from, at), text.slice(at, to)];
  return {
    code: 'expression/odd-number',
    message: `${first}${last} means the two numbers ${first} and ${last}`,
    from,
    to,
    hint: `a range is written ${first}..${last.slice(1)}`,
  };
}

/** A quoted, raw or byte string (wirefilter `rhs_types/bytes.rs`). */
function readBytes(text: string, at: number): Read<string> | undefined {
  const quoted = readText(text, at);
  if (quoted !== undefined) return quoted;
  const to = matchEnd(/[+0-9A-Fa-f][0-9A-Fa-f](?:[:.-][+0-9A-Fa-f][0-9A-Fa-f])+(?![:.-])/y, text, at);
  return to === undefined ? undefined : { value: unpair(text.slice(at, to)), to };
}

/** A quoted or raw string; nothing else may stand behind `wildcard`. */
export function readText(text: string, at: number): Read<string> | undefined {
  const found = readQuoted(text, at, 'value');
  if (found?.kind === undefined) return undefined;
  const { to, faults = [] } = found;
  const value =
    found.kind === 'string' ? unquote(text.slice(at + 1, to - 1)) : toBytes(rawContent(text, at, found));
  return { value, to, faults };
}

/** The pattern behind `matches` (wirefilter `rhs_types/regex/mod.rs`). */
export function readPattern(text: string, at: number): Read<string> | undefined {
  const found = readQuoted(text, at, 'regex');
  if (found?.kind === undefined) return undefined;
  const { to, faults = [] } = found;
  const value =
    found.kind === 'regex' ? unquoteRegex(text.slice(at + 1, to - 1)) : rawContent(text, at, found);
  return { value, to, faults };
}

function rawContent(text: string, at: number, { to }: Found): string {
  const opening = matchEnd(/r#*"/y, text, at) ?? at;
  return text.slice(opening, to - (opening - at - 1));
}

function readAddress(text: string, at: number): Read<Address> | undefined {
  const to = matchEnd(addressCharacters, text, at);
  const value = to === undefined ? undefined : parseAddress(text.slice(at, to));
  return to === undefined || value === undefined ? undefined : { value, to };
}

const addressCharacters = /[0-9A-Fa-f:./]+/y;

const nowhere: AddressRange = { version: 4, first: 0n, last: 0n };

function readIps(text: string, at: number): Read<Item> | undefined {
  const to = matchEnd(addressCharacters, text, at);
  if (to === undefined) return undefined;
  const range = parseRange(text.slice(at, to));
  if ('version' in range) return { value: { kind: 'ips', range, from: at, to }, to };
  const fault: Fault = {
    code: 'expression/bad-address',
    message: range.problem,
    from: at,
    to,
    hint: range.hint,
  };
  return { value: { kind: 'ips', range: nowhere, from: at, to }, to, faults: [fault] };
}
