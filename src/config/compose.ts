import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { Report, Span } from '../problem/problem.ts';
import { notesOf, type Place, type SpanFinder } from './place.ts';
import type { Written } from './text.ts';
import type { Entry, Leaf, Table, Tree } from './tree.ts';

/** What composing one document needs. */
export interface Composing {
  readonly document: Document.Parsed;
  readonly text: string;
  readonly span: SpanFinder;
  readonly report: Report;
}

const deepest = 64;

/** Enough for a list of 20 rules shared by 500 zones; a chain of aliases that multiplies passes it at once. */
const mostExpanded = 250_000;

/** Anchors that a hint names. */
const mostNamed = 12;

interface State extends Composing {
  readonly anchors: Map<string, ParsedNode>;
  readonly targets: Map<Alias, ParsedNode | undefined>;
  readonly open: Set<ParsedNode>;
  expanded: number;
  broken: boolean;
}

/** Where composing stands: how deep, and through which aliases it came. */
interface Way {
  readonly depth: number;
  readonly uses: readonly Span[];
}

type YamlPair = Pair<ParsedNode, ParsedNode | null>;

/** Resolves a document to a tree; undefined where aliases or depth make that impossible, which is reported. */
export function compose(input: Composing): Tree | undefined {
  const state: State = {
    ...input,
    anchors: new Map(),
    targets: new Map(),
    open: new Set(),
    expanded: 0,
    broken: false,
  };
  const root = input.document.contents;
  const tree = root === null ? undefined : composeNode(state, root, { depth: 0, uses: [] });
  return state.broken ? undefined : tree;
}

function composeNode(state: State, node: ParsedNode, way: Way): Tree | undefined {
  if (state.broken && state.expanded > mostExpanded) return undefined;
  const place: Place = { span: spanOf(state, node), uses: way.uses };
  if (way.depth > deepest) {
    const message = `the values are nested more than ${deepest} levels deep`;
    return refuse(state, { code: 'config/too-deep', message, ...at(place) });
  }
  if (way.uses.length > 0) {
    state.expanded += 1;
    if (state.expanded > mostExpanded) return tooManyAliases(state, place);
  }
  if (isAlias(node)) return composeAlias(state, node, way);
  // What an alias leads to was entered when it was first met.
  if (node.anchor !== undefined && way.uses.length === 0) state.anchors.set(node.anchor, node);
  if (isScalar(node)) return leaf(state, node, place);
  state.open.add(node);
  const inner = { depth: way.depth + 1, uses: way.uses };
  const tree: Tree = isMap(node)
    ? composeTable(state, node, inner)
    : { kind: 'list', ...place, items: node.items.flatMap((item) => composeNode(state, item, inner) ?? []) };
  state.open.delete(node);
  return tree;
}

function composeAlias(state: State, alias: Alias.Parsed, way: Way): Tree | undefined {
  if (!state.targets.has(alias)) state.targets.set(alias, state.anchors.get(alias.source));
  const target = state.targets.get(alias);
  const span = spanOf(state, alias);
  if (target === undefined) {
    const names = [...state.anchors.keys().take(mostNamed)].map((name) => `&${name}`).join(', ');
    const others = state.anchors.size > mostNamed ? ', …' : '';
    const hint =
      names === ''
        ? 'an anchor (&name) stands before its first use'
        : `the anchors above are ${names}${others}`;
    const message = `there is no anchor "&${alias.source}" above this alias`;
    return refuse(state, { code: 'config/unknown-alias', message, span, hint });
  }
  if (state.open.has(target)) {
    const message = `the alias "*${alias.source}" stands inside the value that it stands for`;
    const notes = [{ message: 'the value begins here', span: spanOf(state, target) }];
    return refuse(state, { code: 'config/alias-loop', message, span, notes });
  }
  return composeNode(state, target, { depth: way.depth, uses: [...way.uses, span] });
}

