import { readUnrecognised } from './signs.ts';
import { type Fault, matchEnd } from './token.ts';
import type { Plan } from './types.ts';

/** The place up to which a parser has read a text, and what it noticed on the way. */
export interface Cursor {
  /** The text without the blanks at its end. */
  readonly text: string;
  readonly plan: Plan | undefined;
  readonly faults: Fault[];
  at: number;
  /** Round brackets, `not` and calls that are open. */
  depth: number;
  /** Regular expressions read so far. */
  regexes: number;
}

/** Takes a sign or word if it stands here. */
export function takes(cursor: Cursor, sign: string): boolean {
  if (!cursor.text.startsWith(sign, cursor.at)) return false;
  cursor.at += sign.length;
  return true;
}

/** Takes what a sticky pattern matches here. */
export function takesMatch(cursor: Cursor, pattern: RegExp): string | undefined {
  const to = matchEnd(pattern, cursor.text, cursor.at);
  if (to === undefined) return undefined;
  const found = cursor.text.slice(cursor.at, to);
  cursor.at = to;
  return found;
}

/** True where a sticky pattern matches here; takes nothing. */
export function sees(cursor: Cursor, pattern: RegExp): boolean {
  return matchEnd(pattern, cursor.text, cursor.at) !== undefined;
}

/** Takes blanks, and after a fault the tabs and comments that Cloudflare does not take for blanks. */
export function skipBlanks(cursor: Cursor): void {
  for (;;) {
    cursor.at = matchEnd(/[ \r\n]+/y, cursor.text, cursor.at) ?? cursor.at;
    const fault = oddBlank(cursor);
    if (fault === undefined) return;
    cursor.faults.push(fault);
    cursor.at = fault.to;
  }
}

function oddBlank({ text, at }: Cursor): Fault | undefined {
  const tabs = matchEnd(/\t+/y, text, at);
  if (tabs !== undefined) {
    const hint = 'write a space';
    return { code: 'expression/tab', message: 'a tab stands between two words', from: at, to: tabs, hint };
  }
  const comment = matchEnd(/(?:#|\/\/)[^\n]*/y, text, at);
  if (comment === undefined) return undefined;
  const shown = text.slice(at, Math.min(comment, at + 20));
  const message = `${shown}${comment > at + 20 ? '…' : ''} is meant as a comment, and expressions have none`;
  return {
    code: 'expression/comment',
    message,
    from: at,
    to: comment,
    hint: 'write it as a comment of the YAML',
  };
}

/** Runs a reader one level deeper; beyond 128 levels it gives up (wirefilter `ast/parse.rs`, `max_nesting_depth`). */
export function nested<T>(cursor: Cursor, read: () => T | undefined): T | undefined {
  if (cursor.depth >= deepest) {
    cursor.faults.push({
      code: 'expression/too-deep',
      message: `more than ${deepest} brackets, negations and calls stand in one another`,
      from: cursor.at,
      to: cursor.at + 1,
      hint: 'split the expression into several rules',
    });
    return undefined;
  }
  cursor.depth += 1;
  const found = read();
  cursor.depth -= 1;
  return found;
}

const deepest = 128;

/** What stands here, for a message: `"eq"`, or `the end of the expression`. */
export function foundHere({ text, at }: Cursor): string {
  if (at >= text.length) return 'the end of the expression';
  if (text[at] === '"') return 'a double quote';
  const to = matchEnd(/\w+(?:\.\w+)*|[^\w\s"(){}[\],]+|./suy, text, at) ?? at + 1;
  return to - at > 40 ? `"${text.slice(at, at + 40)}…"` : `"${text.slice(at, to)}"`;
}

/** Says that something else is wanted here, and gives up: whatever follows would be a guess. */
export function unexpected(cursor: Cursor, wanted: string, hint?: string): undefined {
  const { text, at } = cursor;
  const foreign = matchEnd(foreigners, text, at);
  if (foreign !== undefined) {
    cursor.faults.push(...(readUnrecognised(text, at).faults ?? []));
    return undefined;
  }
  const to = matchEnd(/\w+(?:\.\w+)*|[^\w\s"(){}[\],]+|./suy, text, at) ?? at;
  cursor.faults.push({
    code: 'expression/unexpected',
    message: `${wanted} is expected, and ${foundHere(cursor)} found`,
    from: at < text.length ? at : Math.max(0, at - 1),
    to: Math.max(to, 1),
    ...(hint === undefined ? {} : { hint }),
  });
  return undefined;
}

/** Characters and signs that no expression has anywhere outside quotes. */
const foreigners = /=(?!=)|\|(?!\|)|\^(?!\^)|['`;?%@\\]|[^ -~\n]/y;
