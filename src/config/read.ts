import { type ContentType, contentTypes } from '../model/body.ts';
import type { ScopeKind } from '../model/scope.ts';
import type { Report } from '../problem/problem.ts';
import type { ConfigAsset, ConfigClaim, ConfigRule, ConfigScope, Page } from './config.ts';
import { notesOf } from './place.ts';
import { normalName } from './scope-name.ts';
import { type LocatedText, locateText } from './text.ts';
import { child, type Entry, type Tree } from './tree.ts';
import { originOf, scalarOf, textOf } from './values.ts';

/** Where a tree comes from, and who wants to know what is wrong with it. */
export interface Reading {
  readonly directory: string;
  readonly report: Report;
}

/** Reads the scopes of one file; what the schema refused is passed over in silence. */
export function readScopes(root: Tree, reading: Reading): ConfigScope[] {
  return [...scopesOf(root, 'zone', reading), ...scopesOf(root, 'account', reading)];
}

function scopesOf(root: Tree, kind: ScopeKind, reading: Reading): ConfigScope[] {
  const table = child(root, kind === 'zone' ? 'zones' : 'accounts');
  if (table?.kind !== 'table') return [];
  return [...table.entries].flatMap(([key, entry]) => readScope(kind, key, entry, reading) ?? []);
}

function readScope(kind: ScopeKind, key: string, entry: Entry, reading: Reading): ConfigScope | undefined {
  const normal = normalName(kind, key);
  if ('fault' in normal) {
    const code = kind === 'zone' ? 'config/zone-name' : 'config/account-name';
    reading.report({
      code,
      message: normal.fault,
      hint: normal.hint,
      span: entry.key.span,
      ...notesOf(entry.key),
    });
    return undefined;
  }
  const account = textOf(child(entry.value, 'account'))?.value;
  const assets = claimOf(entry.value, 'assets', readAsset);
  const rules = claimOf(entry.value, 'rules', (item) => readRule(item, reading.directory));
  return {
    name: { kind, name: normal.name, ...(account === undefined ? {} : { account }) },
    origin: entry.key.span,
    ...(assets === undefined ? {} : { assets }),
    ...(rules === undefined ? {} : { rules }),
  };
}

function claimOf<T>(
  scope: Tree,
  key: string,
  read: (item: Tree) => T | undefined,
): ConfigClaim<T> | undefined {
  const entry = scope.kind === 'table' ? scope.entries.get(key) : undefined;
  if (entry?.value.kind !== 'list') return undefined;
  return { ...entry.key, items: entry.value.items.flatMap((item) => read(item) ?? []) };
}

function readAsset(item: Tree): ConfigAsset | undefined {
  const name = textOf(child(item, 'name'));
  const url = textOf(child(item, 'url'));
  const description = textOf(child(item, 'description'));
  if (name === undefined || url === undefined) return undefined;
  return { origin: originOf(item), name, url, ...(description === undefined ? {} : { description }) };
}

function readRule(item: Tree, directory: string): ConfigRule | undefined {
  const ref = textOf(child(item, 'ref'));
  const expression = expressionOf(child(item, 'expression'));
  const page = pageOf(item, directory);
  if (ref === undefined || expression === undefined || page === undefined) return undefined;
  const description = textOf(child(item, 'description'));
  const contentType = scalarOf(child(item, 'content_type'), isContentType);
  const statusCode = scalarOf(child(item, 'status_code'), (value) => typeof value === 'number');
  const enabled = scalarOf(child(item, 'enabled'), (value) => typeof value === 'boolean');
  return {
    origin: originOf(item),
    ref,
    expression,
    page,
    ...(description === undefined ? {} : { description }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(statusCode === undefined ? {} : { statusCode }),
    ...(enabled === undefined ? {} : { enabled }),
  };
}

function pageOf(item: Tree, directory: string): Page | undefined {
  const name = textOf(child(item, 'asset_name'));
  if (name !== undefined) return { kind: 'asset', name };
  const content = textOf(child(item, 'content'));
  if (content !== undefined) return { kind: 'content', content };
  const path = textOf(child(item, 'content_file'));
  return path === undefined ? undefined : { kind: 'file', path, directory };
}

function isContentType(value: unknown): value is ContentType {
  return contentTypes.some((one) => one === value);
}

function expressionOf(tree: Tree | undefined): LocatedText | undefined {
  const text = textOf(tree);
  return text === undefined || tree?.kind !== 'leaf' ? undefined : locateText(text, tree);
}