function composeTable(state: State, node: YAMLMap.Parsed, way: Way): Table {
  const entries = new Map<string, Entry>();
  const merged: Entry[] = [];
  const seen = new Map<string, Span>();
  for (const pair of node.items as YamlPair[]) {
    const { key, value } = pair;
    if (!isScalar(key)) {
      refuse(state, {
        code: 'config/yaml-syntax',
        message: 'a key is no plain text',
        span: spanOf(state, key),
      });
      continue;
    }
    const name = String(key.value ?? '');
    const place: Place = { span: spanOf(state, key), uses: way.uses };
    if (isDuplicate(state, seen, { name, place })) continue;
    const tree = value === null ? missing(place) : composeNode(state, value, way);
    if (tree === undefined) continue;
    if (name === '<<' && key.type === 'PLAIN') merged.push({ key: place, value: tree });
    else entries.set(name, { key: place, value: tree });
  }
  for (const entry of merged) merge(state, entries, entry.value);
  return { kind: 'table', span: spanOf(state, node), uses: way.uses, entries };
}

function isDuplicate(state: State, seen: Map<string, Span>, key: { name: string; place: Place }): boolean {
  const first = seen.get(key.name);
  if (first === undefined) {
    seen.set(key.name, key.place.span);
    return false;
  }
  state.report({
    code: 'config/duplicate-key',
    message: `the key "${key.name}" stands twice in one mapping`,
    span: key.place.span,
    hint: 'keep one of the two',
    notes: [{ message: 'it stands here first', span: first }],
  });
  return true;
}

/** Keys written out win over merged ones, and earlier merged ones over later (YAML merge key, draft 2005). */
function merge(state: State, entries: Map<string, Entry>, value: Tree): void {
  for (const source of value.kind === 'list' ? value.items : [value]) {
    if (source.kind !== 'table') {
      const message = 'a merge ("<<") needs a mapping, or a list of mappings';
      refuse(state, {
        code: 'config/bad-merge',
        message,
        ...at(source),
        hint: 'write <<: *anchor_of_a_mapping',
      });
      continue;
    }
    for (const [name, entry] of source.entries) if (!entries.has(name)) entries.set(name, entry);
  }
}

function leaf(state: State, node: Scalar.Parsed, place: Place): Leaf {
  const { value } = node;
  if (typeof value === 'string' && !value.isWellFormed()) {
    const message = 'this text holds half of a surrogate pair, which is no character';
    state.report({ code: 'config/not-unicode', message, ...at(place), hint: 'write the character itself' });
  }
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const raw = state.text.slice(node.range[0], node.range[1]);
  return { kind: 'leaf', ...place, value: known ? value : null, raw, style: styles[node.type ?? 'PLAIN'] };
}

const styles = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
} as const satisfies Record<Scalar.Type, Written['style']>;

/** `{key}` and `? key` have no value, not even an empty one. */
function missing(key: Place): Leaf {
  return { kind: 'leaf', ...key, value: null, raw: '', style: 'plain' };
}

function spanOf(state: State, node: ParsedNode): Span {
  return state.span(node.range[0], endOf(node));
}

/** A block collection ends with its last value; the parser counts the comments after it in. */
function endOf(node: ParsedNode): number {
  const isBlock = isCollection(node) && node.flow !== true;
  const last = isBlock ? node.items.at(-1) : undefined;
  if (last === undefined) return node.range[1];
  return endOf(isPair(last) ? (last.value ?? last.key) : last);
}

function at(place: Place): Pick<Parameters<Report>[0], 'span' | 'notes'> {
  return { span: place.span, ...notesOf(place) };
}

function tooManyAliases(state: State, place: Place): undefined {
  if (state.broken) return undefined;
  const message = `the aliases stand for more than ${mostExpanded.toLocaleString('en')} values`;
  const span = place.uses[0] ?? place.span;
  return refuse(state, { code: 'config/too-many-aliases', message, span, hint: 'write some of them out' });
}

function refuse(state: State, input: Parameters<Report>[0]): undefined {
  state.broken = true;
  state.report(input);
}
