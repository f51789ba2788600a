import type { Difference, KnownSight, Seen, VisitorChange, VisitorCondition } from './behaviour.ts';
import type { Phrase } from './phrase.ts';
import type { ScopeKind } from './scope.ts';

/** Longer lists are cut in words; the row itself holds them whole. */
const mostNamed = 8;

/** How many answers words name before they say that there are others. */
export const mostCandidates = 4;

/** How many conditions words name before they say that there are others. */
export const mostDeciders = 3;

/** The statuses of a row for which the status does not count. */
export const everyStatus = '400-999';

/** Whose rules were looked at; see `VisitorChanges`. */
type Lists = readonly ScopeKind[];

/** Everything of a row that its sentence is made of. */
export type Wordless = Omit<VisitorChange, 'words'>;

/** A row as a sentence: `503 on shop.example.com: branded_5xx → maintenance`. */
export function rowWords(row: Wordless, lists: Lists): Phrase {
  const sides = [...beforeWords(row, lists), { own: ' → ' }, ...afterWords(row, lists)];
  return [...visitorWords(row), { own: ': ' }, ...sides];
}

/** Which visitors: `503 on shop.example.com for GET`, `any error anywhere`. */
export function visitorWords({ status, conditions }: Pick<Wordless, 'status' | 'conditions'>): Phrase {
  const who = status === everyStatus ? [{ own: 'any error' }] : valuesWords(status.split(', '), statusWords);
  if (conditions.length === 0) return [...who, { own: ' anywhere' }];
  return [...who, ...whereWords(conditions).flatMap((part) => [{ own: ' ' }, ...part])];
}

/** What visitors see before: a rule by its ref, `no zone rule`, or `unknown` with what is possible and what decides. */
export function beforeWords({ before }: Pick<Wordless, 'before'>, lists: Lists): Phrase {
  return seenWords(before, lists);
}

/** What visitors see afterwards, and what is new about it where the rule is the same. */
export function afterWords(
  { after, differences }: Pick<Wordless, 'after' | 'differences'>,
  lists: Lists,
): Phrase {
  const seen = seenWords(after, lists);
  if (differences.length === 0) return seen;
  return [...seen, { own: ' (' }, ...joined(differences.map(differenceWords), ', '), { own: ')' }];
}

const differenceKinds = {
  page: 'new page',
  fetch: 'page fetched again',
  parameters: 'other parameters',
} as const;

function differenceWords(difference: Difference): Phrase {
  switch (difference.kind) {
    case 'status':
      return [
        { own: difference.after === undefined ? "the error's own status" : `status ${difference.after}` },
      ];
    case 'content-type':
      return difference.after === undefined
        ? [{ own: 'no content type' }]
        : [{ own: 'as ' }, { theirs: difference.after }];
    default:
      return [{ own: differenceKinds[difference.kind] }];
  }
}

function seenWords(seen: Seen, lists: Lists): Phrase {
  if (seen.kind !== 'unknown') return sightWords(seen, lists);
  const { candidates, decidedBy } = seen;
  const sights = candidates.slice(0, mostCandidates).map((one) => sightWords(one, lists));
  const others = candidates.length > mostCandidates ? [[{ own: 'others' }]] : [];
  const deciders = decidedBy.slice(0, mostDeciders).map((text): Phrase => [{ theirs: text }]);
  const rest = decidedBy.length > mostDeciders ? [[{ own: 'others' }]] : [];
  const verb = deciders.length + rest.length === 1 ? ' decides)' : ' decide)';
  return [
    { own: 'unknown (' },
    ...joined([...sights, ...others], ' or '),
    { own: '; ' },
    ...joined([...deciders, ...rest], ' and '),
    { own: verb },
  ];
}

