import { type Expected, type Fault, matchEnd, type Reader, type TokenKind } from './token.ts';

/**
 * Reads a name, an integer, an address or a byte string. What a run of digits means depends on the type of the field,
 * which a lexer does not know: it takes the longest run that any type would take, and finds fault only with what no
 * type accepts.
 */
export const readWord: Reader = (text, at, expected) => {
  const nameEnd = matchEnd(identifier, text, at) ?? at;
  const runEnd = longestRun(text, at);
  const digitFirst = /[0-9]/.test(text[at] ?? '');
  const name = { kind: 'identifier', to: nameEnd } as const;
  if (nameEnd > at && nameEnd >= runEnd && !digitFirst) return name;
  const found = text.slice(at, runEnd);
  if (!/[0-9A-Fa-f]|::/.test(found)) return undefined;
  if (found.endsWith('a') && text.startsWith('nd', runEnd) && bytes.test(found.slice(0, -1))) {
    return { kind: 'bytes', to: runEnd - 1 };
  }
  const kind = literalKind(found, expected);
  if (kind !== undefined) return { kind, to: runEnd };
  if (nameEnd > at && !digitFirst) return name;
  return { kind: 'number', to: runEnd, faults: [badLiteral(text, at, runEnd)] };
};

/** Segments may begin with a digit: `cf.response.1xxx_code`. */
const identifier = /\w+(?:\.\w+)*/y;

/** Integers swallow every hexadecimal digit that follows, whatever their base. */
const numberRun = /(?:(?:0x[0-9A-Fa-f]*|-?[0-9A-Fa-f]+)(?:\.\.)?)+/y;

const otherRun = /[0-9A-Fa-f.:/+-]+/y;

function longestRun(text: string, at: number): number {
  return Math.max(matchEnd(numberRun, text, at) ?? at, matchEnd(otherRun, text, at) ?? at);
}

function literalKind(found: string, expected: Expected): TokenKind | undefined {
  if (isNumber(found, expected === 'item')) return 'number';
  if (isAddress(found)) return 'address';
  return bytes.test(found) ? 'bytes' : undefined;
}

/** Byte strings need no blank between them in braces; the engine reads a pair of digits as a number, hence the plus. */
const bytes = /^(?:[+0-9A-Fa-f][0-9A-Fa-f](?:[:.-][+0-9A-Fa-f][0-9A-Fa-f])+)+$/;

/** Several numbers may stand together where a minus sign parts them: `{400-499}` holds 400 and -499. */
const numbers = /^(?:0x[0-9A-Fa-f]+|-?\d+)(?:(?:\.\.(?:0x[0-9A-Fa-f]+|-?\d+))|-\d+)*$/;

function isNumber(found: string, inBraces: boolean): boolean {
  if (!numbers.test(found)) return false;
  return (found.match(/0x[0-9A-Fa-f]+|-?\d+/g) ?? []).every((one) => isInteger(one, inBraces));
}

function isInteger(text: string, inBraces: boolean): boolean {
  const octal = /^0\d/.test(text);
  // In braces 08 may be the network 8.0.0.0, whose parts are decimal whatever their zeros.
  if (octal && /[89]/.test(text)) return inBraces && Number(text) <= 255;
  const value = BigInt(octal ? `0o${text}` : text);
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}

/** Networks may leave out parts at the end: `10/8`. */
const network4 = /^\d+(?:\.\d+){0,3}\/\d+$/;
const host4 = /^\d+(?:\.\d+){1,3}$/;
const host6 = /^[0-9A-Fa-f:]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*$/;

function isAddress(found: string): boolean {
  const range = found.indexOf('..');
  if (range >= 0) return isHost(found.slice(0, range)) && isHost(found.slice(range + 2));
  return network4.test(found) || isHost(found.replace(/\/\d+$/, ''));
}

function isHost(text: string): boolean {
  return host4.test(text) || host6.test(text);
}

function badLiteral(text: string, from: number, to: number): Fault {
  const found = text.slice(from, to);
  return {
    code: 'expression/bad-literal',
    message: `"${found}" is no number, address or byte string`,
    from,
    to,
    hint: literalHint(found, text.slice(to, to + 2)),
  };
}

function literalHint(found: string, next: string): string {
  if (found.endsWith('a') && next === 'nd')
    return 'put a blank before "and": the number swallows its first letter';
  if (/^0\d*[89]/.test(found)) return `a leading 0 makes a number octal; write ${found.replace(/^0+/, '')}`;
  if (/^[-+]?\d+$|^0x[0-9A-Fa-f]+$/.test(found)) return 'a number has at most 64 bits and no plus sign';
  return 'numbers are written 500, 0x1F4 or, in braces, 400..499; addresses 192.0.2.1, 192.0.2.0/24 or 2001:db8::1';
}
