import type { Json } from '../model/body.ts';
import type { HeaderValues, VisitorCase } from '../model/visitor.ts';
import type { ConfigExpectation, ConfigTest } from './config.ts';
import type { Located } from './place.ts';
import { normalName } from './scope-name.ts';
import { child, type Tree } from './tree.ts';
import { originOf, scalarOf, textOf } from './values.ts';

/** Reads the tests of one file; what the schema refused is passed over in silence. */
export function readTests(root: Tree): ConfigTest[] {
  const list = child(root, 'tests');
  return list?.kind === 'list' ? list.items.flatMap((item) => readTest(item) ?? []) : [];
}

function readTest(item: Tree): ConfigTest | undefined {
  const scope = scopeOf(item);
  const visitor = visitorOf(item);
  const expect = expectationOf(child(item, 'expect'));
  if (scope === undefined || visitor === undefined || expect === undefined) return undefined;
  const name = textOf(child(item, 'name'));
  const fields = child(item, 'fields');
  return {
    origin: originOf(item),
    ...(name === undefined ? {} : { name }),
    scope,
    visitor,
    fields: fields?.kind === 'table' ? Array.from(fields.entries, keyOf) : [],
    expect,
  };
}

function keyOf([value, { key }]: readonly [string, { readonly key: Omit<Located<string>, 'value'> }]) {
  return { value, ...key };
}

/** What is no name at all is no name of a scope either, which is said when the scope is looked for. */
function scopeOf(item: Tree): ConfigTest['scope'] | undefined {
  const zone = textOf(child(item, 'zone'));
  const account = textOf(child(item, 'account'));
  const [kind, name] = zone === undefined ? (['account', account] as const) : (['zone', zone] as const);
  if (name === undefined) return undefined;
  const normal = normalName(kind, name.value);
  const located = 'name' in normal ? { ...name, value: normal.name } : name;
  return { kind, name: located, ...(zone === undefined || account === undefined ? {} : { account }) };
}

function visitorOf(item: Tree): VisitorCase | undefined {
  const [request, response] = [child(item, 'request'), child(item, 'response')];
  const status = numberOf(response, 'status');
  if (status === undefined) return undefined;
  const scheme = scalarOf(child(request, 'scheme'), isScheme)?.value;
  const fields = child(item, 'fields');
  return {
    status,
    ...given('error1xxx', numberOf(response, '1xxx')),
    ...given('host', wordOf(request, 'host')?.toLowerCase()),
    ...given('path', wordOf(request, 'path')),
    ...given('method', wordOf(request, 'method')),
    ...given('scheme', scheme),
    ...given('requestHeaders', headersOf(child(request, 'headers'))),
    ...given('responseHeaders', headersOf(child(response, 'headers'))),
    ...given('country', wordOf(request, 'country')),
    ...given('ip', wordOf(request, 'ip')),
    ...given('fields', fields?.kind === 'table' ? tableOf(fields) : undefined),
  };
}

function expectationOf(tree: Tree | undefined): ConfigExpectation | undefined {
  if (tree?.kind !== 'table') return undefined;
  const status = scalarOf(child(tree, 'status'), (value) => typeof value === 'number');
  return {
    span: tree.span,
    uses: tree.uses,
    ...given('ref', textOf(child(tree, 'ref'))),
    ...given('asset', textOf(child(tree, 'asset'))),
    ...given('status', status),
  };
}

/** Names of headers in lower case, as the fields of the Rules language hold them. */
function headersOf(tree: Tree | undefined): HeaderValues | undefined {
  if (tree?.kind !== 'table') return undefined;
  const headers = new Map<string, string[]>();
  for (const [key, { value }] of tree.entries) {
    const items = value.kind === 'list' ? value.items : [value];
    const values = items.flatMap((one) => textOf(one)?.value ?? []);
    const name = key.toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), ...values]);
  }
  return Object.fromEntries(headers);
}

function tableOf(tree: Extract<Tree, { kind: 'table' }>): Record<string, Json> {
  return Object.fromEntries(Array.from(tree.entries, ([key, { value }]) => [key, jsonOf(value)]));
}

function jsonOf(tree: Tree): Json {
  if (tree.kind === 'leaf') return tree.value;
  return tree.kind === 'list' ? tree.items.map(jsonOf) : tableOf(tree);
}

function isScheme(value: unknown): value is 'http' | 'https' {
  return value === 'http' || value === 'https';
}

function wordOf(tree: Tree | undefined, key: string): string | undefined {
  return textOf(child(tree, key))?.value;
}

function numberOf(tree: Tree | undefined, key: string): number | undefined {
  return scalarOf(child(tree, key), (value) => typeof value === 'number')?.value;
}

/** A key that is there only where it has a value. */
function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