function sightWords(seen: KnownSight, lists: Lists): Phrase {
  const [hasZone, hasAccount] = [lists.includes('zone'), lists.includes('account')];
  if (seen.kind === 'none')
    return [{ own: !hasAccount ? 'no zone rule' : hasZone ? 'no rule' : 'no account rule' }];
  return seen.scope === 'account' && hasZone
    ? [{ own: 'account rule ' }, { theirs: seen.ref }]
    : [{ theirs: seen.ref }];
}

const prepositions: Readonly<Record<string, readonly [is: string, isNot: string]>> = {
  'http.host': ['on', 'on other hosts than'],
  'http.request.uri.path': ['at', 'at other paths than'],
  'http.request.method': ['for', 'for other methods than'],
  'ip.src.country': ['from', 'from other countries than'],
};

/** A condition as it stands behind the status; undefined for one that must be written out. */
function shortWords(condition: VisitorCondition): Phrase | undefined {
  if (condition.kind === 'field')
    return prepositions[condition.field] === undefined ? undefined : fieldWords(condition);
  const [, name, field = '', text = ''] =
    condition.kind === 'part'
      ? (/^(starts|ends)_with\(([\w.]+), "([^"\\*]+)"\)$/.exec(condition.text) ?? [])
      : [];
  const words = prepositions[field];
  if (condition.kind !== 'part' || words === undefined) return undefined;
  const pattern = name === 'starts' ? `${text}*` : `*${text}`;
  return [{ own: `${words[condition.holds ? 0 : 1]} ` }, { theirs: pattern }];
}

function longWords(condition: VisitorCondition): Phrase | undefined {
  if ('rule' in condition || shortWords(condition) !== undefined) return undefined;
  if (condition.kind === 'field') return fieldWords(condition);
  return [...(condition.holds ? [] : [{ own: 'not ' }]), { theirs: condition.text }];
}

function whereWords(conditions: readonly VisitorCondition[]): readonly Phrase[] {
  const rules = (kind: 'when' | 'unless'): Phrase[] =>
    conditions.flatMap((one) => (one.kind === kind ? [[{ theirs: one.rule.ref }]] : []));
  const long = conditions.map(longWords).filter((words) => words !== undefined);
  return [
    ...conditions.map(shortWords).filter((words) => words !== undefined),
    ...clause('where ', joined(long, ' and ')),
    ...clause('where ', joined(rules('when'), ' and '), ' answers'),
    ...clause('unless ', joined(rules('unless'), ' or '), ' answers'),
  ];
}

/** Nothing where there is nothing to say between the two words. */
function clause(before: string, words: Phrase, after = ''): readonly Phrase[] {
  return words.length === 0 ? [] : [[{ own: before }, ...words, { own: after }]];
}

function fieldWords({ field, values, isNot }: Extract<VisitorCondition, { kind: 'field' }>): Phrase {
  if (isNot && values.join() === 'nothing') return [{ theirs: field }, { own: ' is given' }];
  const short = prepositions[field]?.[isNot ? 1 : 0];
  const not = values.length > 1 ? ' is none of' : ' is not';
  const head: Phrase =
    short === undefined ? [{ theirs: field }, { own: isNot ? not : ' is' }] : [{ own: short }];
  return [...head, { own: ' ' }, ...valuesWords(values)];
}

function valuesWords(values: readonly string[], wordsOf = valueWords): Phrase {
  const shown = values.length > mostNamed ? values.slice(0, mostNamed - 1) : values;
  const more = values.length - shown.length;
  return [...joined(shown.map(wordsOf), ', '), ...(more > 0 ? [{ own: ` and ${more} more` }] : [])];
}

function valueWords(value: string): Phrase {
  return [{ theirs: value === '' ? '""' : value }];
}

/** Statuses are numbers of ours, but a plan may come from elsewhere. */
function statusWords(range: string): Phrase {
  return /^[\d-]+$/.test(range) ? [{ own: range }] : valueWords(range);
}

function joined(phrases: readonly Phrase[], by: string): Phrase {
  return phrases.flatMap((phrase, at) => (at === 0 ? phrase : [{ own: by }, ...phrase]));
}
