import { Document, isMap, isScalar, type Pair, type Scalar, visit } from 'yaml';
import type { Asset, Rule } from '../model/body.ts';
import type { ScopeKind, ScopeName } from '../model/scope.ts';
import { pageType } from './page-type.ts';

/** A configuration file to be written. */
export interface ConfigDocument {
  /** What the first line tells editors: path or URL of the JSON Schema. */
  readonly schema: string;
  readonly scopes: readonly ScopeDocument[];
}

/** One scope; an absent list is not claimed. */
export interface ScopeDocument {
  readonly name: ScopeName;
  readonly assets?: readonly Asset[];
  readonly rules?: readonly RuleDocument[];
  /** Lines of a comment above the scope. */
  readonly comment?: readonly string[];
}

/** A rule, and the file that holds its content where that is not written inline. */
export interface RuleDocument {
  readonly rule: Rule;
  readonly contentFile?: string;
}

/**
 * Writes the YAML that a person would have written: keys in their usual order, defaults left out, long or multi-line
 * text as a block. It reads back as the same bodies; a rule that this format cannot express, or two scopes of one kind
 * and name, are the caller's mistake.
 */
export function writeConfig({ schema, scopes }: ConfigDocument): { readonly text: string } {
  const plain = { version: 1, ...scopeTable('zone', scopes), ...scopeTable('account', scopes) };
  // Readers of YAML 1.1 take "yes" and "010" for other things than this program does: such texts are quoted.
  const document = new Document(plain, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, { Scalar: (_, node) => setStyle(node) });
  layOut(document, scopes);
  const body = document.toString({ lineWidth: 0, doubleQuotedAsJSON: true });
  return { text: `# yaml-language-server: $schema=${schema}\n${escapeActing(body.trimStart())}` };
}

const tables = { zone: 'zones', account: 'accounts' } as const satisfies Record<ScopeKind, string>;

function scopeTable(kind: ScopeKind, scopes: readonly ScopeDocument[]): object {
  const own = scopes.filter(({ name }) => name.kind === kind);
  const entries = own.map((scope) => [scope.name.name, scopeValue(scope)] as const);
  const names = new Set(entries.map(([name]) => name));
  if (names.size < entries.length) throw new Error(`two ${kind}s of one name`);
  // A map keeps the order of keys that look like numbers.
  return entries.length === 0 ? {} : { [tables[kind]]: new Map(entries) };
}

function scopeValue({ name, assets, rules }: ScopeDocument): object {
  return {
    ...(name.account === undefined ? {} : { account: name.account }),
    ...(assets === undefined ? {} : { assets: assets.map(assetValue) }),
    ...(rules === undefined ? {} : { rules: rules.map(ruleValue) }),
  };
}

function assetValue({ name, url, description }: Asset): object {
  return { name, url, ...(description === '' ? {} : { description }) };
}

function ruleValue({ rule, contentFile }: RuleDocument): object {
  const { ref, description = '', expression, serve, enabled } = rule;
  return {
    ref,
    ...(description === '' ? {} : { description }),
    expression,
    ...pageValue(rule, contentFile),
    ...(serve.statusCode === undefined ? {} : { status_code: serve.statusCode }),
    ...(enabled === false ? { enabled } : {}),
  };
}

function pageValue({ ref, serve }: Rule, contentFile: string | undefined): object {
  const { source, contentType, extra } = serve;
  if (source.kind === 'nothing' || extra !== undefined)
    throw new Error(`the rule ${ref} cannot be written in YAML`);
  if (source.kind === 'asset') {
    const isDefault = contentType === undefined || contentType === 'text/html';
    return { asset_name: source.assetName, ...(isDefault ? {} : { content_type: contentType }) };
  }
  const isDefault = contentFile !== undefined && contentType === pageType(contentFile);
  const type = contentType === undefined || isDefault ? {} : { content_type: contentType };
  return contentFile === undefined
    ? { ...type, content: source.content }
    : { content_file: contentFile, ...type };
}

const longestInline = 80;

/**
 * What must stand in double quotes. A block would lose it, or editors would on saving: returns, controls, blanks at the
 * end of a line. Or it would act where the text is only shown: overrides of the reading direction, and lines that CI
 * runners take for commands (actions/runner, `ActionCommand.TryParse`).
 */
const fragile =
  /[[\p{Cc}\p{Cs}\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]--[\n\t]]|[ \t]$|^[ \t]*::|##(?=\[|vso\[)/mv;

function setStyle(node: Scalar): void {
  if (typeof node.value !== 'string') return;
  const isLong = node.value.length > longestInline && !/^https?:\S+$/.test(node.value);
  if (fragile.test(node.value)) node.type = 'QUOTE_DOUBLE';
  else if (isLong || node.value.includes('\n')) node.type = 'BLOCK_LITERAL';
}

/** Separates the parts by empty lines and puts each scope's comment above it. */
function layOut(document: Document, scopes: readonly ScopeDocument[]): void {
  for (const kind of ['zone', 'account'] as const) {
    const table = isMap(document.contents)
      ? document.contents.items.find((pair) => keyOf(pair)?.value === tables[kind])
      : undefined;
    if (table === undefined || !isMap(table.value)) continue;
    setSpace(keyOf(table));
    for (const [index, pair] of table.value.items.entries()) {
      const key = keyOf(pair);
      if (index > 0) setSpace(key);
      const scope = scopes.find(({ name }) => name.kind === kind && name.name === key?.value);
      if (key !== undefined && scope?.comment !== undefined) key.commentBefore = comment(scope.comment);
    }
  }
}

function keyOf(pair: Pair): Scalar | undefined {
  return isScalar(pair.key) ? pair.key : undefined;
}

function setSpace(node: Scalar | undefined): void {
  if (node !== undefined) node.spaceBefore = true;
}

function comment(lines: readonly string[]): string {
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => ` ${line}`)
    .join('\n');
}

/** What acts and is not JSON's to escape stands only in double quotes and in comments: there it can be escaped. */
function escapeActing(text: string): string {
  const acting = /#(?=#(?:\[|vso\[))|[[\p{Cc}\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]--[\n\t]]/gv;
  return text.replace(acting, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
