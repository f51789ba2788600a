import type { Json, Rule, Serve } from '../model/body.ts';
import type { Phrase } from '../model/phrase.ts';
import type {
  AssetDelete,
  AssetUpdate,
  Change,
  FieldEdit,
  RuleChange,
  RulesetUpdate,
} from '../model/plan.ts';
import { count } from './words.ts';

/** One thing of a plan that changes, in words that no format has touched yet: every text is as hostile as it came. */
export interface Entry {
  readonly sign: Sign;
  readonly noun: 'asset' | 'rule';
  /** The asset's name or the rule's ref. */
  readonly name: string;
  /** Where in its list: `at 2`, `3 → 1`, `was 4`; empty for assets, which have no order. */
  readonly place: string;
  /** What the signs do not say, in one line; may be empty. */
  readonly gist: Phrase;
  readonly details: readonly Detail[];
}

export type Sign = '+' | '~' | '-' | '↕';

/** A field with its text, or a field that changes; an absent side is not set. */
export type Detail =
  | { readonly kind: 'text'; readonly field: string; readonly text: string }
  | { readonly kind: 'edit'; readonly field: string; readonly before?: string; readonly after?: string };

/** One PUT of a ruleset is an entry for each rule that it changes; every other change is one. */
export function entriesOf(change: Change): readonly Entry[] {
  return change.kind === 'ruleset-update' ? change.rules.map(ruleEntry) : [assetEntry(change)];
}

/** Rules that a PUT will send back with parameters unknown here, each with those parameters as JSON. */
export function carriedAlong({ body }: RulesetUpdate): readonly { ref: string; parameters: string }[] {
  return body.rules.flatMap(({ rule: { ref, serve } }) =>
    serve.extra && Object.keys(serve.extra).length > 0
      ? [{ ref, parameters: JSON.stringify(serve.extra) }]
      : [],
  );
}

function assetEntry(change: Exclude<Change, RulesetUpdate>): Entry {
  const { name, url, description } = change.kind === 'asset-delete' ? change.live : change.asset;
  const entry = { noun: 'asset', name, place: '', details: [] } as const;
  switch (change.kind) {
    case 'asset-create':
      return { ...entry, sign: '+', gist: [{ theirs: url }], details: described(description) };
    case 'asset-update':
      return { ...entry, sign: '~', gist: refetched(change), details: change.edits.map(editDetail) };
    case 'asset-refresh':
      return { ...entry, sign: '~', gist: [{ own: 'fetched again from ' }, { theirs: url }] };
    case 'asset-delete':
      return { ...entry, sign: '-', gist: wasPage(change) };
  }
}

/** Cloudflare fetches the page on every write, so an edited description may bring a new page too. */
function refetched({ edits, asset }: AssetUpdate): Phrase {
  if (edits.some((edit) => edit.field === 'url')) return [];
  return [{ own: 'and fetched again from ' }, { theirs: asset.url }];
}

function wasPage({ live }: AssetDelete): Phrase {
  // What only a file tells of has neither been written nor measured.
  const size = live.lastUpdated === '' && live.sizeBytes === 0 ? '' : `, ${count(live.sizeBytes, 'byte')}`;
  return [{ own: 'was ' }, { theirs: live.url }, { own: size }];
}

function ruleEntry(change: RuleChange): Entry {
  switch (change.kind) {
    case 'add':
      return {
        ...ruleHead('+', change.rule, `at ${change.position}`),
        gist: [{ own: 'serves ' }, ...served(change.rule)],
        details: ruleDetails(change.rule),
      };
    case 'remove':
      return {
        ...ruleHead('-', change.live, `was ${change.position}`),
        gist: [{ own: 'served ' }, ...served(change.live)],
        details: ruleDetails(change.live),
      };
    case 'edit':
      return {
        ...ruleHead('~', change.rule, `at ${change.position}`),
        details: change.edits.map(editDetail),
      };
    case 'move':
      return ruleHead('↕', change.rule, `${change.from} → ${change.to}`);
    case 'rename': {
      const place = change.from === change.to ? `at ${change.to}` : `${change.from} → ${change.to}`;
      const from = { theirs: change.live.ref };
      const gist = [{ own: 'renamed from ' }, from, { own: ': same behaviour, new Cloudflare id' }];
      return { ...ruleHead('~', change.rule, place), gist };
    }
  }
}

function ruleHead(sign: Sign, { ref }: Rule, place: string): Entry {
  return { sign, noun: 'rule', name: ref, place, gist: [], details: [] };
}

/** What a visitor gets from a rule: `asset error_5xx as 503`, `43 characters of application/json, disabled`. */
function served({ serve, enabled }: Rule): Phrase {
  const status = serve.statusCode === undefined ? '' : ` as ${serve.statusCode}`;
  return [...page(serve), { own: `${status}${enabled === false ? ', disabled' : ''}` }];
}

function page({ source, contentType = 'text/html' }: Serve): Phrase {
  switch (source.kind) {
    case 'asset': {
      const type = contentType === 'text/html' ? [] : [{ own: ' with type ' }, { theirs: contentType }];
      return [{ own: 'asset ' }, { theirs: source.assetName }, ...type];
    }
    case 'content': {
      const length = count(Array.from(source.content).length, 'character');
      return [{ own: `${length} of ` }, { theirs: contentType }];
    }
    case 'nothing':
      return [{ own: 'nothing' }];
  }
}

function ruleDetails({ description = '', expression, serve: { source } }: Rule): readonly Detail[] {
  const content = source.kind === 'content' ? source.content : '';
  return [
    ...described(description),
    { kind: 'text', field: 'expression', text: expression },
    ...(content === '' ? [] : [{ kind: 'text', field: 'content', text: content } as const]),
  ];
}

function described(text: string): readonly Detail[] {
  return text === '' ? [] : [{ kind: 'text', field: 'description', text }];
}

function editDetail({ field, before, after }: FieldEdit): Detail {
  return {
    kind: 'edit',
    field,
    ...(before === undefined ? {} : { before: plain(before) }),
    ...(after === undefined ? {} : { after: plain(after) }),
  };
}

/** Strings stand for themselves, everything else is JSON. */
function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
