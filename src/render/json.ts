import type { Asset, Rule, Serve } from '../model/body.ts';
import type { LiveAsset } from '../model/live.ts';
import type { Tally } from '../model/plan.ts';
import type { Scope } from '../model/scope.ts';
import type { TestTally } from '../model/tests.ts';
import type { Note, Problem, Span } from '../problem/problem.ts';

/**
 * JSON for programs, two blanks of indentation, that is harmless in a terminal and in a runner's log too: controls,
 * invisible characters and the beginning of a runner's command are escaped, which changes no value.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(/##(?=\[|vso\[)|[[\p{C}\p{Z}\p{DI}]--[ \n]]/gv, escaped)}\n`;
}

function escaped(found: string): string {
  if (found === '##') return '#\\u0023';
  return Array.from({ length: found.length }, (_, index) => unitEscape(found.charCodeAt(index))).join('');
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** A span with the end exclusive; lines and columns from 1, columns in characters. */
export function spanJson({ file, line, column, endLine, endColumn }: Span): object {
  return { file, line, column, end_line: endLine, end_column: endColumn };
}

/** A problem as programs read it; absent keys are left out. */
export function problemJson({ code, severity, message, span, hint, notes, scope }: Problem): object {
  return {
    code,
    severity,
    message,
    hint,
    scope,
    span: span && spanJson(span),
    notes: notes?.map(noteJson),
  };
}

function noteJson({ message, span }: Note): object {
  return { message, span: span && spanJson(span) };
}

/** A scope as Cloudflare knows it. */
export function scopeJson({ kind, id, name, account }: Scope): object {
  return { kind, id, name, account: account && { id: account.id, name: account.name } };
}

/** An asset as it is written. */
export function assetJson({ name, url, description }: Asset): object {
  return { name, url, description };
}

/** An asset with what Cloudflare adds to it. */
export function liveAssetJson(asset: LiveAsset): object {
  return { ...assetJson(asset), last_updated: asset.lastUpdated, size_bytes: asset.sizeBytes };
}

/** A rule with the API's key names on one level; parameters unknown here stand in `extra`. */
export function ruleJson({ ref, description, expression, enabled, serve }: Rule): object {
  return { ref, description, expression, enabled, ...sourceJson(serve), ...serveJson(serve) };
}

/** Where a page comes from, with the API's key names. */
export function sourceJson({ source }: Pick<Serve, 'source'>): object {
  if (source.kind === 'asset') return { asset_name: source.assetName };
  return source.kind === 'content' ? { content: source.content } : {};
}

function serveJson({ contentType, statusCode, extra }: Serve): object {
  return { content_type: contentType, status_code: statusCode, extra };
}

/** The numbers of the summary line. */
export function tallyJson({ zones, accounts, add, change, move, destroy, unchanged }: Tally): object {
  return { zones, accounts, add, change, move, destroy, unchanged };
}

/** How many tests came out how. */
export function testTallyJson({ passed, failed, undecided, leftOut }: TestTally): object {
  return { passed, failed, undecided, left_out: leftOut };
}
