import type { LiveRule } from '../model/live.ts';

/**
 * Readable refs for rules that have none of their own, by their present ref: from the description, else from the asset,
 * else `rule_` and the position. Rules whose ref somebody chose keep it.
 */
export function readableRefs(rules: readonly LiveRule[]): ReadonlyMap<string, string> {
  const isUnnamed = (rule: LiveRule): boolean => rule.ref === rule.id;
  const taken = new Set(rules.filter((rule) => !isUnnamed(rule)).map((rule) => rule.ref));
  const refs = new Map<string, string>();
  for (const [index, rule] of rules.entries()) {
    if (!isUnnamed(rule)) continue;
    const ref = freeRef(wordsOf(rule) || `rule_${index + 1}`, taken);
    taken.add(ref);
    refs.set(rule.ref, ref);
  }
  return refs;
}

function wordsOf({ description = '', serve: { source } }: LiveRule): string {
  const words = description === '' && source.kind === 'asset' ? source.assetName : description;
  const slug = words
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_');
  return slug.slice(0, 60).replaceAll(/^_+|_+$/g, '');
}

function freeRef(wanted: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const ref = count === 1 ? wanted : `${wanted}_${count}`;
    if (!taken.has(ref)) return ref;
  }
}
